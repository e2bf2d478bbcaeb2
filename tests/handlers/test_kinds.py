"""Every kind of message: one line in private, nothing in a group, and never an error."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from telegram import Message, Update

from bot.playground.people import Person
from tests.bot_on_telegram import ASKED, AtWork, texts
from tests.kinds_of_messages import FACTS, SENT, SERVICE

EVERY = {**SENT, **SERVICE}
ONE_LINE = "I can only read text. Please write your question in words."


@pytest.fixture(autouse=True)
def nothing_failed(caplog: pytest.LogCaptureFixture) -> object:
    yield
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def message(chat: Any, kind: str, content: Any) -> Any:
    sender = {"id": 7, "is_bot": False, "first_name": "Ivan"}
    told = {kind: content, "caption": ASKED} if kind in SENT else {kind: content}
    return {"message_id": 77, "date": 1_770_000_000, "chat": chat, "from": sender, **told}


def test_the_tables_name_every_kind_that_there_is() -> None:
    assert not SENT.keys() & SERVICE.keys()
    assert SENT.keys() | SERVICE.keys() == set(Message.__slots__) - FACTS


@pytest.mark.parametrize("kind", sorted(EVERY))
def test_the_tables_tell_what_telegram_would(kind: str) -> None:
    content = EVERY[kind]
    chat = {"id": 7, "type": "private", "first_name": "Ivan"}
    update = {"update_id": 1, "message": message(chat, kind, content)}
    read = Update.de_json(update, None).message
    assert read is not None
    assert read.api_kwargs == {}
    assert getattr(read, kind)


@pytest.mark.parametrize("kind", sorted(SENT))
async def test_what_people_send_gets_one_line_in_private(
    bot: AtWork, olena: Person, kind: str
) -> None:
    bot.telegram.updates.add("message", message(olena.chat.as_json(), kind, SENT[kind]))
    await bot.done()
    assert texts(olena) == [ONE_LINE]


@pytest.mark.parametrize("kind", sorted(SERVICE.keys() - {"boost_added"}))
async def test_what_the_app_tells_gets_nothing_in_private(
    bot: AtWork, olena: Person, kind: str
) -> None:
    bot.telegram.updates.add("message", message(olena.chat.as_json(), kind, SERVICE[kind]))
    await bot.done()
    assert texts(olena) == []


@pytest.mark.parametrize("edited", [False, True], ids=["new", "edited"])
@pytest.mark.parametrize("kind", sorted(EVERY))
async def test_nothing_of_it_gets_anything_in_a_group(
    bot: AtWork, olena: Person, kind: str, edited: bool
) -> None:
    group = bot.telegram.supergroup("Talks", olena)
    told = message(group.chat.as_json(), kind, EVERY[kind])
    bot.telegram.updates.add("edited_message" if edited else "message", told)
    await bot.done()
    assert group.received == []


async def test_an_album_gets_one_line(bot: AtWork, olena: Person) -> None:
    for album in ("1", "2"):
        for _ in range(10):
            olena.send_other("photo", media_group_id=album, caption=ASKED)
    await bot.done()
    assert texts(olena) == [ONE_LINE] * 2


async def test_the_line_for_an_album_that_does_not_get_through_is_sent_again(
    bot: AtWork, olena: Person
) -> None:
    bot.telegram.fail("sendMessage", 502)
    for _ in range(3):
        olena.send_other("photo", media_group_id="1")
    await bot.done()
    assert texts(olena) == [ONE_LINE]
