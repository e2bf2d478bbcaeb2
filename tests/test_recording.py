"""Misses on their way into the store: what the store does not take is counted, and harms nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.metrics import Metrics
from bot.misses import Kind, Miss
from bot.recording import MOST_WAITING, Recorder
from bot.retention import KEPT_DAYS, MOST_A_DAY
from bot.store import IN_MEMORY, Store, StoreUnavailable, misses
from tests.bot_on_telegram import ANSWERED, ASKED, at_work, texts, until

DAY = date(2026, 11, 24)
MISS = Miss(DAY, Kind.NO_MATCH, "who cooks?", "where", 3.5)


@dataclass
class Recording:
    """A recorder at work; its day can be moved."""

    store: Store
    metrics: Metrics = field(default_factory=Metrics)
    day: date = DAY

    def __post_init__(self) -> None:
        self.recorder = Recorder(self.store, self.metrics, lambda: self.day)

    async def kept(self) -> list[Miss]:
        return await self.store.transact(partial(misses.since, day=date.min))

    async def kept_all(self, *wanted: Miss) -> None:
        async with asyncio.timeout(5):
            while await self.kept() != list(wanted):
                await asyncio.sleep(0.001)

    def lost(self, reason: str) -> float:
        return self.metrics.registry.get_sample_value("misses_lost_total", {"reason": reason}) or 0


@pytest.fixture
async def recording() -> AsyncIterator[Recording]:
    async with Store(IN_MEMORY) as store:
        yield Recording(store)


async def run(recording: Recording) -> asyncio.Task[None]:
    return asyncio.create_task(recording.recorder.run())


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_what_is_noted_is_kept_and_counted(recording: Recording) -> None:
    task = await run(recording)
    recording.recorder.note(MISS)
    await recording.kept_all(MISS)
    assert await recording.recorder.listed(10) == [MISS]
    assert recording.metrics.total(recording.metrics.misses, kind="no match") == 1
    await end(task)


async def test_what_waits_at_the_end_is_still_kept(recording: Recording) -> None:
    task = await run(recording)
    await asyncio.sleep(0.01)
    recording.recorder.note(MISS)
    await end(task)
    assert await recording.kept() == [MISS]


async def test_after_its_days_a_miss_is_neither_listed_nor_kept(recording: Recording) -> None:
    await recording.store.transact(partial(misses.add, new=[MISS]))
    recording.day = DAY + timedelta(days=KEPT_DAYS - 1)
    task = await run(recording)
    await asyncio.sleep(0.05)
    assert await recording.kept() == await recording.recorder.listed(10) == [MISS]
    recording.day += timedelta(days=1)
    assert await recording.recorder.listed(10) == []
    later = Miss(recording.day, Kind.NO_MATCH, "who eats?")
    recording.recorder.note(later)
    await recording.kept_all(later)
    await end(task)


async def test_what_is_too_old_is_forgotten_at_the_start_and_each_hour(
    recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    await recording.store.transact(partial(misses.add, new=[MISS]))
    recording.day = DAY + timedelta(days=KEPT_DAYS)
    task = await run(recording)
    await recording.kept_all()
    await end(task)
    monkeypatch.setattr("bot.recording.HOUR", 0.01)
    recording.day = DAY
    task = await run(recording)
    recording.recorder.note(MISS)
    await recording.kept_all(MISS)
    recording.day = DAY + timedelta(days=KEPT_DAYS)
    await recording.kept_all()
    await end(task)


async def test_those_over_the_days_number_are_counted(recording: Recording) -> None:
    for number in range(MOST_A_DAY + 3):
        recording.recorder.note(Miss(DAY, Kind.NO_MATCH, f"who cooks {number}?"))
    task = await run(recording)
    await until(lambda: recording.lost("full"))
    assert (recording.lost("full"), len(await recording.kept())) == (3, MOST_A_DAY)
    await end(task)


async def test_a_store_in_trouble_loses_them_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    async with Store(f"sqlite:///{path}") as store:
        recording = Recording(store)
        task = await run(recording)
        await recording.kept_all()
        path.rename(tmp_path / "away")
        recording.recorder.note(MISS)
        await until(lambda: recording.lost("store") == 1)
        (tmp_path / "away").rename(path)
        recording.recorder.note(MISS)
        await recording.kept_all(MISS)
        await end(task)


async def test_no_more_wait_than_memory_is_to_hold(recording: Recording) -> None:
    for _ in range(MOST_WAITING + 2):
        recording.recorder.note(MISS)
    assert recording.lost("store") == 2


async def test_a_store_that_takes_its_time_does_not_keep_the_bot_from_stopping(
    recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.recording.SECONDS_TO_LEAVE", 0.01)

    async def slow(_: object) -> int:
        await asyncio.sleep(60)
        return 0

    monkeypatch.setattr(recording.store, "transact", slow)
    task = await run(recording)
    await asyncio.sleep(0.01)
    async with asyncio.timeout(2):
        await end(task)


async def test_a_reply_neither_waits_for_its_miss_nor_fails_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The database takes everything but misses."""

    def refuse(*_: object, **__: object) -> int:
        raise StoreUnavailable("gone")

    monkeypatch.setattr("bot.store.misses.add", refuse)
    async with at_work() as bot:
        olena = bot.telegram.person("Olena")
        olena.send("who is the chef")
        olena.send(ASKED)
        await bot.done()
        refused, answered = texts(olena)
    assert refused.startswith("I found no answer to that.")
    assert ANSWERED in answered
