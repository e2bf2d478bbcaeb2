"""A server that answers with the very bytes that a test gives it, also such as no server would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[], bytes] | asyncio.Event | None
"""What follows a request: bytes, an event to wait for before a plain answer, or None: a hang-up."""


def answer(body: bytes = b'{"ok":true,"result":true}', status: str = "200 OK", *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Server:
    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    open: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                self.heads.append(head)
                self.bodies.append(await _body(head, reader))
                if not await self._answer(writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> bool:
        """Answers one request; False ends the connection."""
        given = self.answers.pop(0) if self.answers else answer()
        if given is None:
            return False
        if isinstance(given, asyncio.Event):
            self.open += 1
            await given.wait()
            given = answer()
        writer.write(given() if callable(given) else given)
        await writer.drain()
        return not (isinstance(given, bytes) and given.endswith(b"cut"))


async def _body(head: str, reader: asyncio.StreamReader) -> bytes:
    headers = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if line)
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    if headers.get("transfer-encoding") != "chunked":
        return b""
    body = b""
    while size := int((await reader.readline()).strip() or b"0", 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


@asynccontextmanager
async def raw_server() -> AsyncIterator[Server]:
    scripted = Server()
    server = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    async with server:
        scripted.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:x"
        yield scripted
