"""Errors that the operator can mend, as the command line tells them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.errors import BotError
from bot.logs import redact


@contextmanager
def plain_errors() -> Iterator[None]:
    """They come out as plain lines on standard error, with exit code 2."""
    try:
        yield
    except BotError as error:
        typer.echo(redact(str(error)), err=True)
        raise typer.Exit(2) from None
