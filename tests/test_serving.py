"""The server's own limits: how long and how large the head of a request may be."""

from __future__ import annotations

import asyncio
import socket

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot import serving as module
from bot.errors import BotError
from bot.serving import MOST_BYTES_OF_HEAD, serving
from tests.web.client import connected

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(b"here")(scope, receive, send)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEAD_TIME", 0.1)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GE", id="the beginning"),
        pytest.param(GET[:-1], id="all but the last byte"),
    ],
)
async def test_a_head_that_does_not_end_is_not_waited_for(begun: bytes) -> None:
    async with serving(app, "127.0.0.1", 0) as port, connected(port) as client, asyncio.timeout(5):
        client.send(begun)
        assert await client.closed() == b""


@pytest.mark.usefixtures("hurried")
async def test_nor_is_one_that_follows_an_answer() -> None:
    async with serving(app, "127.0.0.1", 0) as port, connected(port) as client, asyncio.timeout(5):
        assert (await client.ask(GET + b"G")).status == 200
        client.send(b"E")
        assert await client.closed() == b""


@pytest.mark.usefixtures("hurried")
async def test_a_head_that_comes_byte_by_byte_is_not_waited_for_either() -> None:
    async with serving(app, "127.0.0.1", 0) as port, connected(port) as client, asyncio.timeout(5):
        closed = asyncio.create_task(client.closed())
        while not closed.done():
            client.send(b"x")
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("hurried")
async def test_a_connection_may_rest_for_longer_than_a_head_may_take() -> None:
    async with serving(app, "127.0.0.1", 0) as port, connected(port) as client:
        assert (await client.ask(GET)).status == 200
        await asyncio.sleep(0.2)
        assert (await client.ask(GET)).status == 200


async def test_a_head_without_end_is_refused_by_its_length() -> None:
    async with serving(app, "127.0.0.1", 0) as port, connected(port) as client:
        client.send(b"GET / HTTP/1.1\r\nX: " + b"x" * (MOST_BYTES_OF_HEAD + 100))
        assert (await client.answer()).status == 400
        await client.closed()


@pytest.mark.parametrize("data", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"nonsense\r\n\r\n"])
async def test_what_is_no_http_is_refused(data: bytes) -> None:
    async with serving(app, "127.0.0.1", 0) as port, connected(port) as client:
        answer = await client.ask(data)
        assert answer.status == 400
        assert "server" not in answer.headers


async def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(BotError) as told:
        async with serving(app, "127.0.0.1", taken.getsockname()[1]):
            pass
    assert str(told.value) == "PORT, HOST: cannot listen there: Address already in use"


async def test_it_can_be_reached_over_ipv6() -> None:
    async with serving(app, "::1", 0) as port:
        reader, writer = await asyncio.open_connection("::1", port)
        writer.write(GET)
        assert (await reader.readline()) == b"HTTP/1.1 200 OK\r\n"
        writer.close()
        await writer.wait_closed()


async def test_closing_waits_for_requests_in_work() -> None:
    begun, freed = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        begun.set()
        await freed.wait()
        await app(scope, receive, send)

    async with serving(slow, "127.0.0.1", 0) as port, connected(port) as client:
        client.send(GET)
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, freed.set)
        answered = asyncio.create_task(client.answer())
        await asyncio.sleep(0)
        first = await answered
    assert first.status == 200
