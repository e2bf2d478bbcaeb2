"""Faults, the log of calls, and python-telegram-bot's own Bot as the client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, BotCommand, BotCommandScopeChat, ReplyParameters
from telegram import InlineKeyboardButton as InlineButton
from telegram import InlineKeyboardMarkup as InlineMarkup
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.playground.answers import Ending
from bot.playground.people import Person
from bot.playground.request import InProcessRequest
from bot.playground.telegram import Telegram


def connect(telegram: Telegram, token: str) -> Bot:
    request = InProcessRequest(telegram)
    return Bot(token, request=request, get_updates_request=request)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with connect(telegram, telegram.token) as bot:
        yield bot


class TestBot:
    async def test_it_knows_itself(self, bot: Bot) -> None:
        assert (bot.username, bot.id, bot.supports_inline_queries) == (
            "playground_bot",
            1000,
            False,
        )

    async def test_a_dialogue(self, bot: Bot, telegram: Telegram, olena: Person) -> None:
        asked = olena.send("Who mediates?")
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.text == "Who mediates?"

        buttons = InlineMarkup([[InlineButton("Other side", callback_data="o:1")]])
        sent = await bot.send_message(
            olena.id,
            "<b>The UAE</b> &amp; others",
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            reply_parameters=ReplyParameters(asked.id, allow_sending_without_reply=True),
            disable_web_page_preview=True,
        )
        assert sent.text_html == "<b>The UAE</b> &amp; others"
        assert sent.reply_markup == buttons
        assert sent.reply_to_message is not None

        olena.tap(sent.message_id, "Other side")
        (tapped,) = await bot.get_updates(offset=update.update_id + 1)
        assert tapped.callback_query is not None
        await tapped.callback_query.answer("Here it is")
        await tapped.callback_query.edit_message_text("Ukraine's side")

        assert [message.text for message in olena.received] == ["Ukraine's side"]
        assert [toast.text for toast in olena.toasts] == ["Here it is"]
        assert await bot.get_updates(offset=tapped.update_id + 1) == ()

    async def test_the_rest_of_its_methods(self, bot: Bot, olena: Person) -> None:
        chat = BotCommandScopeChat(olena.id)
        menu = [BotCommand("help", "What I can answer")]
        assert await bot.set_my_commands(menu, scope=chat, language_code="uk")
        assert list(await bot.get_my_commands(chat, "uk")) == menu
        assert await bot.delete_my_commands(chat, "uk")
        assert await bot.send_chat_action(olena.id, ChatAction.TYPING)
        assert await bot.delete_webhook(drop_pending_updates=True)
        assert (await bot.get_webhook_info()).pending_update_count == 0
        sent = await bot.send_message(
            olena.id,
            "a",
            reply_markup=InlineMarkup.from_button(
                InlineButton("Article", url="https://example.org")
            ),
        )
        assert await bot.edit_message_reply_markup(olena.id, sent.id)
        assert await bot.delete_message(olena.id, sent.id)

    async def test_refusals_arrive_as_its_exceptions(self, bot: Bot, olena: Person) -> None:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(4711, "a")
        olena.block_bot()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(olena.id, "a")
        with pytest.raises(EndPointNotFound):
            await bot.do_api_request("sendMassage")

    @pytest.mark.parametrize("token", ["1:another-bot", "no-colon"])
    async def test_a_wrong_token_is_told(self, telegram: Telegram, token: str) -> None:
        with pytest.raises(InvalidToken):
            await connect(telegram, token).get_me()

    async def test_only_the_bot_apis_urls_are_known(self) -> None:
        with pytest.raises(NetworkError, match="not a URL of the Bot API's methods"):
            await InProcessRequest(Telegram()).retrieve("https://api.telegram.org/a.html")


class TestFaults:
    @pytest.mark.parametrize(
        ("status", "description", "parameters", "raised"),
        [
            (429, "Too Many Requests: retry after 7", {"retry_after": 7}, RetryAfter),
            (403, "Forbidden: user is deactivated", None, Forbidden),
            (502, "", None, NetworkError),
        ],
    )
    @pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
    async def test_a_scripted_refusal_comes_once(
        self,
        bot: Bot,
        telegram: Telegram,
        olena: Person,
        status: int,
        description: str,
        parameters: dict[str, int] | None,
        raised: type[TelegramError],
    ) -> None:
        telegram.fail("sendMessage", status, description, parameters=parameters)
        with pytest.raises(raised):
            await bot.send_message(olena.id, "a")
        assert olena.messages == []
        assert await bot.send_message(olena.id, "a")

    async def test_it_comes_as_often_as_scripted_to_that_method_only(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("SendMessage", 500, "Internal Server Error: restart", times=2)
        params = {"chat_id": olena.id, "text": "a"}
        assert (await telegram.call("getMe")).ok
        statuses = [(await telegram.call("sendMessage", params)).status for _ in range(3)]
        assert statuses == [500, 500, 200]

    async def test_a_proxy_may_answer_in_html(self, bot: Bot, telegram: Telegram) -> None:
        telegram.fail("getMe", 502, body=b"<html>Bad Gateway</html>")
        with pytest.raises(NetworkError, match="<html>Bad Gateway</html>"):
            await bot.get_me()

    async def test_a_slow_message_arrives_though_its_sender_gave_up(
        self, bot: Bot, telegram: Telegram, olena: Person
    ) -> None:
        telegram.slow("sendMessage")
        with pytest.raises(TimedOut):
            await bot.send_message(olena.id, "a")
        assert [message.text for message in olena.received] == ["a"]

    @pytest.mark.parametrize("ending", [Ending.CUT, Ending.NONE])
    async def test_a_message_arrives_though_its_answer_is_cut(
        self, bot: Bot, telegram: Telegram, olena: Person, ending: Ending
    ) -> None:
        telegram.cut("sendMessage", ending)
        with pytest.raises(NetworkError, match="the answer was cut"):
            await bot.send_message(olena.id, "a")
        assert [message.text for message in olena.received] == ["a"]


async def test_what_clients_said_before_bot_api_7_is_understood(
    telegram: Telegram, olena: Person
) -> None:
    asked = olena.send("Who mediates?")
    former = {"reply_to_message_id": str(asked.id), "disable_web_page_preview": "true"}
    await telegram.call("sendMessage", {"chat_id": olena.id, "text": "a"} | former)
    gone = {"reply_to_message_id": 99, "allow_sending_without_reply": True}
    await telegram.call("sendMessage", {"chat_id": olena.id, "text": "b"} | gone)
    first, second = olena.received
    assert (first.reply_to, first.link_preview) == (asked, {"is_disabled": True})
    assert (second.reply_to, second.link_preview) == (None, {})


async def test_calls_are_recorded_as_they_were_meant(
    bot: Bot, telegram: Telegram, olena: Person
) -> None:
    before = telegram.clock.now()
    buttons = InlineMarkup.from_button(InlineButton("More", callback_data="m"))
    await bot.send_message(olena.id, "12", disable_notification=True, reply_markup=buttons)
    await telegram.call("sendMessage", {"no": "such parameter"})
    get_me, sent, refused = telegram.calls
    assert get_me.method == "getMe"
    assert sent.params == {
        "chat_id": "100",
        "text": "12",
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]},
    }
    assert refused.params == {"no": "such parameter"}
    assert before <= sent.time <= telegram.clock.now()


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["text", "type", "offset"]), inner)
    ),
)
TRIED = ["sendMessage", "editMessageText", "answerCallbackQuery", "setMyCommands", "deleteMessage"]
NAMES = ["chat_id", "text", "entities", "reply_markup", "message_id", "commands", "scope"]


@settings(deadline=None)
@given(st.sampled_from(TRIED), st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_wrong_use_is_refused_and_never_ends_in_a_traceback(
    method: str, params: dict[str, Any]
) -> None:
    telegram = Telegram()
    telegram.person().send("hello")
    answer = asyncio.run(telegram.call(method, {"chat_id": 100, "text": "a"} | params))
    assert json.loads(answer.content)["ok"] is answer.ok
