"""What is measured beside the work."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import pytest

from bot.faq import Faq
from bot.metrics import Metrics
from bot.store import StoreUnavailable
from bot.store.inbox import Waiting
from bot.watching import MeasuredAnswerer, Watching
from tests.bot_on_telegram import small_faq, until


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def value(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0


async def test_what_waits_is_told(metrics: Metrics) -> None:
    waiting: list[Waiting] = [Waiting(3, 1.5, 0)]

    async def look() -> Waiting:
        if not waiting:
            raise StoreUnavailable("down")
        return waiting.pop()

    watching = Watching(metrics, look, lambda: 4096, {})
    await watching.refresh()
    assert value(metrics, "inbox_open") == 3
    assert value(metrics, "inbox_oldest_seconds") == 1.5
    assert value(metrics, "wal_bytes") == 4096
    await watching.refresh()
    assert value(metrics, "inbox_open") == 3


async def nothing() -> Waiting:
    return Waiting(0, 0.0, 0)


async def test_results_are_counted_once(metrics: Metrics) -> None:
    results = Counter({"answered": 3, "repeated": 2, "poison": 1})
    watching = Watching(metrics, nothing, lambda: 0, results)
    await watching.refresh()
    results["repeated"] += 4
    await watching.refresh()
    await watching.refresh()
    assert value(metrics, "duplicates_total") == 6
    assert value(metrics, "quarantined_total") == 1


def test_an_update_is_counted_with_its_kind_and_its_age_at_its_end(metrics: Metrics) -> None:
    metrics.count_update("message", "postponed", 1.0)
    metrics.count_update("message", "answered", 3.0)
    for result in ("postponed", "answered"):
        assert value(metrics, "updates_total", kind="message", result=result) == 1
    assert value(metrics, "update_age_seconds_sum") == 3


async def test_a_stall_is_felt(metrics: Metrics) -> None:
    task = asyncio.create_task(Watching(metrics, nothing, lambda: 0, {}).feel_the_pulse())
    await asyncio.sleep(0)
    time.sleep(0.3)
    await until(lambda: value(metrics, "loop_stall_seconds") > 0.2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_decisions_are_counted_and_the_same(metrics: Metrics) -> None:
    book: Faq = small_faq()
    answerer = MeasuredAnswerer(book, metrics)
    assert type(answerer.answer("Where are the talks held?")).__name__ == "Answer"
    assert type(answerer.answer("banana", "uk")).__name__ == "Abstain"
    assert value(metrics, "answers_total", outcome="answer") == 1
    assert value(metrics, "answers_total", outcome="abstain") == 1
    assert value(metrics, "match_seconds_count") == 2
