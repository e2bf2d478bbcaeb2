"""`python -m bot playground`: the whole bot on this machine."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated

import typer

from bot import library, logs, reading
from bot.cli.errors import plain_errors
from bot.cli.stopping import until_told_to_stop
from bot.settings import Settings, read_settings


def playground(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Of the page; 0 is any. Without it: 8081, if free."),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Tell the address, but do not open it.")
    ] = False,
) -> None:
    """Chat with the whole bot in a browser. It needs no token and no network."""
    with plain_errors():
        start(read_settings(), port, browser=not no_browser)


def start(settings: Settings, port: int | None = None, *, browser: bool = True) -> None:
    """Runs the playground until it is told to stop."""
    # With the whole bot in it, it takes a second to import, which `--help` need not wait for.
    from bot.playground.play import INTRODUCTION, open_page, play

    def opened(url: str) -> None:
        typer.echo(INTRODUCTION.format(url=url))
        if browser:
            open_page(url)

    logs.set_up(settings.log_level)
    books = library.Library(settings.faq_path, partial(library.edition, today=reading.today))
    playing = partial(play, books, port=port, opened=opened, operator=settings.operator)
    asyncio.run(until_told_to_stop(playing))
