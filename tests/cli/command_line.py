"""The command line, called as a shell would and in this process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from bot.cli import app

ROOT = Path(__file__).parent.parent.parent
WHERE = "Where are the talks held?"
RUSSIA = "What does Russia demand?"


def bot(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=input)


def asked(*arguments: str, input: str | None = None) -> list[dict[str, Any]]:
    result = bot("ask", "--json", *arguments, input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def process(
    *arguments: str | bytes,
    input: bytes = b"",
    environment: dict[str, str] | None = None,
    options: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    """`python -m bot` as from a shell; `options` are the interpreter's."""
    return subprocess.run(
        [sys.executable, *options, "-m", "bot", *arguments],
        input=input,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        timeout=30,
        check=False,
    )


def imported(*arguments: str, **environment: str) -> set[str]:
    """What a command imports by the time it ends: packages, and the modules in them."""
    done = process(*arguments, environment=environment, options=["-X", "importtime"])
    names = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    return names | {name.partition(".")[0] for name in names}
