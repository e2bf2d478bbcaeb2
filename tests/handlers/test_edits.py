"""Questions that people edit after they were answered."""

from __future__ import annotations

import pytest

from bot.playground.groups import Group
from bot.playground.people import Person
from tests.bot_on_telegram import ANSWERED, ASKED, AtWork, labels, params_of, texts

OTHER = "what does Russia demand?"
OTHERS_ANSWER = "As of 4 February 2026, Russia insisted on Donbas."


@pytest.fixture
def group(bot: AtWork, olena: Person) -> Group:
    return bot.telegram.supergroup("Talks", olena)


async def edit(
    bot: AtWork, person: Person, message_id: int, text: str, chat: Group | None = None
) -> None:
    person.edit(message_id, text, chat=chat)
    await bot.done()


def edits(bot: AtWork) -> int:
    return len(params_of(bot.telegram, "editMessageText"))


async def test_the_answer_becomes_that_of_the_new_question(bot: AtWork, olena: Person) -> None:
    asked = olena.send("banana")
    await edit(bot, olena, asked.id, OTHER)
    (message,) = olena.received
    assert OTHERS_ANSWER in message.text
    assert labels(olena) == ["What does Ukraine say?", "Not what I asked"]
    assert message.link_preview == {"is_disabled": True}
    await edit(bot, olena, asked.id, ASKED)
    assert ANSWERED in texts(olena)[0]
    assert len(olena.received) == 1


async def test_a_question_asked_by_command_may_be_edited_too(bot: AtWork, olena: Person) -> None:
    asked = olena.send("/ask banana")
    await edit(bot, olena, asked.id, f"/ask {ASKED}")
    assert ANSWERED in texts(olena)[0]


@pytest.mark.parametrize("text", [ASKED, ASKED.lower(), f"{ASKED} ", "Where are the  talks held?"])
async def test_an_edit_that_asks_the_same_changes_nothing(
    bot: AtWork, olena: Person, text: str
) -> None:
    """Telegram tells of an edit when a link got its preview, too."""
    asked = olena.send(ASKED)
    await bot.done()
    olena.tap(olena.received[0].id, "t", forged=True)
    await bot.done()
    before = texts(olena)
    await edit(bot, olena, asked.id, text)
    assert texts(olena) == before
    assert edits(bot) == 1


async def test_an_edit_that_leads_to_the_same_answer_is_no_error(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    asked = olena.send(ASKED)
    await edit(bot, olena, asked.id, "what city?")
    assert ANSWERED in texts(olena)[0]
    assert caplog.records == []


async def test_after_ten_minutes_the_answer_stays(bot: AtWork, olena: Person) -> None:
    asked = olena.send(ASKED)
    await bot.done()
    bot.telegram.clock.shift(601)
    await edit(bot, olena, asked.id, OTHER)
    assert ANSWERED in texts(olena)[0]
    assert edits(bot) == 0


async def test_a_restart_forgets_what_was_answered(bot: AtWork, olena: Person) -> None:
    never_seen = olena.send("/help")
    await edit(bot, olena, never_seen.id, OTHER)
    assert edits(bot) == 0
    assert len(olena.received) == 1


@pytest.mark.parametrize("text", ["/topics", "/start q_where", "/ask@other_bot who"])
async def test_a_question_edited_into_a_command_stays_answered(
    bot: AtWork, olena: Person, text: str
) -> None:
    asked = olena.send(ASKED)
    await edit(bot, olena, asked.id, text)
    assert ANSWERED in texts(olena)[0]
    assert edits(bot) == 0


async def test_an_answer_that_was_deleted_stays_deleted(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    asked = olena.send(ASKED)
    await bot.done()
    answer = {"chat_id": olena.id, "message_id": olena.received[0].id}
    await bot.telegram.call("deleteMessage", answer)
    await edit(bot, olena, asked.id, OTHER)
    assert olena.received == []
    assert caplog.records == []


async def test_an_edit_that_does_not_get_through_is_made_again(bot: AtWork, olena: Person) -> None:
    asked = olena.send(ASKED)
    await bot.done()
    bot.telegram.fail("editMessageText", 502)
    await edit(bot, olena, asked.id, OTHER)
    assert OTHERS_ANSWER in texts(olena)[0]


@pytest.mark.parametrize("called", ["/ask@playground_bot", "@playground_bot"])
async def test_in_a_group_the_brief_answer_is_edited(
    bot: AtWork, olena: Person, group: Group, called: str
) -> None:
    asked = olena.send(f"{called} banana", chat=group)
    await edit(bot, olena, asked.id, f"{called} {OTHER}", group)
    (message,) = group.received
    assert message.text == "Russia insisted on Donbas. Quote and source · 4 Feb 2026 · " + (
        "corrected 5 Feb 2026"
    )
    assert message.buttons == ()


async def test_in_a_group_chatter_edited_into_a_question_is_not_answered(
    bot: AtWork, olena: Person, group: Group
) -> None:
    group.promote_bot(by=olena)
    said = olena.send("chatter", chat=group)
    await edit(bot, olena, said.id, f"/ask {ASKED}", group)
    asked = olena.send(f"/ask {ASKED}", chat=group)
    await edit(bot, olena, asked.id, "never mind", group)
    assert [message.text[:16] for message in group.received] == ["On 4 February 20"]
    assert edits(bot) == 0


async def test_the_next_to_ask_is_pointed_to_what_the_answer_says_now(
    bot: AtWork, olena: Person, group: Group
) -> None:
    asked = olena.send(f"/ask {ASKED}", chat=group)
    await edit(bot, olena, asked.id, f"/ask {OTHER}", group)
    for text in (OTHER, ASKED):
        olena.send(f"/ask {text}", chat=group)
    await bot.done()
    edited, pointer, anew = group.received
    assert pointer.reply_to is not None
    assert pointer.reply_to.id == edited.id
    assert pointer.text.startswith("I answered this a few minutes ago")
    assert anew.text.startswith("On 4 February 2026 the talks began in Abu Dhabi.")


async def test_a_pointer_becomes_an_answer_when_its_question_is_edited(
    bot: AtWork, olena: Person, group: Group
) -> None:
    for _ in range(2):
        asked = olena.send(f"/ask {ASKED}", chat=group)
    await edit(bot, olena, asked.id, f"/ask {OTHER}", group)
    assert [message.text.partition(".")[0] for message in group.received] == [
        "On 4 February 2026 the talks began in Abu Dhabi",
        "Russia insisted on Donbas",
    ]
