"""An HTTP server for the open internet: uvicorn, and the limits that it leaves to others.

A body is asked for in pieces, as the application reads it; a head comes before any application, so
this is where one that never ends is cut. Its length is bounded by h11, at 16 KiB.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import BotError

HEAD_TIME = 10.0
"""Seconds for the head of a request to come, from the connection or from its first byte."""

IDLE_TIME = 30
"""Seconds that a connection is kept open for the next request. Telegram uses them again."""

MOST_BYTES_OF_HEAD = 1 << 14

CLOSING_TIME = 2
"""Seconds for requests in work when the server closes."""


class Patient(H11Protocol):
    """A connection, patient up to a point."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if not self._is_answering():
            self._await_head()
        super().data_received(data)
        if self._is_answering():
            self._have_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._have_head()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _await_head(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(HEAD_TIME, self.transport.abort)

    def _have_head(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stop = asyncio.Event()

    async def main_loop(self) -> None:
        """uvicorn's own looks ten times a second whether it is told to stop."""
        await self.stop.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the command line: the bot has more to end than its server."""
        yield


@asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """Serves `app` inside of the block; what comes is the port, which is a free one for port 0.

    Raises BotError if it cannot be listened on.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]
        raise BotError(f"PORT, HOST: cannot listen there: {why}") from None
    config = uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        # Whoever can reach the port can write any header.
        proxy_headers=False,
        h11_max_incomplete_event_size=MOST_BYTES_OF_HEAD,
        timeout_keep_alive=IDLE_TIME,
        timeout_graceful_shutdown=CLOSING_TIME,
    )
    server = Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.stop.set()
        await running
        listener.close()
