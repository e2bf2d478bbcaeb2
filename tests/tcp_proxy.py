"""A wire between a client and a server that can be cut, stopped up or made long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Wire:
    def __init__(self, host: str, port: int) -> None:
        self.port = 0
        self.delay = 0.0
        """Seconds that each piece takes in each direction."""
        self._server = host, port
        self._open = asyncio.Event()
        self._open.set()
        self._cut = False
        self._ends: set[asyncio.StreamWriter] = set()

    def black_hole(self) -> None:
        """What is sent arrives nowhere; nobody is told."""
        self._open.clear()

    def cut(self) -> None:
        """All connections break, and no new one comes about."""
        self._cut = True
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        self._cut = False
        self._open.set()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(*self._server)
        ends = {writer, back}
        self._ends |= ends
        try:
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))
        finally:
            self._ends -= ends
            for end in ends:
                end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(65536):
                await asyncio.sleep(self.delay)
                await self._open.wait()
                writer.write(piece)
                await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def wire_to(host: str, port: int) -> AsyncIterator[Wire]:
    wire = Wire(host, port)
    server = await asyncio.start_server(wire.connect, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        wire.mend()
        server.close()
        wire.cut()
        await asyncio.sleep(0)
