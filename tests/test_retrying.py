"""Waiting for failures to pass, and what ends the waiting."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import islice

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.retrying import LONGEST_PAUSE, asked_for, growing, is_dark, or_stopped, pause_after

AN_HOUR = 3600.0


def test_the_dark_is_where_telegram_may_have_got_it() -> None:
    assert is_dark(TimedOut())
    assert not is_dark(NetworkError("no connection"))


def test_pauses_double_up_to_the_longest() -> None:
    assert list(islice(growing(1), 7)) == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert next(growing(100)) == LONGEST_PAUSE


def test_telegram_is_given_the_time_it_asks_for() -> None:
    assert asked_for(RetryAfter(timedelta(seconds=35))) == 35
    assert asked_for(NetworkError("failed")) is None
    assert pause_after(RetryAfter(timedelta(seconds=3)), growing(1)) == 3
    assert pause_after(RetryAfter(timedelta(hours=1)), growing(1)) == LONGEST_PAUSE
    assert pause_after(NetworkError("failed"), growing(1)) == 1


async def test_what_is_stopped_is_cancelled_and_has_no_result() -> None:
    stop, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> str:
        try:
            await asyncio.sleep(AN_HOUR)
        finally:
            cancelled.set()
        return "done"

    asyncio.get_running_loop().call_soon(stop.set)
    assert await or_stopped(work(), stop) is None
    assert cancelled.is_set()


async def test_what_is_not_stopped_gives_its_result_or_error() -> None:
    async def fail() -> None:
        raise ValueError("work")

    assert await or_stopped(asyncio.sleep(0, "done"), asyncio.Event()) == "done"
    with pytest.raises(ValueError, match="work"):
        await or_stopped(fail(), asyncio.Event())
