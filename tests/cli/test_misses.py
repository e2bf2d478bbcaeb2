"""`python -m bot misses`: from a question in a chat to lines, a table, and YAML for the file."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

from bot.answering import Answerer
from bot.misses import Kind, Miss
from bot.retention import KEPT_DAYS
from bot.store import Store, misses
from tests.bot_on_telegram import at_work
from tests.cli.command_line import bot
from tests.faq_files import GOOD, load_with_article

TODAY = datetime.now(UTC).date()
NO, NOT = Kind.NO_MATCH, Kind.NOT_ASKED
CHEF, COOKING = "Who is the chef?", "whos cooking the borscht"
VAGUE = "Where and Russia"


def score(text: str, id: str = "where") -> float:
    """Of an entry that comes near."""
    near = Answerer(load_with_article(GOOD)).candidates(text)
    return next(round(candidate.score, 1) for candidate in near if candidate.id == id)


def keep(*missed: Miss, database: str = "sqlite:///data/bot.db") -> None:
    async def kept() -> None:
        async with Store(database) as store:
            await store.transact(partial(misses.add, new=missed))

    asyncio.run(kept())


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


async def test_what_was_asked_in_vain_is_listed_while_the_bot_runs(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    async with at_work(database=database, day=TODAY) as working:
        olena = working.telegram.person("Olena")
        for text in ("who is the chef", "Who is the chef?", VAGUE):
            olena.send(text)
        await working.done()
        olena.tap(olena.received[-1].id, "None of these")
        await working.missed(3)
        listed = await asyncio.to_thread(bot, "misses")
        drafted = await asyncio.to_thread(bot, "misses", "--yaml")
    assert lines(listed) == [
        "    2 × Who is the chef?",
        f"        no match 2; nearest: where ({score(CHEF)}); last on {TODAY}",
        f"    1 × {VAGUE}",
        f"        none of these 1; nearest: ukraine-donbas ({score(VAGUE, 'ukraine-donbas')}),"
        f" not russia-donbas, not where; last on {TODAY}",
        f"3 misses of the last {KEPT_DAYS} days.",
    ]
    assert '"Who is the chef?"' in drafted.stdout
    assert f'question: "{VAGUE}"' in drafted.stdout


def test_pasted_into_the_file_phrasings_pass_check_and_are_missed_no_more(folder: Path) -> None:
    keep(Miss(TODAY, NO, "відбуваються дива", "where", 8.0))
    drafted = bot("misses", "--yaml").stdout
    assert yaml.safe_load(drafted) == {
        "entries": [{"id": "where", "uk": {"phrasings": ["відбуваються дива"]}}]
    }
    (phrasings,) = re.findall(r'(?m)^      phrasings:\n(?:        - ".+"\n)+', drafted)
    pasted = GOOD.replace("      answer: 4 лютого", f"{phrasings}      answer: 4 лютого")
    (folder / "faq.yaml").write_text(pasted, "utf-8")
    assert bot("check").exit_code == 0
    assert "Де відбуваються переговори?" in bot("ask", "відбуваються дива").stdout
    assert lines(bot("misses")) == ["0 misses of the last 30 days; 1 answered by now."]


def test_like_questions_stand_under_the_most_frequent_one() -> None:
    keep(
        Miss(TODAY, NO, "who cooks borscht"),
        Miss(TODAY, NO, "whos cooking the borscht", times=4),
        Miss(TODAY, NOT, "", "where"),
    )
    assert lines(bot("misses")) == [
        "    5 × whos cooking the borscht",
        "        who cooks borscht",
        f"        no match 5; nearest: where ({score(COOKING)}); last on {TODAY}",
        "    1 × (words not known)",
        f"        not what I asked 1; nearest: not where; last on {TODAY}",
        "6 misses of the last 30 days.",
    ]


def test_on_a_terminal_it_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    keep(Miss(TODAY, NO, "who [bold]cooks[/bold]: :borscht:", times=1234))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", bot("misses").stdout)
    assert re.search(r"│ 1234 +│ who \[bold\]cooks\[/bold\]: :borscht:", shown)
    assert shown.splitlines()[-1] == "1,234 misses of the last 30 days."
    assert "│" not in bot("misses", "--yaml").stdout


def test_a_long_question_stays_on_its_line() -> None:
    keep(Miss(TODAY, NO, "chef " * 59))
    assert f"    1 × {'chef ' * 59}" in bot("misses").stdout


def test_what_is_too_old_is_not_listed() -> None:
    keep(Miss(TODAY - timedelta(days=KEPT_DAYS), NO, "who is the chef"))
    assert lines(bot("misses")) == ["0 misses of the last 30 days."]


def test_another_file_can_be_asked_what_it_would_miss(folder: Path) -> None:
    keep(Miss(TODAY, NO, "who is the chef"))
    (folder / "other.yaml").write_text(GOOD.replace("what city?", "who is the chef"), "utf-8")
    answered = ["0 misses of the last 30 days; 1 answered by now."]
    assert lines(bot("misses", "--faq", "other.yaml")) == answered


def test_without_a_store_it_says_where_it_looked() -> None:
    result = bot("misses")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == ("DATABASE_URL: data/bot.db: there is no such file; the bot makes it\n")


def test_a_bad_file_is_told(folder: Path) -> None:
    keep()
    (folder / "faq.yaml").write_text("entries: 7", "utf-8")
    result = bot("misses")
    assert result.exit_code == 2
    assert "faq.yaml:1:" in result.stderr
