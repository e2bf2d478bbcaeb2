"""Answers that are JSON and not what Telegram promises: none is taken for an answer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.app import build
from bot.intake import Pace
from bot.intake.handling import TRIES_IN_THE_DARK
from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from bot.promised import is_promised
from bot.running import Bot
from tests.bot_on_telegram import (
    ANSWERED,
    ASKED,
    hurried,
    params_of,
    patient,
    small_edition,
    texts,
    until,
)

FOREVER = 1_000_000
CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "something": "new"}
ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
NOTHING: tuple[Any, ...] = (None, [], [1], "x", {}, 0, 1, False)
"""What no method gives, but getUpdates an empty list."""


@pytest.mark.parametrize(
    ("method", "promised", "others"),
    [
        ("getMe", ME, [True, {**ME, "id": "1"}, {**ME, "is_bot": 1}, {**ME, "username": None}]),
        ("getWebhookInfo", WEBHOOK, [True, {**WEBHOOK, "pending_update_count": True}]),
        ("sendMessage", MESSAGE, [True, {**MESSAGE, "date": "x"}, {**MESSAGE, "chat": 7}]),
        ("sendMessage", MESSAGE, [{**MESSAGE, "chat": {"id": 7}}, {**MESSAGE, "chat": None}]),
        ("editMessageText", MESSAGE, [{**MESSAGE, "message_id": 1.0}]),
        ("editMessageText", True, []),
        ("answerGuestQuery", {"inline_message_id": "a"}, [True, {"inline_message_id": 1}]),
        ("answerCallbackQuery", True, []),
        ("setMyCommands", True, [MESSAGE]),
        ("getUpdates", [{"update_id": 0, "message": {}}, {"update_id": 2**63 - 1}], [True]),
        ("getUpdates", [], [[{}], [{"update_id": True}], [{"update_id": "7"}], {"update_id": 7}]),
        ("getUpdates", [], [[{"update_id": 1}, None], [{"update_id": -1}], [{"update_id": 2**63}]]),
    ],
)
def test_a_method_gives_what_it_promises(method: str, promised: Any, others: list[Any]) -> None:
    assert is_promised(method, promised)
    for other in (*NOTHING, *others):
        assert not is_promised(method, other) or (method, other) == ("getUpdates", [])


ODD = {
    "null": {"ok": True, "result": None},
    "a list": {"ok": True, "result": [1]},
    "a string": {"ok": True, "result": "x"},
    "an empty object": {"ok": True, "result": {}},
    "true as a number": {"ok": True, "result": 1},
    "not ok": {"ok": False, "result": MESSAGE},
    "without ok": {"result": MESSAGE},
    "nothing": {},
    "no object": [MESSAGE],
}


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    return telegram.person("Olena")


@asynccontextmanager
async def over_the_wire(telegram: Telegram) -> AsyncIterator[Bot]:
    """A bot in a hurry that reaches Telegram over HTTP."""
    async with serving(telegram) as url:
        bot = build(
            TOKEN,
            small_edition(),
            api_url=url,
            pace=Pace(pause=0.001),
            pacing=hurried(),
            floods=patient(),
        )
        stop = asyncio.Event()
        running = asyncio.create_task(bot.run(stop))
        try:
            yield bot
        finally:
            stop.set()
            await running


@pytest.mark.parametrize("body", [json.dumps(odd).encode() for odd in ODD.values()], ids=list(ODD))
async def test_after_one_that_is_not_it_tries_again(
    telegram: Telegram, olena: Person, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("getMe", "getWebhookInfo", "setMyCommands", "getUpdates", "sendMessage"):
        telegram.fail(method, 200, body=body)
    olena.send(ASKED)
    async with over_the_wire(telegram) as bot:
        await until(lambda: bot.intake.results["answered"])
    assert [ANSWERED in text for text in texts(olena)] == [True]
    assert len(params_of(telegram, "sendMessage")) == 2
    assert params_of(telegram, "getUpdates")[1]["offset"] == 0
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_a_message_of_which_nobody_knows_what_became_is_sent_twice_at_most(
    telegram: Telegram, olena: Person
) -> None:
    telegram.fail("sendMessage", 200, body=b'{"ok":true,"result":{}}', times=FOREVER)
    olena.send(ASKED)
    olena.send("/help")
    async with over_the_wire(telegram) as bot:
        await until(lambda: bot.intake.results["given up"] == 2)
    assert len(params_of(telegram, "sendMessage")) == 2 * TRIES_IN_THE_DARK


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
async def test_a_tap_that_is_answered_oddly_does_what_it_should(
    telegram: Telegram, olena: Person, method: str
) -> None:
    olena.send("/start")
    async with over_the_wire(telegram) as bot:
        await until(lambda: olena.received)
        before = texts(olena)
        telegram.fail(method, 200, body=b'{"ok":true,"result":null}')
        olena.tap(olena.received[0].id, "All topics")
        await until(lambda: texts(olena) != before)
        await until(lambda: bot.intake.results["answered"] == 2)
    assert bot.intake.results["postponed"] == 1
    assert len(olena.received) == 1
