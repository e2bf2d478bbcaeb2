"""The time Telegram goes by."""

from __future__ import annotations

import asyncio
import time
from typing import TypeVar

T = TypeVar("T")


class Clock:
    """Real time; `shift` moves it on, so that what takes a day need not be waited for."""

    def __init__(self) -> None:
        self._shifted = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._shifted

    def shift(self, seconds: float) -> None:
        self._shifted += seconds

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def wait(self, future: asyncio.Future[T], seconds: float) -> T | None:
        """What the future brings, None if it brings nothing in that time."""
        timer = asyncio.ensure_future(self.sleep(seconds))
        try:
            await asyncio.wait((future, timer), return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
        return future.result() if future.done() else None


class StillClock(Clock):
    """Moves only by `shift`; sleepers wake when it passes their time: for tests."""

    def __init__(self) -> None:
        super().__init__()
        self._start = time.time()
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._start + self._shifted

    def shift(self, seconds: float) -> None:
        super().shift(seconds)
        for wakes, sleeper in self._sleepers:
            if wakes <= self.now() and not sleeper.done():
                sleeper.set_result(None)

    async def sleep(self, seconds: float) -> None:
        sleeper = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now() + seconds, sleeper))
        await sleeper
