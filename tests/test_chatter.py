"""A thousand lines as people chat, in English, Ukrainian, Russian and a mix, many about the war and
its people: nobody has asked the bot, so it says nothing; asked the same, it always says something.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.faq import Faq
from bot.playground.groups import Group
from bot.playground.people import Person
from tests.bot_on_telegram import AtWork, at_work

LINES = (Path(__file__).parent / "quality/chatter.txt").read_text("utf-8").splitlines()

ON_ONE_BOT = pytest.mark.asyncio(loop_scope="module")
"""Building it takes a second."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(faq: Faq) -> AsyncIterator[AtWork]:
    async with at_work(faq=faq) as working:
        yield working


def groups(bot: AtWork) -> list[tuple[Person, Group]]:
    """A person and a group a line, so that no limit on what one may ask can hide a reply. The bot
    is an admin of each and sees every line."""
    people = [bot.telegram.person("Olena") for _ in LINES]
    chats = [(person, bot.telegram.supergroup("Chatter", person)) for person in people]
    for person, group in chats:
        group.promote_bot(by=person)
    return chats


def test_there_are_a_thousand_different_lines() -> None:
    assert len(set(LINES)) == len(LINES) == 1000
    named = ("putin", "trump", "donbas", "путін", "путин", "трамп", "донбас")
    assert sum(any(name in line.lower() for name in named) for line in LINES) >= 60


@ON_ONE_BOT
async def test_chatter_gets_no_reply(bot: AtWork) -> None:
    for (person, group), line in zip(groups(bot), LINES, strict=True):
        person.send(line, chat=group)
    seen = sum("message" in update.as_json() for update in bot.telegram.updates.pending)
    await bot.done()
    assert seen == len(LINES)
    assert [call.params for call in bot.telegram.calls if call.method == "sendMessage"] == []


@ON_ONE_BOT
async def test_each_line_gets_one_reply_once_the_bot_is_asked(
    bot: AtWork, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    chats = groups(bot)
    for (person, group), line in zip(chats, LINES, strict=True):
        person.send(f"/ask@{bot.telegram.bot.username} {line}", chat=group)
    await bot.done()
    assert [len(group.received) for _, group in chats] == [1] * len(LINES)
    assert all(len(group.received[0].text) <= 350 for _, group in chats)
    assert caplog.records == []
