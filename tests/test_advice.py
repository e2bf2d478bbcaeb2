"""What the bot's owner may want to change."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from telegram import User, WebhookInfo

from bot.advice import advice
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import at_work, until

FINE = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}


def told(webhook: str = "", url: str = "", **flags: Any) -> list[str]:
    me = User(1, "Talks", True, **{**FINE, **flags})
    return list(advice(me, WebhookInfo(webhook, False, 0), url))


def test_nothing_if_all_is_well() -> None:
    assert told() == []
    assert told("https://a.example/", "https://b.example/") == []


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        ({"can_join_groups": False}, "/setjoingroups"),
        ({"can_read_all_group_messages": True}, "/setprivacy"),
        ({"supports_inline_queries": False}, "/setinline"),
        ({"webhook": "https://a.example/"}, "WEBHOOK_URL"),
    ],
)
def test_one_line_about_what_is_not(flags: Any, word: str) -> None:
    (line,) = told(**flags)
    assert word in line


async def test_it_stands_in_the_log_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with at_work(Telegram()):
        await until(lambda: "advice: nobody can ask by the bot's name" in caplog.text)


UNDATED = json.dumps(
    {
        "ok": True,
        "result": {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": 0,
            "last_error_date": "x",
        },
    }
).encode()


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        pytest.param(502, b"", "NetworkError", id="refused"),
        pytest.param(200, b'{"ok": true, "result": true}', "TimedOut", id="not what is promised"),
        pytest.param(200, UNDATED, "cannot be read", id="unreadable inside"),
    ],
)
async def test_a_start_needs_no_advice(
    status: int, body: bytes, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram = Telegram()
    telegram.fail("getWebhookInfo", status, body=body)
    olena = telegram.person()
    olena.send("hello")
    async with at_work(telegram) as bot:
        await bot.done()
    assert len(olena.received) == 1
    assert "no advice: " in caplog.text
    assert why in caplog.text
