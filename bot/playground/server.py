"""The double on a port of this machine: Starlette on uvicorn, inside a loop that already runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.playground.api import build_api, build_app
from bot.playground.control import build_control
from bot.playground.own_pages import OwnPages
from bot.playground.telegram import Telegram

_HOST = "127.0.0.1"
_LONGEST_HEAD = 1 << 18  # td's HttpReader.h
_SECONDS_IDLE = 60  # before a connection that nobody uses is closed


@asynccontextmanager
async def serving(
    telegram: Telegram, *, port: int = 0, routes: Sequence[BaseRoute] = ()
) -> AsyncIterator[str]:
    """Serves the Bot API, what controls it, and more routes if there are any; the URL comes.

    Port 0 means any that is free; OSError means that the port is not. uvicorn's `Server` would
    take the process' signals and need a tenth of a second to stop, so it is left out.
    """
    config = uvicorn.Config(
        OwnPages(build_app(*build_api(telegram), *build_control(telegram), *routes)),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_SECONDS_IDLE,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(config, state, {}), _HOST, port)
    try:
        yield f"http://{_HOST}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await _end(state)


class _Connection(H11Protocol):
    """A connection that the requests know, so that it can be cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state["connection"] = transport


async def _end(state: ServerState) -> None:
    """Cuts what is still open: nobody is left to wait for."""
    for connection in list(state.connections):
        connection.transport.abort()
    if state.tasks:
        await asyncio.wait(state.tasks)
