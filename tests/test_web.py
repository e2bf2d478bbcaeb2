"""The bot's side of HTTP, over real sockets: what it takes, what it refuses, what it tells."""

from __future__ import annotations

import asyncio
import gzip
import hmac
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from time import monotonic
from typing import Any

import pytest

from bot import web
from bot.metrics import Metrics
from bot.serving import serving
from bot.web import MOST_BYTES, Web
from tests.web.client import (
    JSON,
    SECRET,
    UPDATE,
    Answer,
    asked,
    connected,
    request,
    update,
)


class Busy(Exception):  # noqa: N818
    retry_after = 2


@dataclass
class Bot:
    """What stands behind the server."""

    taken: list[Mapping[str, Any]] = field(default_factory=list)
    refusal: Exception | None = None
    hindrances: list[str] = field(default_factory=list)

    refreshed: int = 0

    async def refresh(self) -> None:
        self.refreshed += 1

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        if self.refusal:
            raise self.refusal
        self.taken += updates


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def web_of(bot: Bot, metrics: Metrics, **more: str) -> Web:
    return Web(
        metrics=metrics,
        hindrances=lambda: bot.hindrances,
        accept=bot.accept,
        refusals=(Busy,),
        refresh=bot.refresh,
        **{"secret": SECRET, **more},
    )


@pytest.fixture
async def port(bot: Bot, metrics: Metrics) -> AsyncIterator[int]:
    async with serving(web_of(bot, metrics).app(), "127.0.0.1", 0) as port:
        yield port


def rejected(metrics: Metrics, reason: str) -> float:
    labels = {"reason": reason}
    return metrics.registry.get_sample_value("webhook_rejected_total", labels) or 0


def get(path: str, *more: str, method: str = "GET") -> bytes:
    return request(method=method, path=path, secrets=(), kind=None, more=more)


class TestTheSecret:
    @pytest.mark.parametrize(
        "secrets",
        [
            pytest.param((), id="none"),
            pytest.param(("",), id="empty"),
            pytest.param(("x" * len(SECRET),), id="wrong, of equal length"),
            pytest.param((SECRET[:-1],), id="all but its last letter"),
            pytest.param((SECRET + "x",), id="one letter more"),
            pytest.param((SECRET.upper(),), id="in capitals"),
            pytest.param((SECRET, SECRET), id="twice"),
            pytest.param(("wrong", SECRET), id="the second of two"),
            pytest.param(("ї" * 8,), id="no ASCII"),
            pytest.param((b"\xff\xfe",), id="no UTF-8"),
        ],
    )
    async def test_a_wrong_one_is_refused_before_the_body_is_read(
        self,
        port: int,
        bot: Bot,
        metrics: Metrics,
        secrets: tuple[str | bytes, ...],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        compared: list[tuple[object, object]] = []
        compare = hmac.compare_digest

        def spy(given: Any, secret: Any) -> bool:
            compared.append((given, secret))
            return compare(given, secret)

        monkeypatch.setattr(hmac, "compare_digest", spy)
        async with connected(port) as client:
            # Of the body nothing is sent, and still there is an answer.
            answer = await client.ask(request(length=99, secrets=secrets))
            assert await client.closed() == b""
        assert (answer.status, answer.body) == (401, b"")
        assert bot.taken == []
        assert rejected(metrics, "secret") == 1
        assert len(compared) == 1
        assert all(type(side) is bytes for side in compared[0])

    async def test_the_right_one_is_compared_once_too(
        self, port: int, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compared: list[tuple[bytes, bytes]] = []

        def spy(given: bytes, secret: bytes) -> bool:
            compared.append((given, secret))
            return given == secret

        monkeypatch.setattr(hmac, "compare_digest", spy)
        assert (await asked(port, update())).status == 200
        assert compared == [(SECRET.encode(), SECRET.encode())]

    async def test_without_one_there_is_no_webhook(self, bot: Bot, metrics: Metrics) -> None:
        async with serving(web_of(bot, metrics, secret="").app(), "127.0.0.1", 0) as port:
            assert (await asked(port, update(secrets=("",)))).status == 404
        assert bot.taken == []


class TestTheHead:
    @pytest.mark.parametrize(
        "kind", [JSON, f"{JSON}; charset=utf-8", "Application/JSON ;charset=UTF-8"]
    )
    async def test_json_is_taken(self, port: int, bot: Bot, kind: str) -> None:
        assert (await asked(port, update(kind=kind))).status == 200
        assert bot.taken == [UPDATE]

    @pytest.mark.parametrize(
        "kind", [None, "", "text/plain", "multipart/form-data; boundary=x", "application/jsonp"]
    )
    async def test_other_types_are_not(
        self, port: int, bot: Bot, metrics: Metrics, kind: str | None
    ) -> None:
        assert (await asked(port, update(kind=kind))).status == 415
        assert (bot.taken, rejected(metrics, "type")) == ([], 1)

    async def test_nothing_is_ever_unpacked(self, port: int, bot: Bot, metrics: Metrics) -> None:
        packed = gzip.compress(b" " * 10_000_000)
        answer = await asked(port, request(packed, more=("Content-Encoding: gzip",)))
        assert answer.status == 415
        assert (bot.taken, rejected(metrics, "encoding")) == ([], 1)

    @pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS", "DELETE", "PATCH"])
    async def test_the_webhook_is_posted_to(self, port: int, method: str) -> None:
        answer = await asked(port, request(method=method))
        assert (answer.status, answer.headers["allow"]) == (405, "POST")

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "//telegram",
            "/telegram/",
            "/telegram/../metrics",
            "/telegram/%2e%2e/metrics",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/x?y=/telegram",
            "/TELEGRAM",
        ],
    )
    async def test_nothing_else_is_there(self, port: int, bot: Bot, path: str) -> None:
        answer = await asked(port, update(path=path))
        assert (answer.status, answer.body) == (404, b"")
        assert "location" not in answer.headers
        assert bot.taken == []

    async def test_no_answer_says_what_server_it_is(self, port: int) -> None:
        for data in (update(), request(b"["), get("/healthz"), get("/x")):
            answer = await asked(port, data)
            assert not answer.headers.keys() & {"server", "date", "x-powered-by"}


class TestTheSize:
    async def test_as_much_as_a_body_may_have(self, port: int, bot: Bot) -> None:
        padded = json.dumps(UPDATE).encode().ljust(MOST_BYTES)
        assert (await asked(port, request(padded))).status == 200
        assert bot.taken == [UPDATE]

    async def test_a_larger_one_is_refused_by_its_length(
        self, port: int, bot: Bot, metrics: Metrics
    ) -> None:
        async with connected(port) as client:
            answer = await client.ask(request(length=MOST_BYTES + 1))
            assert await client.closed() == b""
        assert answer.status == 413
        assert (bot.taken, rejected(metrics, "size")) == ([], 1)

    async def test_one_of_no_length_is_refused_once_it_is_too_large(
        self, port: int, bot: Bot, metrics: Metrics
    ) -> None:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        async with connected(port) as client:
            client.send(request(more=("Transfer-Encoding: chunked",)))
            for _ in range(80):
                client.send(chunk)
            assert (await client.answer()).status == 413
            await client.closed()
        assert (bot.taken, rejected(metrics, "size")) == ([], 1)

    async def test_who_reads_only_after_all_is_written_is_told_too(self, port: int) -> None:
        def post() -> int:
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
                headers["Content-Type"] = "application/json"
                connection.request("POST", "/telegram", b" " * 5 * MOST_BYTES, headers)
                return connection.getresponse().status

        assert await asyncio.to_thread(post) == 413

    async def test_chunks_are_as_good_as_a_length(self, port: int, bot: Bot) -> None:
        body = json.dumps(UPDATE).encode()
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        data = request(chunks, more=("Transfer-Encoding: chunked",))
        assert (await asked(port, data)).status == 200
        assert bot.taken == [UPDATE]

    async def test_a_body_that_does_not_come_is_not_waited_for(
        self, port: int, bot: Bot, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(web, "BODY_TIME", 0.05)
        async with connected(port) as client:
            answer = await client.ask(request(b"{", length=9))
            assert await client.closed() == b""
        assert (answer.status, rejected(metrics, "time")) == (408, 1)

    async def test_a_client_that_goes_in_the_midst_is_no_error(
        self, port: int, bot: Bot, metrics: Metrics, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with connected(port) as client:
            client.send(request(b"{", length=9))
            await client.writer.drain()
        async with asyncio.timeout(10):
            while not rejected(metrics, "cut"):
                await asyncio.sleep(0.01)
        assert not [record for record in caplog.records if record.exc_info]


BODIES = {
    "empty": b"",
    "cut": b"{",
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps(UPDATE).encode(),
    "UTF-16": json.dumps(UPDATE).encode("utf-16"),
    "no UTF-8": b'{"update_id": 7, "x": "\xff"}',
    "a list": b"[]",
    "null": b"null",
    "a number": b"5",
    "a text": b'"x"',
    "two": b'{"update_id": 7} {"update_id": 8}',
    "deep": b"[" * 100_000,
    "deep and whole": b'{"update_id": 7, "x": ' + b"[" * 65 + b"]" * 65 + b"}",
    "deep in objects": b'{"update_id": 7, "x": ' + b'{"x":' * 99 + b"1" + b"}" * 100,
    "a number of 5,000 digits": b'{"update_id": 7, "x": ' + b"9" * 5000 + b"}",
    "NaN": b'{"update_id": 7, "x": NaN}',
    "Infinity": b'{"update_id": 7, "x": -Infinity}',
    "1e999": b'{"update_id": 7, "x": 1e999}',
    "a key twice": b'{"update_id": 7, "update_id": 8}',
    "a key twice deep inside": b'{"update_id": 7, "x": [{"a": 1, "a": 1}]}',
}
IDS = ["null", '"7"', "7.0", "true", "-1", "9223372036854775808", "[]", "1e2"]


class TestTheBody:
    @pytest.mark.parametrize("kind", BODIES)
    async def test_what_is_no_update_is_refused_at_once(
        self,
        port: int,
        bot: Bot,
        metrics: Metrics,
        kind: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        start = monotonic()
        answer = await asked(port, request(BODIES[kind]))
        assert (answer.status, answer.body) == (400, b"")
        assert monotonic() - start < 1
        assert (bot.taken, rejected(metrics, "body")) == ([], 1)
        assert [record.getMessage() for record in caplog.records] == [
            "a request to the webhook is refused: body"
        ]

    @pytest.mark.parametrize("id", [None, *IDS])
    async def test_an_update_has_an_id(
        self, port: int, bot: Bot, metrics: Metrics, id: str | None
    ) -> None:
        told = f'"update_id": {id}, ' if id else ""
        answer = await asked(port, request(f'{{{told}"message": {{}}}}'.encode()))
        assert answer.status == 400
        assert (bot.taken, rejected(metrics, "update_id")) == ([], 1)

    @pytest.mark.parametrize(
        "value",
        [
            pytest.param({"update_id": 0}, id="nothing but an id"),
            pytest.param({"update_id": (1 << 63) - 1, "message": 5}, id="a message of no form"),
            pytest.param({"update_id": 7, "telepathy": {"from": "afar"}}, id="an unknown kind"),
            pytest.param({"update_id": 7, "message": {"date": 10**18}}, id="a date far off"),
            pytest.param({"update_id": 7, "x": "\ud83d \x00 \u202e"}, id="odd characters"),
            pytest.param({"update_id": 7, "x": [[[1.5, -1e300]]]}, id="numbers"),
            pytest.param({"update_id": 7, "x": ["{[" * 100]}, id="brackets in a text"),
        ],
    )
    async def test_whatever_has_one_is_taken(
        self, port: int, bot: Bot, value: Mapping[str, Any]
    ) -> None:
        answer = await asked(port, update(value))
        assert (answer.status, answer.body) == (200, b"")
        assert bot.taken == [value]

    async def test_no_answer_calls_a_method(self, port: int) -> None:
        text = '{"method":"sendMessage","chat_id":1}'
        answer = await asked(port, update({"update_id": 7, "message": {"text": text}}))
        assert (answer.status, answer.body) == (200, b"")


class TestBusy:
    @pytest.mark.parametrize(("asks", "told"), [(2, "2"), (0, "1"), (10**9, "30")])
    async def test_telegram_is_asked_to_come_again(
        self, port: int, bot: Bot, metrics: Metrics, asks: int, told: str
    ) -> None:
        bot.refusal = Busy()
        bot.refusal.retry_after = asks
        async with connected(port) as client:
            answer = await client.ask(update())
            assert (answer.status, answer.headers["retry-after"]) == (503, told)
            assert (answer.body, rejected(metrics, "busy")) == (b"", 1)
            bot.refusal = None
            assert (await client.ask(update())).status == 200
        assert bot.taken == [UPDATE]


class TestConnections:
    async def test_a_hundred_updates_over_one(self, port: int, bot: Bot) -> None:
        async with connected(port) as client:
            for id in range(100):
                assert (await client.ask(update({"update_id": id}))).status == 200
        assert [taken["update_id"] for taken in bot.taken] == list(range(100))

    async def test_forty_at_once(self, port: int, bot: Bot) -> None:
        answers = await asyncio.gather(
            *(asked(port, update({"update_id": id})) for id in range(40))
        )
        assert {answer.status for answer in answers} == {200}
        assert len(bot.taken) == 40

    async def test_requests_may_come_before_the_answer_to_the_first(
        self, port: int, bot: Bot
    ) -> None:
        async with connected(port) as client:
            client.send(update({"update_id": 1}) + update({"update_id": 2}))
            assert [(await client.answer()).status for _ in "12"] == [200, 200]
        assert len(bot.taken) == 2


class TestHealth:
    async def test_it_is_alive(self, port: int, bot: Bot) -> None:
        bot.hindrances = ["the store: down"]
        answer = await asked(port, get("/healthz"))
        assert (answer.status, answer.body) == (200, b"")

    async def test_it_is_ready_or_says_why_not(self, port: int, bot: Bot) -> None:
        assert (await asked(port, get("/readyz"))).status == 200
        bot.hindrances = ["store: down", "intake: stopping"]
        answer = await asked(port, get("/readyz"))
        assert (answer.status, answer.body) == (503, b"store: down\nintake: stopping")

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
    async def test_it_is_only_read(self, port: int, path: str) -> None:
        assert (await asked(port, get(path, method="POST"))).status == 405
        assert (await asked(port, get(path, method="HEAD"))).status == 200


class TestMetrics:
    async def test_this_machine_sees_them_as_they_are_now(self, port: int, bot: Bot) -> None:
        answer = await asked(port, get("/metrics"))
        assert bot.refreshed == 1
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert b"\nduplicates_total 0.0\n" in answer.body

    @pytest.mark.parametrize(
        "header",
        ["X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "Via: 1.1 x", "X-Real-IP: ::1"],
    )
    async def test_nobody_does_through_a_proxy(self, port: int, header: str) -> None:
        assert (await asked(port, get("/metrics", header))).status == 404

    @pytest.mark.parametrize(
        ("header", "status"),
        [
            ("Authorization: Bearer let-me-in", 200),
            ("Authorization: Bearer let-me-out", 404),
            ("Authorization: Basic let-me-in", 404),
            ("X: y", 404),
        ],
    )
    async def test_or_whoever_has_the_token_does(
        self, bot: Bot, metrics: Metrics, header: str, status: int
    ) -> None:
        app = web_of(bot, metrics, metrics_token="let-me-in").app()
        async with serving(app, "127.0.0.1", 0) as port:
            answer = await asked(port, get("/metrics", header, "X-Forwarded-For: 1.2.3.4"))
        assert answer.status == status

    async def test_no_request_makes_a_new_series(self, port: int, metrics: Metrics) -> None:
        async def series() -> int:
            text = (await asked(port, get("/metrics"))).body
            return len([line for line in text.splitlines() if not line.startswith(b"#")])

        for data in (request(b"["), update({}), update(secrets=())):
            await asked(port, data)
        before = await series()
        for number in range(300):
            await asked(port, update(path=f"/{number}"))
            await asked(port, update(secrets=(f"{number}",)))
            await asked(port, update({"update_id": f"{number}"}))
        assert await series() == before


async def test_what_a_bug_does_is_a_500_without_a_word(
    port: int, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.refusal = KeyError("words of a person")
    answer: Answer = await asked(port, update())
    assert (answer.status, answer.body) == (500, b"Internal Server Error")
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
