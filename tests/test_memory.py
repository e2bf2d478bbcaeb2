"""Memory that is given back, and how little the bot in service takes."""

from __future__ import annotations

import json
import weakref
from pathlib import Path

from bot.memory import give_back
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import until
from tests.chaos.process import ROOT, stage
from tests.chaos.runs import megabytes

MOST = 125
"""Megabytes. 119 to 120 were measured, 2026-11; the FAQ grows, and libraries change."""


class Circle:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_hangs_together_in_a_circle_is_freed() -> None:
    circle = weakref.ref(Circle())
    give_back()
    assert circle() is None


async def test_the_whole_bot_after_fifty_questions_about_its_own_faq(tmp_path: Path) -> None:
    telegram = Telegram()
    people = [telegram.person() for _ in range(10)]
    lines = (ROOT / "tests/quality/dev.jsonl").read_text("utf-8").splitlines()[:250:5]
    database, faq = f"sqlite:///{tmp_path}/bot.db", str(ROOT / "faq.yaml")
    async with stage(telegram, tmp_path, database, FAQ_PATH=faq) as on:
        process = await on.start()
        for number, line in enumerate(lines):
            people[number % 10].send(json.loads(line)["q"])
        await until(lambda: sum(len(person.received) for person in people) >= 50, patience=60)
        assert megabytes(process.pid) <= MOST
