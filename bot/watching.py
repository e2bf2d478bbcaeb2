"""What is measured: decisions, how late the event loop is, and how much waits in the store."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.answering import Answerer, Decision
from bot.faq import Faq
from bot.metrics import Metrics
from bot.store import StoreUnavailable
from bot.store.inbox import Waiting

BEAT = 0.05
"""Seconds between two beats of the event loop's pulse."""


@dataclass(frozen=True, slots=True)
class Watching:
    """`waiting` asks the store; `wal_bytes` is the size of SQLite's -wal file; `results` counts
    what became of updates, since the start."""

    metrics: Metrics
    waiting: Callable[[], Awaitable[Waiting]]
    wal_bytes: Callable[[], int]
    results: Mapping[str, int]
    _counted: Counter[str] = field(default_factory=Counter)

    async def feel_the_pulse(self) -> None:
        """Tells the longest stall so far, until it is cancelled."""
        loop, longest = asyncio.get_running_loop(), 0.0
        while True:
            due = loop.time() + BEAT
            await asyncio.sleep(BEAT)
            longest = max(longest, loop.time() - due)
            self.metrics.loop_stall.set(longest)

    async def refresh(self) -> None:
        """Brings up to date what is only looked up when somebody asks."""
        self._count()
        self.metrics.wal_bytes.set(self.wal_bytes())
        with suppress(StoreUnavailable):
            waiting = await self.waiting()
            self.metrics.inbox_open.set(waiting.open)
            self.metrics.inbox_oldest.set(waiting.oldest)

    def _count(self) -> None:
        for result, total in self.results.items():
            new = total - self._counted[result]
            self._counted[result] = total
            if result == "repeated":
                self.metrics.duplicates.inc(new)
            elif result == "poison":
                self.metrics.quarantined.inc(new)


class MeasuredAnswerer(Answerer):
    """Decides the same, and counts it."""

    def __init__(self, faq: Faq, metrics: Metrics) -> None:
        super().__init__(faq)
        self._metrics = metrics

    def answer(self, query: str, language: str | None = None) -> Decision:
        with self._metrics.match_time.time():
            decision = super().answer(query, language)
        self._metrics.answers.labels(type(decision).__name__.lower()).inc()
        return decision
