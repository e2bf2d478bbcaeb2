from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

from bot.playground.contents import CONTENTS
from bot.playground.keyboards import Button
from bot.playground.people import Person, Toast
from bot.playground.telegram import Telegram

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Other side", "callback_data": "o:1"}],
        [{"text": "Article", "url": "example.org/a"}],
    ]
}


async def updates(telegram: Telegram) -> Any:
    telegram.clock.shift(5)
    return (await telegram.call("getUpdates")).result


async def ask(telegram: Telegram, olena: Person, **params: Any) -> int:
    """The id of the bot's message with a keyboard."""
    told = {"chat_id": olena.id, "text": "A", "reply_markup": KEYBOARD, **params}
    return int((await telegram.call("sendMessage", told)).result["message_id"])


async def test_a_message_reaches_the_bot_as_telegram_tells_it(
    telegram: Telegram, olena: Person
) -> None:
    message = olena.send("/start talks ")
    (update,) = await updates(telegram)
    assert update == {
        "update_id": 1,
        "message": {
            "message_id": message.id,
            "from": {"id": 100, "is_bot": False, "first_name": "Olena", "language_code": "uk"},
            "chat": {"id": 100, "first_name": "Olena", "type": "private"},
            "date": message.date,
            "text": "/start talks",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        },
    }


async def test_an_edit_reaches_the_bot_too(telegram: Telegram, olena: Person) -> None:
    message = olena.send("Who?")
    olena.edit(message.id, "Who mediates?")
    edited = (await updates(telegram))[1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (message.id, "Who mediates?")
    assert edited["edit_date"] >= edited["date"]
    assert [message.text for message in olena.messages] == ["Who mediates?"]


async def test_a_reply_brings_what_it_answers(telegram: Telegram, olena: Person) -> None:
    first = olena.send("one")
    second = olena.send("two", reply_to=first.id)
    olena.send("three", reply_to=second.id)
    replied = (await updates(telegram))[2]["message"]["reply_to_message"]
    assert replied["text"] == "two"
    assert "reply_to_message" not in replied


@pytest.mark.parametrize("kind", CONTENTS)
async def test_python_telegram_bot_knows_every_other_kind(
    telegram: Telegram, olena: Person, kind: str
) -> None:
    olena.send_other(kind, caption="look")
    (update,) = await updates(telegram)
    message = Update.de_json(update, Bot(telegram.token)).effective_message
    assert message is not None
    assert message[kind]
    assert (message.text, message.caption) == (None, "look")
    assert message.api_kwargs == {}


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(
    telegram: Telegram, olena: Person
) -> None:
    message_id = await ask(telegram, olena)
    for name in ("Other side", "o:1"):
        olena.tap(message_id, name)
    first, second = (update["callback_query"] for update in await updates(telegram))
    assert (first["data"], second["data"]) == ("o:1", "o:1")
    assert (
        first["message"]["reply_markup"]["inline_keyboard"][1][0]["url"] == "http://example.org/a"
    )
    for query, alert in ((first, False), (second, True)):
        answer = {"callback_query_id": query["id"], "text": "Here", "show_alert": alert}
        assert (await telegram.call("answerCallbackQuery", answer)).result is True
    assert olena.toasts == [Toast("Here", alert=False), Toast("Here", alert=True)]


async def test_an_answer_without_text_shows_nothing(telegram: Telegram, olena: Person) -> None:
    query_id = olena.tap(await ask(telegram, olena), "Other side")
    assert (await telegram.call("answerCallbackQuery", {"callback_query_id": query_id})).ok
    assert olena.toasts == []


async def test_a_tap_is_answered_once(telegram: Telegram, olena: Person) -> None:
    answer = {"callback_query_id": olena.tap(await ask(telegram, olena), "Other side")}
    assert (await telegram.call("answerCallbackQuery", answer)).ok
    refused = await telegram.call("answerCallbackQuery", answer)
    assert refused.description.startswith("Bad Request: query is too old")


async def test_a_tap_is_too_old_after_150_seconds(telegram: Telegram, olena: Person) -> None:
    answer = {"callback_query_id": olena.tap(await ask(telegram, olena), "Other side")}
    telegram.clock.shift(151)
    assert not (await telegram.call("answerCallbackQuery", answer)).ok
    assert await updates(telegram) == []


@pytest.mark.parametrize("name", ["Article", "No such button"])
async def test_only_buttons_that_send_can_be_tapped(
    telegram: Telegram, olena: Person, name: str
) -> None:
    message_id = await ask(telegram, olena)
    with pytest.raises(LookupError):
        olena.tap(message_id, name)
    assert await updates(telegram) == []


async def test_a_forged_tap_sends_anything_from_anywhere(telegram: Telegram, olena: Person) -> None:
    olena.tap(4711, "drop tables", forged=True)
    query = (await updates(telegram))[0]["callback_query"]
    assert query["data"] == "drop tables"
    assert (query["message"]["message_id"], query["message"]["date"]) == (4711, 0)


async def test_people_read_what_the_bot_wrote(telegram: Telegram, olena: Person) -> None:
    asked = olena.send("Who?")
    await ask(
        telegram,
        olena,
        text="<b>The UAE</b>",
        parse_mode="html",
        reply_parameters={"message_id": asked.id},
        disable_notification=True,
        protect_content=True,
        link_preview_options={"is_disabled": True},
    )
    assert olena.messages == [asked, *olena.received]
    (answer,) = olena.received
    assert (answer.text, [entity.type for entity in answer.entities]) == ("The UAE", ["bold"])
    assert answer.buttons == (
        (Button("Other side", callback_data="o:1"),),
        (Button("Article", url="http://example.org/a"),),
    )
    assert answer.reply_to == asked
    assert (answer.silent, answer.protected) == (True, True)
    assert answer.link_preview == {"is_disabled": True}


async def test_nobody_reads_the_chats_of_others(telegram: Telegram, olena: Person) -> None:
    ivan = telegram.person("Ivan")
    await ask(telegram, olena)
    olena.send("hello")
    assert ivan.messages == []
    assert ivan.send("hello").id == 3


async def test_who_blocks_the_bot_is_not_written_to(telegram: Telegram, olena: Person) -> None:
    message_id = await ask(telegram, olena)
    olena.block_bot()
    for method, params in (
        ("sendMessage", {"text": "a"}),
        ("sendChatAction", {"action": "typing"}),
    ):
        refused = await telegram.call(method, {"chat_id": olena.id, **params})
        assert (refused.status, refused.description) == (
            403,
            "Forbidden: bot was blocked by the user",
        )
    assert [message.id for message in olena.messages] == [message_id]


async def test_who_never_wrote_to_the_bot_is_not_written_to(
    telegram: Telegram, olena: Person
) -> None:
    olena.stranger = True
    olena.send("/ask who", chat=telegram.supergroup("Talks", olena))
    hello = {"chat_id": olena.id, "text": "hello"}
    refused = await telegram.call("sendMessage", hello)
    assert (refused.status, refused.description) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    olena.send("/start")
    assert (await telegram.call("sendMessage", hello)).ok


async def test_blocking_is_told_and_writing_again_unblocks(
    telegram: Telegram, olena: Person
) -> None:
    olena.block_bot()
    olena.send("/start")
    told = [update.get("my_chat_member") for update in await updates(telegram)]
    assert [change and change["new_chat_member"]["status"] for change in told] == [
        "kicked",
        "member",
        None,
    ]
    assert (await telegram.call("sendMessage", {"chat_id": olena.id, "text": "a"})).ok


def test_the_app_sends_no_empty_message(olena: Person) -> None:
    with pytest.raises(ValueError, match="empty"):
        olena.send("  ")


def test_the_app_replies_only_to_what_is_there(olena: Person) -> None:
    with pytest.raises(LookupError):
        olena.send("a", reply_to=99)


async def test_the_app_edits_only_texts_of_its_own(telegram: Telegram, olena: Person) -> None:
    for message_id in (olena.send_other("sticker").id, await ask(telegram, olena)):
        with pytest.raises(LookupError):
            olena.edit(message_id, "a")
