from __future__ import annotations

import asyncio

import pytest

from bot.playground.backlog import Backlog, Update
from bot.playground.clock import StillClock
from bot.playground.telegram import Telegram
from bot.playground.webhook import Reply
from tests.bot_on_telegram import PATIENCE

MANY = 10_000


def message(number: int, chat_id: int = 1, expires: float = 10.0) -> Update:
    return Update(number, "message", {"chat": {"id": chat_id}}, expires)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def backlog(clock: StillClock) -> Backlog:
    """Of 1 and 3 in one chat and 2 in another, where 2 expires first."""
    backlog = Backlog(clock)
    now = clock.now()
    for update in (message(1, 1, now + 9), message(2, 2, now + 5), message(3, 1, now + 9)):
        backlog.add(update)
    return backlog


def ids(backlog: Backlog) -> list[int]:
    return [update.id for update in backlog]


def test_updates_wait_in_order_and_by_chat(backlog: Backlog) -> None:
    assert ids(backlog) == [1, 2, 3]
    assert backlog.queues == (("message", 1), ("message", 2))
    first = backlog.first(("message", 1))
    assert first
    backlog.forget(first.id)
    assert backlog.first(("message", 1)) == message(3, 1, first.expires)
    assert backlog.first(("message", 4711)) is None


def test_what_is_too_old_is_gone(backlog: Backlog, clock: StillClock) -> None:
    clock.shift(5)
    assert ids(backlog) == [1, 3]
    assert backlog.queues == (("message", 1),)


def test_what_was_forgotten_before_it_grew_old_is_no_error(
    backlog: Backlog, clock: StillClock
) -> None:
    backlog.forget_before(3)
    clock.shift(9)
    assert len(backlog) == 0


def test_the_last_ones_can_be_kept(backlog: Backlog) -> None:
    backlog.forget_all_but(2)
    assert ids(backlog) == [2, 3]


async def test_many_updates_reach_a_webhook_as_fast_as_few() -> None:
    """It takes half a second, and took thirty when each was looked for among all."""
    brought = 0

    async def post(*_: object) -> Reply:
        nonlocal brought
        brought += 1
        return Reply(200)

    telegram = Telegram(post=post)
    people = [telegram.person() for _ in range(MANY // 10)]
    for number in range(MANY):
        people[number % len(people)].send("hello")
    async with asyncio.timeout(2 * PATIENCE):
        await telegram.call("setWebhook", {"url": "https://example.org"})
        while brought < MANY:
            await asyncio.sleep(0.01)
    await telegram.call("deleteWebhook")
