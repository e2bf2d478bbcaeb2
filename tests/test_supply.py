"""What is installed is pinned and known by its hash; the code does nothing that is never safe."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_architecture import MODULES, PACKAGE, imports

CLIENTS = {"aiohttp", "httpx", "requests", "urllib3", "http", "ftplib", "smtplib", "telnetlib"}

SENDERS = {"transport.py", "playground/webhook_post.py"}
"""Modules that begin a connection over HTTP: to the Bot API, and from the double to a webhook."""


def pins(name: str) -> dict[str, str]:
    """What is pinned, and the rest of its lines."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {re.split("[ =;[]", line)[0].lower(): line for line in lines}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_by_hash(name: str) -> None:
    assert pins(name)
    for line in pins(name).values():
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,]+\])?==[\w.]+ ", line)
        assert "--hash=sha256:" in line


def test_what_the_bot_needs_is_pinned_and_for_the_tests_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runtime, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    needed = {
        re.split(r"[\[>=]", name)[0].replace(".", "-").lower() for name in project["dependencies"]
    }
    assert needed <= runtime.keys()
    assert all(dev[name] == line for name, line in runtime.items())


def calls(path: Path) -> Iterator[ast.Call]:
    return (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_runs_what_it_reads(path: Path) -> None:
    names = {ast.unparse(call.func) for call in calls(path)}
    assert not names & {"eval", "exec", "yaml.load", "yaml.unsafe_load", "os.system", "__import__"}
    assert not {name.split(".")[0] for name in imports(path)} & {"pickle", "marshal", "shelve"}
    assert not any(word.arg == "shell" for call in calls(path) for word in call.keywords)


def test_nothing_is_fetched_for_anybody() -> None:
    senders = set()
    for path in MODULES:
        used = {name for name in imports(path) if name != "http.HTTPStatus"}
        if {name.split(".")[0] for name in used} & CLIENTS or "urllib.request" in used:
            senders.add(str(path.relative_to(PACKAGE)))
    assert senders == SENDERS
