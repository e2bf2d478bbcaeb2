"""Guest mode: `@bot ...` in chats that the bot is not in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.playground.groups import Group
from bot.playground.markup import parse_html
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import ASKED, AtWork, at_work, params_of

BRIEF = "On 4 February 2026 the talks began in Abu Dhabi. Quote and source · 4 Feb 2026"
HINT = (
    "Ask like this: @playground_bot what does Russia demand? "
    "Or reply to a message with @playground_bot."
)


@pytest.fixture
async def bot() -> AsyncIterator[AtWork]:
    telegram = Telegram()
    telegram.botfather.guests = True
    async with at_work(telegram) as working:
        yield working


def answers(bot: AtWork) -> list[str]:
    """What the bot has tried to say as a guest, without its markup."""
    given = [params["result"] for params in params_of(bot.telegram, "answerGuestQuery")]
    return [parse_html(result["input_message_content"]["message_text"])[0] for result in given]


@pytest.fixture
def elsewhere(bot: AtWork, olena: Person) -> Group:
    return bot.telegram.supergroup("Elsewhere", olena, bot=False)


async def test_a_mention_is_answered_briefly_and_once(
    bot: AtWork, olena: Person, elsewhere: Group
) -> None:
    asked = olena.send(f"@playground_bot {ASKED}", chat=elsewhere)
    await bot.done()
    (message,) = elsewhere.received
    assert (message.text, message.reply_to, message.buttons) == (BRIEF, asked, ())
    (link,) = message.entities
    assert link.url == "https://t.me/playground_bot?start=q_where"
    assert message.link_preview == {"is_disabled": True}
    assert params_of(bot.telegram, "sendMessage") == []


@pytest.mark.parametrize("text", ["@playground_bot", "@playground_bot 🕊", "@playground_bot help"])
async def test_a_mention_without_a_question_gets_a_hint_that_works_there(
    bot: AtWork, olena: Person, elsewhere: Group, text: str
) -> None:
    olena.send(text, chat=elsewhere)
    await bot.done()
    assert [message.text for message in elsewhere.received] == [HINT]


async def test_a_mention_in_a_reply_is_about_that_message(
    bot: AtWork, olena: Person, elsewhere: Group
) -> None:
    said = olena.send(ASKED, chat=elsewhere)
    olena.send("@playground_bot", chat=elsewhere, reply_to=said.id)
    await bot.done()
    assert [message.text for message in elsewhere.received] == [BRIEF]


async def test_a_mention_under_a_photo_gets_a_hint(
    bot: AtWork, olena: Person, elsewhere: Group
) -> None:
    message = olena.send("@playground_bot", chat=elsewhere).as_json()
    await bot.done()
    caption = {"caption": f"@playground_bot {ASKED}", "guest_query_id": "photo", "message_id": 77}
    photo = {key: value for key, value in message.items() if key not in ("text", "entities")}
    bot.telegram.updates.add("guest_message", photo | caption)
    await bot.done()
    assert answers(bot) == [HINT, HINT]


async def test_between_two_others_it_is_no_private_chat_of_the_bots(
    bot: AtWork, olena: Person, elsewhere: Group, caplog: pytest.LogCaptureFixture
) -> None:
    """Their chat bears the number of one of them, and what fails there is told to neither."""
    message = olena.send(f"@playground_bot {ASKED}", chat=elsewhere).as_json()
    await bot.done()
    private = {"chat": olena.chat.as_json(), "guest_query_id": "gone", "message_id": 77}
    bare = {"text": "@playground_bot", "reply_to_message": message | {"text": ASKED}}
    bot.telegram.updates.add("guest_message", message | private | bare)
    await bot.done()
    assert answers(bot)[1:] == [BRIEF]
    assert "failed" in caplog.text
    assert olena.received == []


@pytest.mark.parametrize("first", ["guest_message", "message"])
async def test_what_comes_as_a_message_too_is_answered_once(
    bot: AtWork, olena: Person, elsewhere: Group, first: str
) -> None:
    """As it may where the bot joins the chat in the same moment."""
    message = olena.send(f"@playground_bot {ASKED}", chat=elsewhere).as_json()
    await bot.done()
    assert len(elsewhere.received) == 1
    elsewhere.add_bot(by=olena)
    kinds = ["message"] if first == "guest_message" else ["message", "guest_message"]
    if first == "message":
        message |= {"message_id": 77, "guest_query_id": "77"}
    for kind in kinds:
        bot.telegram.updates.add(kind, message)
    await bot.done()
    assert len(elsewhere.received) == (1 if first == "guest_message" else 2)
    assert len(params_of(bot.telegram, "answerGuestQuery")) == 1


async def test_a_guest_that_is_switched_off_says_nothing(olena: Person) -> None:
    telegram = Telegram()
    async with at_work(telegram) as bot:
        person = telegram.person()
        elsewhere = telegram.supergroup("Elsewhere", person, bot=False)
        message = person.send(f"@playground_bot {ASKED}", chat=elsewhere).as_json()
        telegram.updates.add("guest_message", message | {"guest_query_id": "1"})
        await bot.done()
    assert params_of(telegram, "answerGuestQuery") == []


async def test_other_bots_are_not_answered(bot: AtWork, elsewhere: Group) -> None:
    other = bot.telegram.other_bot()
    elsewhere.join(other)
    message = other.send(f"@playground_bot {ASKED}", chat=elsewhere).as_json()
    bot.telegram.updates.add("guest_message", message | {"guest_query_id": "1"})
    await bot.done()
    assert params_of(bot.telegram, "answerGuestQuery") == []


async def test_who_hides_behind_the_group_is_answered(
    bot: AtWork, olena: Person, elsewhere: Group
) -> None:
    olena.send(f"@playground_bot {ASKED}", chat=elsewhere, speaking_for=elsewhere)
    await bot.done()
    assert [message.text for message in elsewhere.received] == [BRIEF]
