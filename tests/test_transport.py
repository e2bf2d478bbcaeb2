"""The way to Telegram: what is sent, and what comes of every way in which an answer can be odd."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.transport import AiohttpRequest
from tests.bot_on_telegram import until
from tests.raw_http import Server, answer, raw_server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with raw_server() as server:
        yield server


@pytest.fixture
def seen() -> list[tuple[str, str]]:
    return []


@pytest.fixture
async def request_(seen: list[tuple[str, str]]) -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(4, lambda method, code: seen.append((method, code)))
    await request.initialize()
    yield request
    await request.shutdown()


@pytest.fixture
def bot(server: Server, request_: AiohttpRequest) -> Bot:
    url = server.url.removesuffix("1:x")
    return Bot("1:x", base_url=url, request=request_, get_updates_request=request_)


async def failure(request: AiohttpRequest, url: str, method: str = "sendMessage") -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await request.post(f"{url}/{method}", read_timeout=2)
    return raised.value


class TestRequests:
    async def test_parameters_travel_as_a_form(self, bot: Bot, server: Server) -> None:
        assert await bot.set_my_name("Ї & <b>", "uk")
        assert server.heads[0].startswith("POST /bot1:x/setMyName HTTP/1.1\r\n")
        assert "Content-Type: application/x-www-form-urlencoded\r\n" in server.heads[0]
        assert server.bodies == [b"name=%D0%87+%26+%3Cb%3E&language_code=uk"]

    @pytest.mark.parametrize("opened", [False, True], ids=["bytes", "a file"])
    async def test_files_travel_as_parts(self, bot: Bot, server: Server, opened: bool) -> None:
        message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}
        server.answers = [answer(json.dumps({"ok": True, "result": message}).encode())]
        content = b"\x00\xffnotes"
        sent = await bot.send_document(
            7, BytesIO(content) if opened else content, caption="Ї", filename="notes.jsonl"
        )
        assert sent.chat.id == 7
        assert "Content-Type: multipart/form-data; boundary=" in server.heads[0]
        assert b'filename="notes.jsonl"\r\n\r\n\x00\xffnotes\r\n' in server.bodies[0]
        assert 'name="caption"\r\n\r\nЇ\r\n'.encode() in server.bodies[0]

    async def test_a_file_is_fetched(
        self, server: Server, request_: AiohttpRequest, seen: list[tuple[str, str]]
    ) -> None:
        server.answers = [answer(b"\x00\x01 no JSON")]
        assert await request_.retrieve(f"{server.url}/a.txt") == b"\x00\x01 no JSON"
        assert server.heads[0].startswith("GET /bot1:x/a.txt")
        assert seen == [("download", "200")]

    async def test_one_connection_is_used_again(self, bot: Bot, server: Server) -> None:
        for _ in range(20):
            await bot.set_my_name("x")
        assert server.connections == 1

    async def test_more_requests_than_connections_wait_their_turn(
        self, bot: Bot, server: Server
    ) -> None:
        freed = asyncio.Event()
        server.answers = [freed] * 300
        requests = [asyncio.create_task(bot.set_my_name("x")) for _ in range(300)]
        await until(lambda: server.open == 4)
        freed.set()
        assert all(await asyncio.gather(*requests))
        assert server.connections == 4

    async def test_no_proxy_is_taken_from_the_environment(
        self, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        assert await bot.set_my_name("x")

    async def test_it_can_be_opened_twice_and_closed_twice(self, server: Server) -> None:
        request = AiohttpRequest(1)
        await request.shutdown()
        for _ in range(2):
            await request.initialize()
        assert await request.post(f"{server.url}/x") is True
        for _ in range(2):
            await request.shutdown()
        await request.initialize()
        assert await request.post(f"{server.url}/x") is True
        await request.shutdown()


async def test_a_long_poll_has_ten_seconds_more_than_it_asks_for(bot: Bot, server: Server) -> None:
    server.answers = [answer(b'{"ok":true,"result":[]}')]
    assert await bot.get_updates(timeout=timedelta(seconds=30)) == ()
    assert server.bodies == [b"timeout=30"]
    assert bot.request.read_timeout == 10


REFUSALS = {
    "blocked": (
        "403 Forbidden",
        b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
        Forbidden("Forbidden: bot was blocked by the user"),
    ),
    "bad request": (
        "400 Bad Request",
        b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}',
        BadRequest("Chat not found"),
    ),
    "migrated": (
        "400 Bad Request",
        b'{"ok":false,"description":"Bad Request: group chat was upgraded to a supergroup chat",'
        b'"parameters":{"migrate_to_chat_id":-1001}}',
        ChatMigrated(-1001),
    ),
    "migrated to nothing": (
        "400 Bad Request",
        b'{"ok":false,"description":"Bad Request: x","parameters":{"migrate_to_chat_id":"y"}}',
        BadRequest("X"),
    ),
    "unauthorized": (
        "401 Unauthorized",
        b'{"ok":false,"error_code":401,"description":"Unauthorized"}',
        InvalidToken("Unauthorized"),
    ),
    "a new kind of parameter": (
        "400 Bad Request",
        b'{"ok":false,"description":"Bad Request: x","parameters":{"new":1},"more":[]}',
        BadRequest("X"),
    ),
    "500": ("500 Internal Server Error", b"", NetworkError("Internal Server Error (500)")),
    "502 with HTML": (
        "502 Bad Gateway",
        b"<html>secret words</html>",
        NetworkError("Bad Gateway (502)"),
    ),
    "504 with cut JSON": (
        "504 Gateway Timeout",
        b'{"ok":fal',
        NetworkError("Gateway Timeout (504)"),
    ),
    "ok:false alone": ("500 x", b'{"ok":false}', NetworkError("Internal Server Error (500)")),
    "a list": ("502 x", b"[]", NetworkError("Bad Gateway (502)")),
    "nested too deep": ("502 x", b"[" * 100_000, NetworkError("Bad Gateway (502)")),
    "a redirect": (
        "302 Found",
        b"",
        NetworkError("Found (302)"),
    ),
    "a status that nobody knows": ("299 x", b"", TimedOut("an answer that cannot be read")),
    "another": ("599 x", b"", NetworkError("Unknown HTTPError (599)")),
}


@pytest.mark.parametrize("kind", REFUSALS)
async def test_what_telegram_refuses_is_told_in_ptbs_words(
    kind: str, server: Server, request_: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    status, body, expected = REFUSALS[kind]
    server.answers = [answer(body, status, "Location: http://127.0.0.1:1/")]
    error = await failure(request_, server.url)
    assert (type(error), str(error)) == (type(expected), str(expected))
    assert caplog.records == []


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ('{"retry_after": 35}', 35),
        ('{"retry_after": 1.2}', 2),
        ('{"retry_after": "7"}', 7),
        ("{}", 1),
        ("null", 1),
        ('{"retry_after": 0}', 1),
        ('{"retry_after": -1}', 1),
        ('{"retry_after": "x"}', 1),
        ('{"retry_after": []}', 1),
        ('{"retry_after": NaN}', 1),
        ('{"retry_after": 1000000000}', 3600),
        ('{"retry_after": 1e999}', 3600),
    ],
)
async def test_a_pause_is_of_one_second_to_one_hour(
    told: str, seconds: int, server: Server, request_: AiohttpRequest
) -> None:
    body = f'{{"ok":false,"description":"Too Many Requests","parameters":{told}}}'
    server.answers = [answer(body.encode(), "429 Too Many Requests")]
    error = await failure(request_, server.url)
    assert isinstance(error, RetryAfter)
    assert error.retry_after == timedelta(seconds=seconds)


async def test_a_pause_may_stand_in_the_header_alone(
    server: Server, request_: AiohttpRequest
) -> None:
    server.answers = [answer(b"<html>", "429 Too Many Requests", "Retry-After: 9")]
    error = await failure(request_, server.url)
    assert isinstance(error, RetryAfter)
    assert error.retry_after == timedelta(seconds=9)


class TestInTheDark:
    """Telegram may have got it: TimedOut, and nothing else is."""

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param(None, id="hung up"),
            pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{cut", id="cut body"),
            pytest.param(b"HTTP/1.1 200 OK\r\nContent-Le cut", id="cut head"),
            pytest.param(b"\x00\xff nonsense\r\n\r\n", id="no HTTP"),
            pytest.param(answer(b""), id="empty body"),
            pytest.param(answer(b'{"ok":true,"resu'), id="cut JSON"),
            pytest.param(answer(b'{"ok":false}'), id="ok:false alone"),
            pytest.param(answer(b'{"ok":false,"description":"x"}'), id="a refusal as 200"),
            pytest.param(answer(b'{"ok":false,"result":true}'), id="a result that is not ok"),
            pytest.param(answer(b'{"result":true}'), id="a result alone"),
            pytest.param(answer(b'{"ok":1,"result":true}'), id="ok with a number"),
            pytest.param(answer(b'[{"ok":true,"result":true}]'), id="a list"),
            pytest.param(answer(b"<html>words of a person</html>"), id="HTML"),
            pytest.param(answer(b"[" * 100_000), id="nested too deep"),
            pytest.param(answer(b"\xff"), id="no UTF-8"),
        ],
    )
    async def test_an_answer_that_is_not_whole(
        self,
        given: bytes | None,
        server: Server,
        request_: AiohttpRequest,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        server.answers = [given]
        error = await failure(request_, server.url)
        assert isinstance(error, TimedOut)
        assert "words" not in str(error)
        assert caplog.records == []

    async def test_an_answer_that_never_comes(
        self, server: Server, request_: AiohttpRequest, seen: list[tuple[str, str]]
    ) -> None:
        server.answers = [asyncio.Event()]
        with pytest.raises(TimedOut):
            await request_.post(f"{server.url}/sendMessage", read_timeout=0.05)
        assert seen == [("sendMessage", "lost")]

    async def test_not_if_no_connection_came_about(
        self, request_: AiohttpRequest, seen: list[tuple[str, str]]
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        error = await failure(request_, f"http://127.0.0.1:{port}/bot1:x")
        assert type(error) is NetworkError
        assert str(error) == "no connection: ClientConnectorError"
        assert seen == [("sendMessage", "unreached")]

    async def test_not_if_the_other_side_speaks_no_tls(
        self, server: Server, request_: AiohttpRequest
    ) -> None:
        error = await failure(request_, server.url.replace("http:", "https:"))
        assert type(error) is NetworkError


@pytest.mark.parametrize(
    ("status", "code"), [("200 OK", "200"), ("502 x", "502"), ("599 x", "odd"), ("299 x", "odd")]
)
async def test_what_came_is_told_to_whoever_counts(
    status: str,
    code: str,
    server: Server,
    request_: AiohttpRequest,
    seen: list[tuple[str, str]],
) -> None:
    server.answers = [answer(b"{}", status)]
    await failure(request_, server.url, "getMe")
    assert seen == [("getMe", code)]


async def test_unknown_fields_and_types_are_no_trouble(bot: Bot, server: Server) -> None:
    chat = {"id": 7, "type": "hologram", "aura": {"colour": "blue"}}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "x", "new_thing": [1, {"a": 2}]}
    body = json.dumps({"ok": True, "result": message, "more": 1}).encode()
    server.answers = [answer(body, "200 OK", "X-New: 1")]
    assert (await bot.send_message(7, "x")).text == "x"
