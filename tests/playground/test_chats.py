from __future__ import annotations

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram


def row(*labels: str) -> Any:
    return {"inline_keyboard": [[{"text": label, "callback_data": "x"} for label in labels]]}


async def send(telegram: Telegram, **params: Any) -> Any:
    answer = await telegram.call("sendMessage", {"chat_id": 100, "text": "a", **params})
    return answer.result


@pytest.mark.usefixtures("olena")
class TestSending:
    async def test_the_answer_tells_the_message(self, telegram: Telegram) -> None:
        sent = await send(
            telegram,
            text='<a href="example.org">The UAE</a>',
            parse_mode="HTML",
            reply_markup=row("Sources"),
            link_preview_options={"is_disabled": True},
            protect_content=True,
        )
        assert sent == {
            "message_id": 1,
            "from": {
                "id": 1000,
                "is_bot": True,
                "first_name": "Playground",
                "username": "playground_bot",
            },
            "chat": {"id": 100, "first_name": "Olena", "type": "private"},
            "date": sent["date"],
            "text": "The UAE",
            "entities": [
                {"type": "text_link", "offset": 0, "length": 7, "url": "http://example.org/"}
            ],
            "link_preview_options": {"is_disabled": True},
            "has_protected_content": True,
            "reply_markup": row("Sources"),
        }

    @pytest.mark.parametrize("text", ["🏟" * 4096, " " + "я" * 4096 + "\n"])
    async def test_4096_characters_fit(self, telegram: Telegram, text: str) -> None:
        assert (await send(telegram, text=text))["text"] == text.strip()

    async def test_64_bytes_of_data_fit(self, telegram: Telegram) -> None:
        button = {"text": "a", "callback_data": "я" * 32}
        sent = await send(telegram, reply_markup={"inline_keyboard": [[button]]})
        assert sent["reply_markup"]["inline_keyboard"] == [[button]]

    async def test_100_buttons_fit_and_8_in_a_row(self, telegram: Telegram) -> None:
        rows = [row(*"abcdefgh")["inline_keyboard"][0]] * 12 + [row(*"abcd")["inline_keyboard"][0]]
        sent = await send(telegram, reply_markup={"inline_keyboard": rows})
        assert sent["reply_markup"]["inline_keyboard"] == rows

    @pytest.mark.parametrize("rows", [[], [[]], [[{"text": "", "callback_data": "a"}]]])
    async def test_a_keyboard_of_nothing_is_none(self, telegram: Telegram, rows: Any) -> None:
        assert "reply_markup" not in await send(telegram, reply_markup={"inline_keyboard": rows})

    async def test_entities_may_be_given_instead_of_markup(self, telegram: Telegram) -> None:
        given = [
            {"type": "bold", "offset": 0, "length": 3},
            {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5"},
            {"type": "text_link", "offset": 3, "length": 99, "url": "a.org"},
            {"type": "bot_command", "offset": 0, "length": 2},
            {"type": "italic", "offset": 7, "length": 1},
        ]
        assert (await send(telegram, text="🏟 talks", entities=given))["entities"] == [
            {"type": "bold", "offset": 0, "length": 3},
            {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5"},
            {"type": "text_link", "offset": 3, "length": 5, "url": "http://a.org/"},
            {"type": "italic", "offset": 7, "length": 1},
        ]

    async def test_an_optional_reply_goes_without_its_message(self, telegram: Telegram) -> None:
        reply = {"message_id": 99, "allow_sending_without_reply": True}
        assert "reply_to_message" not in await send(telegram, reply_parameters=reply)

    async def test_a_reply_may_name_its_own_chat(self, telegram: Telegram) -> None:
        await send(telegram, text="first")
        sent = await send(telegram, reply_parameters={"message_id": 1, "chat_id": 100})
        assert sent["reply_to_message"]["text"] == "first"

    @pytest.mark.parametrize("action", ["typing", "TYPING"])
    async def test_typing_is_taken(self, telegram: Telegram, action: str) -> None:
        told = {"chat_id": 100, "action": action}
        assert (await telegram.call("sendChatAction", told)).result is True


class TestEditing:
    async def test_what_people_see_changes_in_place(
        self, telegram: Telegram, olena: Person
    ) -> None:
        await send(telegram, reply_markup=row("More"))
        await send(telegram, text="b")
        edit = {"chat_id": 100, "message_id": 1, "text": "<i>c</i>", "parse_mode": "HTML"}
        edited = (await telegram.call("editMessageText", edit)).result
        assert (edited["message_id"], edited["text"]) == (1, "c")
        assert edited["edit_date"] >= edited["date"]
        assert [message.text for message in olena.messages] == ["c", "b"]
        assert olena.messages[0].buttons == ()

    async def test_buttons_change_alone(self, telegram: Telegram, olena: Person) -> None:
        await send(telegram, reply_markup=row("More"))
        for labels in (("Less",), ()):
            edit = {"chat_id": 100, "message_id": 1, "reply_markup": row(*labels)}
            assert (await telegram.call("editMessageReplyMarkup", edit)).ok
            (message,) = olena.messages
            assert [button.text for line in message.buttons for button in line] == list(labels)
            assert message.text == "a"

    async def test_the_same_words_may_get_other_formatting(
        self, telegram: Telegram, olena: Person
    ) -> None:
        await send(telegram)
        edit = {"chat_id": 100, "message_id": 1, "text": "<b>a</b>", "parse_mode": "HTML"}
        assert (await telegram.call("editMessageText", edit)).ok
        assert olena.messages[0].entities


class TestDeleting:
    async def test_it_is_gone_and_its_id_is_not_given_again(
        self, telegram: Telegram, olena: Person
    ) -> None:
        olena.send("hello")
        await send(telegram)
        for message_id in (1, 2):
            delete = {"chat_id": 100, "message_id": message_id}
            assert (await telegram.call("deleteMessage", delete)).result is True
        assert olena.messages == []
        assert (await send(telegram))["message_id"] == 3

    async def test_after_two_days_it_stays(self, telegram: Telegram, olena: Person) -> None:
        await send(telegram)
        telegram.clock.shift(48 * 3600 + 1)
        refused = await telegram.call("deleteMessage", {"chat_id": 100, "message_id": 1})
        assert refused.description == "Bad Request: message can't be deleted for everyone"
        assert len(olena.messages) == 1
