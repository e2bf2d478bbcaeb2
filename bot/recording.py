"""Misses on their way into the store, beside the work: no reply waits for them or fails by them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.metrics import Metrics
from bot.misses import Miss
from bot.retention import KEPT_DAYS
from bot.store import Store, StoreUnavailable, misses

logger = logging.getLogger(__name__)

MOST_WAITING = 1_000
"""Misses that wait to be kept, should the store take its time."""

HOUR = 3600.0
"""Seconds from one look for what is too old to the next."""

SECONDS_TO_LEAVE = 1.0
"""For what still waits when the bot stops."""


class Recorder:
    """Keeps misses for `KEPT_DAYS`. `today` tells the day, in UTC.

    What the store does not take is counted and lost: a miss is worth no other try.
    """

    def __init__(self, store: Store, metrics: Metrics, today: Callable[[], date]) -> None:
        self._store = store
        self._metrics = metrics
        self.today = today
        self._waiting: list[Miss] = []
        self._wake = asyncio.Event()

    def note(self, miss: Miss) -> None:
        self._metrics.misses.labels(miss.kind).inc()
        if len(self._waiting) >= MOST_WAITING:
            self._lost("store", 1)
            return
        self._waiting.append(miss)
        self._wake.set()

    async def run(self) -> None:
        """For ever; what waits when it is cancelled is still kept."""
        try:
            while True:
                await self._keep()
                with suppress(TimeoutError):
                    async with asyncio.timeout(HOUR):
                        await self._wake.wait()
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_TO_LEAVE):
                    await self._keep()

    async def listed(self, most: int) -> Sequence[Miss]:
        """The most frequent ones that are kept. Raises StoreUnavailable."""
        return await self._store.transact(partial(misses.since, day=self._oldest(), most=most))

    async def _keep(self) -> None:
        """Puts what waits into the store, and takes out what has been there long enough."""
        self._wake.clear()
        new, self._waiting = self._waiting, []
        oldest = self._oldest()

        def work(connection: Connection) -> int:
            misses.forget_before(connection, oldest)
            return misses.add(connection, new)

        try:
            self._lost("full", await self._store.transact(work))
        except StoreUnavailable as error:
            self._lost("store", len(new))
            logger.warning("misses could not be kept: %s", error)

    def _oldest(self) -> date:
        """The first day of those that are kept; on the next a day is `KEPT_DAYS` old."""
        return self.today() - timedelta(days=KEPT_DAYS - 1)

    def _lost(self, why: str, number: int) -> None:
        self._metrics.misses_lost.labels(why).inc(number)
