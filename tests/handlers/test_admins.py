"""What those in charge see in their private chats, and that it is theirs alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from functools import partial
from typing import NoReturn

import pytest

from bot.errors import Problem
from bot.faq import LANGUAGES
from bot.library import News, Refused
from bot.misses import Kind, Miss
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.store import StoreUnavailable, misses
from tests.bot_on_telegram import ASKED, DAY, AtWork, at_work, params_of, texts, until

UNKNOWN = "I do not know this command."
COMMANDS = ("/status", "/misses")


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def admin(telegram: Telegram) -> Person:
    return telegram.person("Editor")


async def bad_news() -> AsyncIterator[News]:
    yield Refused((Problem("faq.yaml", 7, 1, "is <wrong>"),))
    await asyncio.Event().wait()


@pytest.fixture
async def bot(telegram: Telegram, admin: Person) -> AsyncIterator[AtWork]:
    async with at_work(telegram, admins=[admin.id]) as working:
        yield working


async def keep(bot: AtWork, *missed: Miss) -> None:
    await bot.done()
    await bot.bot.store.transact(partial(misses.add, new=missed))


async def told(bot: AtWork, admin: Person, command: str) -> str:
    admin.send(command)
    await bot.done()
    return texts(admin)[-1]


async def test_misses_lists_the_most_frequent_ones_first(bot: AtWork, admin: Person) -> None:
    await keep(
        bot,
        Miss(DAY, Kind.NO_MATCH, "who is the <b>chef</b>", "where", 5.0),
        Miss(DAY, Kind.NO_MATCH, "parade", times=3),
        Miss(DAY, Kind.NOT_ASKED, "what city?", "where", times=2),
        Miss(DAY, Kind.NOT_ASKED, "", "hotel"),
        Miss(DAY, Kind.NO_MATCH, "long " * 60),
    )
    heading, *lines = (await told(bot, admin, "/misses")).splitlines()
    assert heading == "Misses of the last 30 days: 8"
    assert lines[0].startswith("3 × parade (")
    assert lines[1].startswith("2 × what city? (")
    assert lines[1].endswith("≠ where)")
    assert "1 × … (≠ hotel)" in lines
    assert any(line.startswith("1 × who is the <b>chef</b> (where") for line in lines)
    assert max(map(len, lines)) < 160


async def test_a_list_fits_a_message(bot: AtWork, admin: Person) -> None:
    long = [Miss(DAY, Kind.NO_MATCH, f"{chr(97 + n) * 9} " * 30) for n in range(26)]
    await keep(bot, *long)
    assert len((await told(bot, admin, "/misses")).splitlines()) == 16


async def test_with_nothing_missed_it_says_so(bot: AtWork, admin: Person) -> None:
    assert await told(bot, admin, "/misses") == "Misses of the last 30 days: 0"


async def test_status_tells_how_the_bot_is(bot: AtWork, admin: Person) -> None:
    olena = bot.telegram.person("Olena")
    for text in (ASKED, "Where and Russia", "who is the chef"):
        olena.send(text)
    await bot.missed(1)
    assert (await told(bot, admin, "/status")).splitlines() == [
        "Up since 2026-11-23 12:00; all times are UTC.",
        "Updates: 3 answered, 0 given up, 1 waiting or in work.",
        "Questions: 1 answered, 1 asked back, 1 without an answer.",
        "FAQ: 4 entries, version – (a hash of its files).",
        "Last reload: 2026-11-23 12:00",
        "Refused since then: –",
        "Last error: –",
        "",
        "Misses of the last 30 days: 1",
        "1 × who is the chef (where)",
    ]


async def test_status_counts_no_question_of_its_own(bot: AtWork, admin: Person) -> None:
    await keep(bot, Miss(DAY, Kind.NO_MATCH, "who is the chef"))
    assert "Questions: 0 answered, 0 asked back, 0 without" in await told(bot, admin, "/status")


async def test_status_tells_of_a_bad_file_and_of_the_last_error(
    telegram: Telegram, admin: Person
) -> None:
    async with at_work(telegram, admins=[admin.id], news=bad_news()) as bot:
        await until(lambda: admin.received)
        telegram.fail("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
        telegram.person("Olena").send(ASKED)
        await bot.done()
        status = await told(bot, admin, "/status")
    assert "Refused since then: 2026-11-23 12:00, The FAQ file has mistakes." in status
    assert "faq.yaml:7:1: is <wrong>" in status
    assert "Last error: 2026-11-23 12:00, BadRequest" in status
    assert "Updates: 0 answered, 1 given up, 1 waiting or in work." in status


@pytest.mark.parametrize("command", COMMANDS)
async def test_without_the_store_it_says_so(
    bot: AtWork, admin: Person, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.done()

    def away(*_: object, **__: object) -> NoReturn:
        raise StoreUnavailable("away")

    monkeypatch.setattr("bot.store.misses.since", away)
    assert await told(bot, admin, command) == (
        "The store cannot be read now. Please try again in a minute."
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
async def test_it_is_told_in_the_language_of_the_app(
    telegram: Telegram, code: str, command: str
) -> None:
    admin = telegram.person("Editor", language_code=code)
    async with at_work(telegram, admins=[admin.id]) as bot:
        await keep(bot, Miss(DAY, Kind.NO_MATCH, "who is the chef"))
        text = await told(bot, admin, command)
    assert text.splitlines()[-1] == "1 × who is the chef (where)"
    heading = {"en": "Misses", "uk": "Без відповіді за", "ru": "Без ответа за"}[code]
    assert heading in text


@pytest.mark.parametrize("command", COMMANDS)
class TestForNobodyElse:
    async def test_to_others_it_is_an_unknown_command(
        self, bot: AtWork, telegram: Telegram, admin: Person, command: str
    ) -> None:
        other = telegram.person("Editor")
        for text in (command, "/nonsense"):
            other.send(text)
        await bot.done()
        private, unknown = texts(other)
        assert private == unknown
        assert private.startswith(UNKNOWN)

    async def test_with_no_admins_it_is_nobodys(self, telegram: Telegram, command: str) -> None:
        async with at_work(telegram) as bot:
            assert (await told(bot, telegram.person("Editor"), command)).startswith(UNKNOWN)

    async def test_in_a_group_there_is_no_such_command(
        self, bot: AtWork, telegram: Telegram, admin: Person, command: str
    ) -> None:
        group = telegram.supergroup("Talks", admin)
        for text in (command, f"{command}@playground_bot"):
            admin.send(text, chat=group)
        await bot.done()
        assert (group.received, admin.received) == ([], [])

    async def test_what_is_no_command_of_the_admins_own_is_none(
        self, bot: AtWork, telegram: Telegram, admin: Person, command: str
    ) -> None:
        admin.send(f"{command}@other_bot")
        admin.send(f"a {command}")
        admin.send(command.replace("/", "／"))
        admin.send(command[:3] + "\u200b" + command[3:])
        admin.forward(telegram.person("Ivan").send(command))
        admin.send_other("photo", caption=command)
        edited = admin.send(ASKED)
        admin.edit(edited.id, command)
        await bot.done()
        assert not any("Misses of" in text for text in texts(admin))


async def test_each_use_is_logged(
    bot: AtWork, admin: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await told(bot, admin, "/misses")
    assert f"admin {admin.id}: /misses" in caplog.text


class TestTheMenu:
    async def menu(self, telegram: Telegram, person: Person, language: str = "") -> list[str]:
        scope = {"type": "chat", "chat_id": person.id}
        asked = {"scope": scope, "language_code": language}
        found = (await telegram.call("getMyCommands", asked)).result
        return [command["command"] for command in found]

    async def test_an_admin_is_shown_all_commands_in_each_language(
        self, bot: AtWork, telegram: Telegram, admin: Person
    ) -> None:
        await until(lambda: len(params_of(telegram, "setMyCommands")) == 9)
        for language in ("", "uk", "ru"):
            assert await self.menu(telegram, admin, language) == [
                "start", "help", "topics", "privacy", "status", "misses",
            ]  # fmt: skip
        assert await self.menu(telegram, telegram.person("Olena")) == []

    async def test_one_who_has_not_begun_a_chat_keeps_no_other_from_theirs(
        self, telegram: Telegram, admin: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        async with at_work(telegram, admins=[987_654_321, admin.id]) as bot:
            await until(lambda: len(params_of(telegram, "setMyCommands")) == 10)
            await bot.done()
        assert "status" in await self.menu(telegram, admin)
        assert "no menu for an admin" in caplog.text
