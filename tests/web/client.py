"""A client of the bot's server that sends the very bytes which a test gives it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

SECRET = "canary-webhook-secret-0123456789_abcdef"
JSON = "application/json"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "text": "words of a person"}}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Client:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def answer(self, *, to_head: bool = False) -> Answer:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        status, *lines = head.splitlines()
        pairs = [line.split(": ", 1) for line in lines if line]
        headers = {name.lower(): value for name, value in pairs}
        length = 0 if to_head else int(headers.get("content-length", 0))
        body = await self.reader.readexactly(length)
        code = int(status.split()[1])
        # Telegram follows no redirect, and gives a webhook up that is gone (410).
        assert code < 300 or 400 <= code != 410
        return Answer(code, headers, body)

    async def ask(self, data: bytes) -> Answer:
        self.send(data)
        return await self.answer(to_head=data.startswith(b"HEAD"))

    async def closed(self) -> bytes:
        """What still comes until the server closes the connection."""
        try:
            return await self.reader.read()
        except ConnectionError:
            return b""


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()
        # The server may be quicker.
        with suppress(ConnectionError):
            await writer.wait_closed()


def request(
    body: bytes = b"",
    *,
    method: str = "POST",
    path: str = "/telegram",
    secrets: tuple[str | bytes, ...] = (SECRET,),
    kind: str | None = JSON,
    length: int | None = None,
    more: tuple[str, ...] = (),
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: bot.example.org", *more]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    if not any(line.lower().startswith("transfer-encoding") for line in more):
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    head = "\r\n".join(lines).encode()
    for secret in secrets:
        given = secret if isinstance(secret, bytes) else secret.encode()
        head += b"\r\nX-Telegram-Bot-Api-Secret-Token: " + given
    return head + b"\r\n\r\n" + body


def update(value: Any = UPDATE, **of_request: Any) -> bytes:
    return request(json.dumps(value).encode(), **of_request)


async def asked(port: int, data: bytes) -> Answer:
    """The answer to a request on a connection of its own."""
    async with connected(port) as client:
        return await client.ask(data)
