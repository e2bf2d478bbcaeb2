"""The double over HTTP, asked by a client that knows nothing of the Bot API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.playground.answers import Ending
from bot.playground.errors import ApiError
from bot.playground.forms import read_parameters
from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram

PATIENCE = 10.0

NOT_FOUND = {"ok": False, "error_code": 404, "description": "Not Found"}
SEND = f"/bot{TOKEN}/sendMessage"
FORM = "multipart/form-data; boundary=x"
PIECES = [b"--x", b"\r\n", b"\r\n\r\n", b"name=", b"name*=a'b'%ff", b'"', b";", b"\xff", b"a: b"]
PIECES += [b"Content-Disposition: form-data; ", b"filename="]
KINDS_AND_PIECES = ["application/json", "application/x-www-form-urlencoded", FORM, "*=", "%ff"]
KINDS_AND_PIECES += ["multipart/form-data", "; boundary", "=", '"', "''", "\xff", ";", "*0"]


@asynccontextmanager
async def connect(telegram: Telegram, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(telegram, **options) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(telegram) as client:
        yield client


class TestRequests:
    @pytest.mark.parametrize(
        ("verb", "told"),
        [
            ("GET", {"params": {"chat_id": 100, "text": "Так & ні"}}),
            ("POST", {"params": {"chat_id": 100, "text": "Так & ні"}}),
            ("POST", {"data": {"chat_id": 100, "text": "Так & ні"}}),
            ("POST", {"json": {"chat_id": 100, "text": "Так & ні"}}),
            ("POST", {"files": {"chat_id": (None, "100"), "text": (None, "Так & ні")}}),
            ("POST", {"params": {"chat_id": 100}, "data": {"text": "Так & ні", "chat_id": 5}}),
        ],
        ids=["query", "query of a POST", "form", "JSON", "multipart", "the first counts"],
    )
    async def test_parameters_come_in_any_way_that_there_is(
        self, client: httpx.AsyncClient, olena: Person, verb: str, told: Any
    ) -> None:
        response = await client.request(verb, SEND, **told)
        assert response.json()["result"]["text"] == "Так & ні"
        assert [message.text for message in olena.received] == ["Так & ні"]

    async def test_a_method_may_be_a_parameter_and_in_any_case(
        self, client: httpx.AsyncClient
    ) -> None:
        for request in (f"/bot{TOKEN}/GETme", f"/bot{TOKEN}/?method=getMe"):
            assert (await client.get(request)).json()["result"]["username"] == "playground_bot"

    async def test_a_file_is_sent_and_fetched(
        self, client: httpx.AsyncClient, olena: Person
    ) -> None:
        content = b"\x00\r\n--\xff\r\n" * 9
        for name, part in (("document", "document"), ("attach://part", "part")):
            files = {part: ("Звіт.bin", content)}
            told = {"chat_id": str(olena.id)} | ({"document": name} if name != part else {})
            sent = await client.post(f"/bot{TOKEN}/sendDocument", data=told, files=files)
            document = sent.json()["result"]["document"]
            assert document["file_name"] == "Звіт.bin"
            found = await client.get(
                f"/bot{TOKEN}/getFile", params={"file_id": document["file_id"]}
            )
            path = found.json()["result"]["file_path"]
            assert (await client.get(f"/file/bot{TOKEN}/{path}")).content == content
            assert (await client.get(f"/file/bot1:a/{path}")).json() == NOT_FOUND
            assert (await client.get(f"/file/bot{TOKEN}/a/{path}")).json() == NOT_FOUND

    @pytest.mark.parametrize(
        ("verb", "path"),
        [
            ("GET", "/"),
            ("GET", "/bot"),
            ("GET", f"/bot{TOKEN}"),
            ("GET", f"/Bot{TOKEN}/getMe"),
            ("GET", "/botno-colon/getMe"),
            ("PUT", f"/bot{TOKEN}/getMe"),
            ("OPTIONS", f"/bot{TOKEN}/getMe"),
            ("POST", f"/file/bot{TOKEN}/a"),
        ],
    )
    async def test_anything_else_is_not_found(
        self, client: httpx.AsyncClient, verb: str, path: str
    ) -> None:
        response = await client.request(verb, path)
        assert (response.status_code, response.json()) == (404, NOT_FOUND)

    async def test_a_look_at_a_method_does_not_call_it(
        self, client: httpx.AsyncClient, olena: Person
    ) -> None:
        assert (await client.head(SEND + "?chat_id=100&text=a")).status_code == 404
        assert olena.messages == []

    async def test_the_server_says_nothing_of_itself(self, client: httpx.AsyncClient) -> None:
        response = await client.get(f"/bot{TOKEN}/getMe")
        assert set(response.headers) == {"content-type", "content-length"}
        assert response.headers["content-type"] == "application/json"

    async def test_it_is_open_to_this_machine_only(self, telegram: Telegram) -> None:
        async with serving(telegram) as url:
            assert url.startswith("http://127.0.0.1:")

    async def test_a_port_that_is_taken_is_an_error_of_the_system(self, telegram: Telegram) -> None:
        async with serving(telegram) as url:
            with pytest.raises(OSError, match="address already in use"):
                async with serving(telegram, port=int(url.rpartition(":")[2])):
                    pytest.fail("two on one port")

    async def test_other_routes_may_stand_beside_it(self, telegram: Telegram) -> None:
        async def break_down(request: Request) -> PlainTextResponse:
            raise ZeroDivisionError

        async def greet(request: Request) -> PlainTextResponse:
            return PlainTextResponse("Hello")

        routes = [Route("/", greet), Route("/broken", break_down)]
        async with connect(telegram, routes=routes) as client:
            assert (await client.get("/")).text == "Hello"
            broken = (await client.get("/broken")).json()
        assert broken == {
            "ok": False,
            "error_code": 500,
            "description": "Internal Server Error",
        }


class TestRefusals:
    @pytest.mark.parametrize(
        ("content_type", "body", "description"),
        [
            ("application/json", b"{", "Bad Request: JSON object expected"),
            ("application/json", b"[1]", "Bad Request: JSON object expected"),
            ("application/json", b"[" * 99999, "Bad Request: JSON object expected"),
            ("application/json", b"", "Bad Request: message text is empty"),
            (
                "application/json",
                b'{"chat_id":100,"text":"\xff"}',
                "Bad Request: strings must be encoded in UTF-8",
            ),
            (
                "application/x-www-form-urlencoded",
                b"chat_id=100&text=%ff",
                "Bad Request: strings must be encoded in UTF-8",
            ),
            ("text/plain", b"chat_id=100&text=a", "Bad Request: message text is empty"),
            ("multipart/form-data", b"", "Bad Request: boundary not found"),
            (FORM + "x" * 70, b"", "Bad Request: boundary not found"),
            (FORM, b"--x--", "Bad Request: message text is empty"),
            (FORM, b"--x\r\nno end", "Bad Request: can't parse form data headers"),
            (
                FORM,
                b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nno end',
                "Bad Request: can't parse form data headers",
            ),
            (
                FORM,
                b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--",
                "Bad Request: field name in multipart/form-data not found",
            ),
            (
                "application/json",
                json.dumps({"text": "a" * (1 << 20) + "a"}).encode(),
                "Request Entity Too Large: too much parameters",
            ),
            (FORM, b" " * (50 << 20) + b" ", "Request Entity Too Large"),
        ],
    )
    async def test_what_cannot_be_read_is_told_in_telegrams_words(
        self, client: httpx.AsyncClient, content_type: str, body: bytes, description: str
    ) -> None:
        told = await client.post(SEND, content=body, headers={"Content-Type": content_type})
        assert told.json()["description"] == description
        assert told.json()["error_code"] == told.status_code

    @given(
        st.lists(st.sampled_from(KINDS_AND_PIECES)).map("".join),
        st.binary(max_size=99) | st.lists(st.sampled_from(PIECES)).map(b"".join),
    )
    @settings(max_examples=200)
    def test_no_body_at_all_breaks_the_reading(self, content_type: str, body: bytes) -> None:
        with suppress(ApiError):
            assert read_parameters(body, content_type, body) is not None

    async def test_what_is_no_http_is_refused_without_ado(
        self, telegram: Telegram, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with serving(telegram) as url:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
            writer.write(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
            head = await reader.readline()
            writer.close()
            await writer.wait_closed()
        assert head.startswith(b"HTTP/1.1 400 ")
        assert not any(record.exc_info for record in caplog.records)

    async def test_a_429_says_when_to_come_back_in_its_headers_too(
        self, client: httpx.AsyncClient, telegram: Telegram
    ) -> None:
        telegram.fail(
            "getMe", 429, "Too Many Requests: retry after 7", parameters={"retry_after": 7}
        )
        response = await client.get(f"/bot{TOKEN}/getMe")
        assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
        assert response.json()["parameters"] == {"retry_after": 7}


class TestLongPolls:
    async def test_other_requests_are_answered_meanwhile(
        self, client: httpx.AsyncClient, telegram: Telegram, olena: Person
    ) -> None:
        polling = asyncio.create_task(client.get(f"/bot{TOKEN}/getUpdates?timeout=50"))
        await poll_waits(telegram)
        assert (await client.get(f"/bot{TOKEN}/getMe")).status_code == 200
        olena.send("Who mediates?")
        (update,) = (await polling).json()["result"]
        assert update["message"]["text"] == "Who mediates?"

    async def test_a_client_that_goes_away_frees_its_poll(
        self, client: httpx.AsyncClient, telegram: Telegram
    ) -> None:
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):
                polling = asyncio.create_task(client.get(f"/bot{TOKEN}/getUpdates?timeout=50"))
                await poll_waits(telegram)
                polling.cancel()
                while telegram.updates.polled:
                    await asyncio.sleep(0)
                assert polling.cancelled()

    async def test_the_end_of_the_server_ends_polls(self, telegram: Telegram) -> None:
        async with connect(telegram) as client:
            polling = asyncio.create_task(client.get(f"/bot{TOKEN}/getUpdates?timeout=50"))
            await poll_waits(telegram)
        with pytest.raises(httpx.HTTPError):
            await polling
        assert not telegram.updates.polled


class TestFaults:
    async def test_a_slow_answer_comes_late(
        self, client: httpx.AsyncClient, telegram: Telegram, olena: Person
    ) -> None:
        telegram.slow("sendMessage", seconds=5)
        sending = asyncio.create_task(client.get(SEND + "?chat_id=100&text=a"))
        async with asyncio.timeout(PATIENCE):
            while not olena.received:
                await asyncio.sleep(0)
        telegram.clock.shift(4)
        assert (await client.get(f"/bot{TOKEN}/getMe")).status_code == 200
        assert not sending.done()
        telegram.clock.shift(1)
        assert (await sending).status_code == 200

    @pytest.mark.parametrize(
        ("ending", "told"),
        [(Ending.CUT, "peer closed connection"), (Ending.NONE, "Server disconnected")],
    )
    async def test_an_answer_may_be_cut_though_the_call_was_carried_out(
        self,
        client: httpx.AsyncClient,
        telegram: Telegram,
        olena: Person,
        caplog: pytest.LogCaptureFixture,
        ending: Ending,
        told: str,
    ) -> None:
        telegram.cut("sendMessage", ending)
        with pytest.raises(httpx.RemoteProtocolError, match=told):
            await client.get(SEND + "?chat_id=100&text=a")
        assert [message.text for message in olena.received] == ["a"]
        assert (await client.get(SEND + "?chat_id=100&text=b")).status_code == 200
        assert caplog.records == []

    async def test_a_proxy_answers_in_html(
        self, client: httpx.AsyncClient, telegram: Telegram
    ) -> None:
        telegram.fail("getMe", 502, body=b"<html>Bad Gateway</html>")
        response = await client.get(f"/bot{TOKEN}/getMe")
        assert (response.status_code, response.text) == (502, "<html>Bad Gateway</html>")
        assert response.headers["Content-Type"].startswith("text/html")


async def test_a_client_may_go_away_in_the_middle_of_its_request(telegram: Telegram) -> None:
    async with serving(telegram) as url:
        _, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(
            f"POST {SEND} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na".encode()
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    assert telegram.calls == []


async def poll_waits(telegram: Telegram) -> None:
    async with asyncio.timeout(PATIENCE):
        while not telegram.updates.polled:
            await asyncio.sleep(0)
