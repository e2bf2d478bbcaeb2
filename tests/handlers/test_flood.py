"""Whoever asks too much, in the real bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.flood import Floods
from bot.metrics import Metrics
from bot.playground.clock import StillClock
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import ANSWERED, ASKED, AtWork, at_work, params_of, texts

TOO_FAST = "That was a lot at once. Please wait a few seconds, then ask again."


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def slow(telegram: Telegram, metrics: Metrics) -> AsyncIterator[AtWork]:
    """A bot whose clock stands."""
    async with at_work(telegram, floods=Floods(lambda: 0.0), metrics=metrics) as bot:
        yield bot


@pytest.fixture
def telegram() -> Telegram:
    """On a busy machine, too, all is written in one second."""
    return Telegram(clock=StillClock())


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    return telegram.person("Olena")


async def test_five_are_answered_one_is_told_and_the_rest_is_silence(
    slow: AtWork, olena: Person, metrics: Metrics
) -> None:
    petro = slow.telegram.person("Petro")
    for _ in range(20):
        olena.send(ASKED)
    petro.send(ASKED)
    await slow.done()
    assert [ANSWERED in text for text in texts(olena)] == [True] * 5 + [False]
    assert texts(olena)[-1] == TOO_FAST
    assert ANSWERED in texts(petro)[0]
    labels = {"scope": "person"}
    assert metrics.registry.get_sample_value("rate_limited_total", labels) == 15


async def test_every_tap_is_answered(slow: AtWork, olena: Person) -> None:
    olena.send(ASKED)
    await slow.done()
    for _ in range(9):
        olena.tap(olena.received[0].id, "Not what I asked")
        await slow.done()
    toasts = [call.get("text") for call in params_of(slow.telegram, "answerCallbackQuery")]
    assert toasts == ["Thank you. Please try other words."] * 4 + [TOO_FAST] + [None] * 4
    assert len(texts(olena)) == 1


async def test_a_tap_that_is_too_old_by_then_is_no_error(slow: AtWork, olena: Person) -> None:
    olena.send(ASKED)
    await slow.done()
    told = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    slow.telegram.fail("answerCallbackQuery", 400, told, times=9)
    for _ in range(9):
        olena.tap(olena.received[0].id, "Not what I asked")
    await slow.done()
    assert len(params_of(slow.telegram, "answerCallbackQuery")) == 9
    assert slow.bot.intake.results["poison"] == 0


async def test_edits_count_as_much_as_questions(slow: AtWork, olena: Person) -> None:
    question = olena.send(ASKED)
    await slow.done()
    for number in range(20):
        olena.edit(question.id, ASKED if number % 2 else "What does Russia demand?")
    await slow.done()
    assert len(params_of(slow.telegram, "editMessageText")) == 4
    assert len(olena.received) == 1


async def test_a_retry_is_not_a_second_query(telegram: Telegram, olena: Person) -> None:
    telegram.fail("sendMessage", 502, times=3)
    async with at_work(telegram, floods=Floods(lambda: 0.0), pause=0.001) as bot:
        for _ in range(5):
            olena.send(ASKED)
        await bot.done()
        await asyncio.sleep(0)
    assert [ANSWERED in text for text in texts(olena)] == [True] * 5


async def test_a_group_is_told_in_a_silent_reply(slow: AtWork, olena: Person) -> None:
    group = slow.telegram.supergroup("Readers", olena)
    for _ in range(9):
        last = olena.send(f"/ask {ASKED}", chat=group)
    await slow.done()
    notice = next(message for message in group.received if message.text == TOO_FAST)
    assert notice.silent
    assert notice.reply_to
    assert notice.reply_to.id < last.id
