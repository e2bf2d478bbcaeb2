"""Telegram is told where to bring updates; what it brings is answered; what goes wrong is told."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot.metrics import Metrics
from bot.playground.people import Person
from bot.playground.telegram import TOKEN, Telegram
from bot.playground.webhook_post import post_over_http
from bot.running import Place
from bot.webhook import Webhook
from tests.bot_on_telegram import (
    ANSWERED,
    ASKED,
    PATIENCE,
    AtWork,
    Line,
    at_work,
    build_on,
    params_of,
    texts,
    until,
)
from tests.web.client import SECRET, Answer, asked, request, update

URL = "https://bot.example.org/telegram"
KINDS = ["message", "callback_query"]


@dataclass
class Watched:
    """A webhook at a Telegram that nobody can reach, by a clock that stands."""

    telegram: Telegram
    webhook: Webhook
    metrics: Metrics
    now: list[float]
    hindrances: dict[str, str] = field(default_factory=dict)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def metric(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(name) or 0

    async def looks(self, times: int) -> None:
        seen = len(params_of(self.telegram, "getWebhookInfo"))
        await until(lambda: len(params_of(self.telegram, "getWebhookInfo")) >= seen + times)


@asynccontextmanager
async def watched(telegram: Telegram, *, running: bool = True) -> AsyncIterator[Watched]:
    bot = build_on(Line(telegram)).application.bot
    now, metrics, hindrances = [0.0], Metrics(), {}  # type: ignore[var-annotated]
    webhook = Webhook(
        bot,
        URL,
        SECRET,
        KINDS,
        metrics=metrics,
        hinder=hindrances.__setitem__,
        clock=lambda: now[0],
        pause=0.001,
        look=0.001,
    )
    it = Watched(telegram, webhook, metrics, now, hindrances)
    task = asyncio.create_task(webhook.run(it.stop))
    try:
        yield it
    finally:
        it.stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


class TestSettingUp:
    async def test_telegram_is_told_all_of_it(self) -> None:
        telegram = Telegram()
        async with watched(telegram) as it:
            await it.looks(1)
        assert params_of(telegram, "setWebhook") == [
            {
                "url": URL,
                "max_connections": 40,
                "allowed_updates": KINDS,
                "secret_token": SECRET,
            }
        ]

    async def test_it_is_told_until_it_knows(self) -> None:
        telegram = Telegram()
        telegram.fail("setWebhook", 429, parameters={"retry_after": 0.01}, times=2)
        telegram.fail("setWebhook", 502)
        async with watched(telegram) as it:
            await until(lambda: it.hindrances)
            assert it.hindrances == {"webhook": "Telegram does not know of it yet"}
            await it.looks(1)
            assert it.hindrances == {"webhook": ""}
        calls = params_of(telegram, "setWebhook")
        assert len(calls) == 4
        assert all(call == calls[0] for call in calls)

    async def test_nothing_is_taken_back(self) -> None:
        telegram = Telegram()
        async with watched(telegram) as it:
            await it.looks(1)
        methods = {call.method for call in telegram.calls}
        assert methods == {"setWebhook", "getWebhookInfo"}
        assert not any("drop_pending_updates" in call.params for call in telegram.calls)

    async def test_it_can_be_stopped_before_telegram_knows(self) -> None:
        telegram = Telegram()
        telegram.fail("setWebhook", 502, times=1_000_000)
        async with watched(telegram):
            await until(lambda: params_of(telegram, "setWebhook"))

    async def test_a_token_that_is_refused_ends_it(self) -> None:
        telegram = Telegram()
        telegram.fail("getWebhookInfo", 401)

        async def until_it_ends() -> None:
            async with watched(telegram) as it:
                await it.looks(1)

        with pytest.raises(InvalidToken):
            await until_it_ends()


class TestWatching:
    async def test_another_address_is_told_and_not_fought_over(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram = Telegram()
        async with watched(telegram) as it:
            await it.looks(1)
            assert it.metric("webhook_url_wrong") == 0
            telegram.clock.shift(2)
            await telegram.call("setWebhook", {"url": "https://1.1.1.1/"})
            await it.looks(20)
            assert it.metric("webhook_url_wrong") == 1
            assert len(warnings(caplog)) == 1
            it.now[0] += 301
            await it.looks(3)
        assert warnings(caplog) == ["Telegram brings updates elsewhere; see WEBHOOK_URL"] * 2
        assert len(params_of(telegram, "setWebhook")) == 2  # ours, and the other's

    async def test_updates_that_cannot_be_brought_are_told(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram = Telegram()
        info: dict[str, Any] = {"url": URL, "has_custom_certificate": False}
        info |= {"pending_update_count": 3, "last_error_message": "Connection refused"}

        def told(date: int) -> None:
            answer = {"ok": True, "result": {**info, "last_error_date": date}}
            telegram.fail("getWebhookInfo", 200, body=json.dumps(answer).encode(), times=5)

        async with watched(telegram) as it:
            told(1_770_000_000)
            await it.looks(6)
            assert it.metric("telegram_pending_updates") in (0, 3)
            assert it.metric("telegram_last_error_time_seconds") == 1_770_000_000
            assert warnings(caplog) == []
            for later in (60, 120, 180):
                told(1_770_000_000 + later)
                await it.looks(6)
        assert warnings(caplog) == ["Telegram could not bring an update: Connection refused"]

    async def test_no_news_are_no_trouble(self, caplog: pytest.LogCaptureFixture) -> None:
        telegram = Telegram()
        telegram.fail("getWebhookInfo", 502, times=3)
        telegram.fail("getWebhookInfo", 200, body=b'{"ok": true, "result": true}', times=3)
        # As promised, but for what the bot can do without: when it last went wrong.
        result = {"url": URL, "has_custom_certificate": False, "pending_update_count": 0}
        odd = json.dumps({"ok": True, "result": {**result, "last_error_date": "yesterday"}})
        telegram.fail("getWebhookInfo", 200, body=odd.encode(), times=3)
        with caplog.at_level(logging.INFO):
            async with watched(telegram) as it:
                await it.looks(12)
        assert warnings(caplog) == []
        told = [line for line in caplog.messages if line.startswith("no news of the webhook")]
        assert len(told) == 9
        assert told[6:] == ["no news of the webhook: Telegram's answer cannot be read"] * 3


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


@asynccontextmanager
async def behind_a_webhook(**options: Any) -> AsyncIterator[tuple[AtWork, int]]:
    """The whole bot, to which a local Telegram brings its updates; and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    telegram = Telegram(local=True, post=post_over_http)
    place = Place("127.0.0.1", port, f"http://127.0.0.1:{port}/telegram", SECRET)
    async with at_work(telegram, place=place, **options) as bot:
        await until(lambda: params_of(telegram, "setWebhook"))
        yield bot, port
    await telegram.call("deleteWebhook")


def get(path: str) -> bytes:
    return request(method="GET", path=path, secrets=(), kind=None)


class TestTheWholeBot:
    async def test_what_telegram_brings_is_answered(self) -> None:
        async with behind_a_webhook() as (bot, _):
            olena: Person = bot.telegram.person()
            olena.send(ASKED)
            await until(lambda: olena.received)
            await bot.done()
        assert ANSWERED in texts(olena)[0]
        assert params_of(bot.telegram, "getUpdates") == []

    async def test_the_same_update_is_answered_once(self) -> None:
        async with behind_a_webhook() as (bot, port):
            olena = bot.telegram.person()
            olena.send("hello")
            await bot.done()
            sender = {"id": olena.id, "is_bot": False, "first_name": "Olena"}
            message = {"message_id": 99, "date": 1_770_000_000, "text": ASKED, "from": sender}
            message["chat"] = {"id": olena.id, "type": "private"}
            data = update({"update_id": 77, "message": message})
            answers: list[Answer] = [await asked(port, data) for _ in range(2)]
            answers += await asyncio.gather(*(asked(port, data) for _ in range(20)))
            assert {answer.status for answer in answers} == {200}
            await bot.done()
            await until(lambda: len(olena.received) == 2)
            text = (await asked(port, get("/metrics"))).body.decode()
        assert [ANSWERED in text for text in texts(olena)] == [False, True]
        assert 'answers_total{outcome="answer"} 1.0' in text
        assert "api_calls_total{" not in text  # in-process requests are none

    async def test_it_is_ready_when_it_is_and_says_why_not_else(self) -> None:
        async with behind_a_webhook() as (bot, port):

            async def is_ready() -> bool:
                return (await asked(port, get("/readyz"))).status == 200

            async with asyncio.timeout(PATIENCE):
                while not await is_ready():
                    await asyncio.sleep(0.01)
            olena = bot.telegram.person()
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                bot.stop.set()
                async with asyncio.timeout(PATIENCE):
                    while await is_ready():
                        await asyncio.sleep(0.01)
                told = await asked(port, get("/readyz"))
                refused = await asked(port, update())
            await bot.task
        assert (told.status, told.body) == (503, b"intake: stopping")
        assert refused.status == 503
        assert 1 <= int(refused.headers["retry-after"]) <= 30
        assert ANSWERED in texts(olena)[0]

    async def test_while_telegram_is_away_it_is_alive_and_not_ready(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        telegram = Telegram()
        telegram.fail("getMe", 502, times=1_000_000)
        async with at_work(telegram, place=Place("127.0.0.1", port)) as bot:
            await until(lambda: telegram.calls)
            assert (await asked(port, get("/healthz"))).status == 200
            told = await asked(port, get("/readyz"))
            assert (await asked(port, update())).status == 404
            await bot.stopped()
        assert (told.status, told.body) == (503, b"intake: not at work yet")

    async def test_the_secret_is_in_no_repr(self) -> None:
        place = Place("127.0.0.1", 1, URL, SECRET, "let-me-see-the-metrics")
        assert SECRET not in repr(place)
        assert "let-me-see" not in repr(place)
        assert TOKEN not in repr(place)
