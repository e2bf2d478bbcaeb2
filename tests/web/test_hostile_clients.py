"""Clients that want to wear the server out; and one that wants an answer meanwhile."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.serving import HEAD_TIME
from tests.conftest import ROOT
from tests.web.client import SECRET, Client, asked, connected, request, update

MIB = 1 << 20
MERCY = 5.0
"""Seconds after which a slow client is cut, on top of those that it has."""


class Served:
    """The server in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.port = port
        self._status = Path(f"/proc/{process.pid}/status")

    def memory(self) -> int:
        """Bytes that it holds in memory."""
        line = next(s for s in self._status.read_text().splitlines() if s.startswith("VmRSS"))
        return int(line.split()[1]) * 1024


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.web.served", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    yield Served(process, int(await process.stdout.readline()))
    process.terminate()
    await process.communicate()


async def answers_at_once(served: Served, id: int) -> None:
    async with asyncio.timeout(1):
        assert (await asked(served.port, update({"update_id": id}))).status == 200


@pytest.mark.parametrize("secret", ["wrong", SECRET])
async def test_bodies_of_95_mb_without_their_last_byte(served: Served, secret: str) -> None:
    await answers_at_once(served, 0)
    before = served.memory()
    piece, length = bytes(MIB), 95 * MIB
    most = before

    async def withhold(client: Client) -> None:
        client.send(request(length=length, secrets=(secret,)))
        try:
            for _ in range(95):
                client.send(piece)
                await client.writer.drain()
        except ConnectionError:
            return

    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(connected(served.port)) for _ in range(8)]
        sending = [asyncio.create_task(withhold(client)) for client in clients]
        await answers_at_once(served, 1)
        for _ in range(20):
            most = max(most, served.memory())
            await asyncio.sleep(0.02)
        await answers_at_once(served, 2)
        await asyncio.gather(*sending)
        most = max(most, served.memory())
    assert most - before <= 32 * MIB


async def test_400_clients_of_a_byte_a_second_are_cut(served: Served) -> None:
    """Half of them never end their head, the other half, with the right secret, their body."""
    body = request(length=1000)

    async def dawdle(client: Client, begin: bytes) -> float:
        loop = asyncio.get_running_loop()
        start, closed = loop.time(), asyncio.create_task(client.closed())
        client.send(begin)
        while not closed.done():
            await asyncio.wait([closed], timeout=1)
            client.send(b"x")
        return loop.time() - start

    async with AsyncExitStack() as stack:
        dawdling = []
        for begin in [b"POST /telegram HTTP/1.1\r\nX: "] * 200 + [body] * 200:
            client = await stack.enter_async_context(connected(served.port))
            dawdling.append(asyncio.create_task(dawdle(client, begin)))
        for id in range(5):
            await answers_at_once(served, id)
            await asyncio.sleep(1)
        assert max(await asyncio.gather(*dawdling)) <= HEAD_TIME + MERCY
    await answers_at_once(served, 9)
