"""`python -m bot check`: every mistake in the FAQ file, and what to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import history, reading, reports
from bot.cli.errors import plain_errors
from bot.cli.options import DEFAULT_FAQ
from bot.errors import FaqError, Problem
from bot.loading import ids
from bot.logs import redact
from bot.review import warnings


class Form(StrEnum):
    AUTO = "auto"
    PLAIN = "plain"
    GITHUB = "github"


def check(
    path: Annotated[Path, typer.Argument(help="The FAQ file.")] = DEFAULT_FAQ,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are mistakes, too.")] = False,
    form: Annotated[
        Form, typer.Option("--format", help="How to print; by default as the terminal can show.")
    ] = Form.AUTO,
    accept_translations: Annotated[
        bool,
        typer.Option(
            "--accept-translations",
            help="Note in the file that each translation says what the English text says.",
        ),
    ] = False,
) -> None:
    """Find every mistake in the FAQ file, and what to look at again. Its quotes are proved against
    their sources."""
    found: Sequence[Problem]
    with plain_errors():
        try:
            if accept_translations:
                accepted = reading.accept_translations(path)
                typer.echo(f"accepted: {', '.join(accepted) or 'nothing, for none was waiting'}")
            file = reading.open_at(path)
            found = warnings(file, published=ids(history.committed(path) or b""))
            summary = reports.summary(path, file.faq, len(found))
        except FaqError as error:
            found = error.problems
            summary = f"{path}: {reports.counted(len(found), 'problem')}"
    _print_problems(path, found, form)
    typer.echo(redact(summary))
    if any(strict or not it.warning for it in found):
        raise typer.Exit(1)


def _print_problems(path: Path, problems: Sequence[Problem], form: Form) -> None:
    console = Console(soft_wrap=True, highlight=False)
    if form is Form.GITHUB:
        lines: Iterable[str] = reports.for_github(problems)
    elif form is Form.PLAIN or not console.is_terminal:
        lines = map(str, problems)
    else:
        texts = {str(path): path.read_text("utf-8", "replace")} if path.is_file() else {}
        for picture in reports.for_a_terminal(problems, texts):
            console.print(picture)
        return
    for line in lines:
        typer.echo(redact(line))
