"""A changed FAQ file in the running bot: live at once, whole, and told of when it is bad."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.errors import Problem
from bot.library import Adopted, Edition, Held, News, Refused, edition
from bot.metrics import Metrics
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import ANSWERED, ASKED, DAY, AtWork, at_work, small_edition, texts, until
from tests.faq_files import changed, load_with_article

LATER = "On 4 February 2026 the talks began in Abu Dhabi. A little more is known."
PROBLEMS = tuple(Problem("faq.yaml", n, 1, f"is <wrong> {n}") for n in range(1, 8))


def other_edition() -> Edition:
    text = changed("Nothing else is known.", "A little more is known.")
    return edition(load_with_article(text), lambda: DAY, version="second")


class Desk:
    """What becomes of the file is what a test says."""

    def __init__(self) -> None:
        self.news: asyncio.Queue[News] = asyncio.Queue()

    async def __aiter__(self) -> AsyncIterator[News]:
        while True:
            yield await self.news.get()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def admin(telegram: Telegram) -> Person:
    return telegram.person("Editor")


@pytest.fixture
async def bot(
    telegram: Telegram, desk: Desk, metrics: Metrics, admin: Person
) -> AsyncIterator[AtWork]:
    async with at_work(telegram, news=aiter(desk), metrics=metrics, admins=[admin.id]) as bot:
        yield bot


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


async def test_a_new_edition_answers_from_then_on(
    bot: AtWork, desk: Desk, metrics: Metrics
) -> None:
    olena = bot.telegram.person("Olena")
    olena.send(ASKED)
    await bot.done()
    desk.news.put_nowait(Adopted(other_edition()))
    await until(lambda: value(metrics, "faq_version_info", version="second") == 1)
    olena.send(ASKED)
    await bot.done()
    first, second = texts(olena)
    assert ANSWERED in first
    assert LATER in second
    assert value(metrics, "faq_version_info", version="") is None
    assert value(metrics, "faq_reload_ok") == 1


async def test_no_answer_mixes_two_editions_whenever_they_change(
    bot: AtWork, desk: Desk, telegram: Telegram
) -> None:
    people = [telegram.person(f"Person {n}") for n in range(50)]
    editions = [other_edition(), small_edition()]

    def said() -> list[str]:
        return [text for person in people for text in texts(person)]

    def more_than(number: int) -> bool:
        return len(said()) > number

    for turn in range(20):
        for person in people:
            person.send(ASKED)
        await until(partial(more_than, turn * len(people)))
        desk.news.put_nowait(Adopted(editions[turn % 2]))
    await bot.done()
    assert len(said()) == 1000
    assert all((ANSWERED in text) != (LATER in text) for text in said())
    assert {ANSWERED in text for text in said()} == {True, False}


async def test_a_bad_file_is_told_to_those_in_charge_and_the_last_good_one_stays(
    bot: AtWork, desk: Desk, admin: Person, metrics: Metrics
) -> None:
    desk.news.put_nowait(Refused(PROBLEMS))
    await until(lambda: admin.received)
    (notice,) = texts(admin)
    assert notice.startswith("The FAQ file has mistakes. I go on with the last good one.\n\n")
    assert "faq.yaml:1:1: is <wrong> 1\n" in notice
    assert notice.endswith("faq.yaml:5:1: is <wrong> 5\n… +2")
    assert value(metrics, "faq_reload_ok") == 0
    admin.send(ASKED)
    await bot.done()
    assert ANSWERED in texts(admin)[1]


async def test_a_file_that_lost_most_of_its_entries_is_asked_about(
    bot: AtWork, desk: Desk, admin: Person
) -> None:
    desk.news.put_nowait(Held(lost=3, known=4))
    await until(lambda: admin.received)
    assert texts(admin) == [
        "The FAQ file has lost 3 of its 4 entries. I go on with the last good one for five "
        "minutes. If this is intended, save the file once more."
    ]


async def test_an_admin_who_cannot_be_told_harms_nobody(
    bot: AtWork, desk: Desk, admin: Person, caplog: pytest.LogCaptureFixture
) -> None:
    admin.block_bot()
    desk.news.put_nowait(Refused(PROBLEMS[:1]))
    await until(lambda: "an admin could not be told" in caplog.text)
    olena = bot.telegram.person("Olena")
    olena.send(ASKED)
    await bot.done()
    assert ANSWERED in texts(olena)[0]


async def test_a_watch_that_fails_ends_the_bot(telegram: Telegram) -> None:
    async def failing() -> AsyncIterator[News]:
        raise OSError("no such disk")
        yield

    async with at_work(telegram, news=failing()) as bot:
        await until(bot.task.done)
        assert isinstance(bot.task.exception(), OSError)
