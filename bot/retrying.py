"""Failures that may pass: how long to wait before another try, and what ends the waiting."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any, TypeVar

from telegram.error import InvalidToken, RetryAfter, TelegramError, TimedOut

logger = logging.getLogger(__name__)

T = TypeVar("T")

LONGEST_PAUSE = 30.0
"""Seconds to wait at most after a failure; each further one doubles the wait up to here."""

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError)
"""What PTB raises at an object that is not as the Bot API describes it."""


async def persistently(
    request: Callable[[], Awaitable[T]],
    failing: str,
    pause: float,
    *,
    final: tuple[type[TelegramError], ...] = (InvalidToken,),
) -> T:
    """The result of a request that is made until it succeeds, with growing pauses.

    `failing` says in the log what there is not, meanwhile; `final` errors are raised.
    """
    pauses = growing(pause)
    while True:
        try:
            return await request()
        except final:
            raise
        except TelegramError as error:
            pause = pause_after(error, pauses)
            logger.warning("%s: %s; next try in %g s", failing, told(error), pause)
        await asyncio.sleep(pause)


async def or_stopped(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """What `work` returns; None, with the work cancelled, if `stop` is set before it is done."""
    tasks = working, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        stopped.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def growing(pause: float) -> Iterator[float]:
    """Seconds to wait after one failure and the next: twice as long each time, within reason."""
    while True:
        pause = min(pause, LONGEST_PAUSE)
        yield pause
        pause *= 2


def told(error: Exception) -> str:
    """An error for the log. Its text may come from Telegram's side, but never from a person."""
    return f"{type(error).__name__}: {error}"


def is_dark(error: Exception) -> bool:
    """May Telegram have got the request? Not if it answered, or no connection came about: the
    transport tells."""
    return isinstance(error, TimedOut)


def pause_after(error: Exception, pauses: Iterator[float]) -> float:
    """The time that Telegram asks for, if it does, within reason; else the next of `pauses`."""
    seconds = asked_for(error)
    return next(pauses) if seconds is None else min(seconds, LONGEST_PAUSE)


def asked_for(error: Exception) -> float | None:
    """The seconds that Telegram wants to be left alone, if it says so."""
    if not isinstance(error, RetryAfter):
        return None
    time = error.retry_after
    return time.total_seconds() if isinstance(time, timedelta) else time
