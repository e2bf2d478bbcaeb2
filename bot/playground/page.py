"""The page in the browser: its files, and the people and chats that it begins with."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.people import Person
from bot.playground.people_api import people_routes
from bot.playground.telegram import Telegram

_STATIC = Path(__file__).parent / "static"

# Nothing but the page's own files runs or loads, and no other page may frame it.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


class Guarded:
    """ASGI middleware: tells the browser what the page may do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, guarded)


def page_routes(telegram: Telegram) -> list[BaseRoute]:
    """The page and the people's side that it uses."""
    files = Mount("/", StaticFiles(directory=_STATIC, html=True))
    return [Mount("/", routes=[people_routes(telegram), files], middleware=[Middleware(Guarded)])]


def furnish(telegram: Telegram) -> Person:
    """Two people, a group with the bot, one without it, and a forum; the first one is in charge of
    the bot."""
    owner = telegram.botfather
    owner.inline = owner.guests = True
    ann, olena = telegram.person("Ann", "en"), telegram.person("Olena", "uk")
    telegram.group("Reading circle", ann, olena)
    telegram.group("Friends", ann, olena, bot=False)
    newsroom = telegram.supergroup("Newsroom", ann, olena, forum=True)
    for topic in ("Territory", "Delegations"):
        newsroom.topic(topic)
    return ann
