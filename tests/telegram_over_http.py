"""The double of Telegram on a port, as much of HTTP as clients of the Bot API speak."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import parse_qsl

from bot.playground.telegram import Telegram


@asynccontextmanager
async def over_http(telegram: Telegram) -> AsyncIterator[str]:
    """Serves `telegram` on this machine; what comes is its URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(await _respond(telegram, head, reader))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def _respond(telegram: Telegram, head: bytes, reader: asyncio.StreamReader) -> bytes:
    request, *lines = head.decode().splitlines()
    headers = dict(line.lower().split(": ", 1) for line in lines if line)
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    _, token, method = request.split(" ")[1].split("/")
    params = dict(parse_qsl(body.decode(), strict_parsing=bool(body)))
    answer = await telegram.call(method, params, token=token.removeprefix("bot"))
    status = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n"
    facts = f"Content-Type: application/json\r\nContent-Length: {len(answer.content)}\r\n\r\n"
    return (status + facts).encode() + answer.content
