"""The whole bot on this machine: Telegram's double, the real bot on it, and a page to chat with it.

The bot polls over real HTTP, as it would poll Telegram.
"""

from __future__ import annotations

import asyncio
import threading
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress

from bot.app import build
from bot.errors import BotError
from bot.library import Library
from bot.playground.page import furnish, page_routes
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram

PORT = 8081
"""Where the page is if nothing else is said and nobody else is there."""

INTRODUCTION = """\
The bot is at {url} for you to chat with. Only this machine can reach it.
Ctrl-C ends it, and nothing is kept.

To run it in Telegram: write to @BotFather there, send /newbot, and put the token that you get into
a file named .env as TELEGRAM_TOKEN=<token>. Then start again."""


async def play(
    books: Library,
    stop: asyncio.Event,
    *,
    port: int | None = None,
    opened: Callable[[str], None],
    operator: str = "",
) -> None:
    """Runs until `stop` is set; `opened` is told the URL. Raises BotError if the port is taken."""
    telegram = Telegram()
    in_charge = furnish(telegram)
    async with AsyncExitStack() as stack:
        url = await _serve(stack, telegram, port)
        bot = build(
            TOKEN,
            books.edition,
            news=books.watch(),
            admins=[in_charge.id],
            api_url=url,
            operator=operator,
        )
        opened(url)
        await bot.run(stop)


def open_page(url: str) -> None:
    """Shows the URL in a browser with windows, if there is one; never in one for terminals, which
    would take this one."""
    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            # Some wait until the browser has begun, and it waits for the page.
            threading.Thread(target=browser.open, args=(url,), daemon=True).start()


async def _serve(stack: AsyncExitStack, telegram: Telegram, port: int | None) -> str:
    """The URL of the server, which is stopped with the stack."""
    routes = page_routes(telegram)
    for tried in (PORT, 0) if port is None else (port,):
        try:
            return await stack.enter_async_context(serving(telegram, port=tried, routes=routes))
        except OSError as error:
            why = error.strerror
    raise BotError(f"--port {tried}: {why}")
