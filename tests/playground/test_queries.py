"""Inline mode and guest mode, with python-telegram-bot as the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultsButton,
    Update,
)
from telegram import InlineQueryResultArticle as Article
from telegram import InputTextMessageContent as Text
from telegram.error import BadRequest

from bot.playground.groups import Group
from bot.playground.people import Person
from bot.playground.request import InProcessRequest
from bot.playground.results import Switch
from bot.playground.telegram import Telegram

BUTTON = InlineKeyboardMarkup.from_button(InlineKeyboardButton("More", callback_data="m"))


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    request = InProcessRequest(telegram)
    async with Bot(telegram.token, request=request, get_updates_request=request) as bot:
        yield bot


@pytest.fixture
def elsewhere(telegram: Telegram, olena: Person) -> Group:
    """A group that the bot is not in."""
    return telegram.supergroup("Elsewhere", olena, bot=False)


def article(result_id: str = "a", text: str = "<b>The UAE</b>", **more: Any) -> Article:
    return Article(result_id, "Who mediates?", Text(text, parse_mode="HTML"), **more)


async def updates(telegram: Telegram, bot: Bot) -> tuple[Update, ...]:
    telegram.clock.shift(5)
    return await bot.get_updates()


class TestInline:
    @pytest.fixture(autouse=True)
    def switched_on(self, telegram: Telegram) -> None:
        telegram.botfather.inline = True

    async def test_getme_tells_that_it_is_on(self, bot: Bot) -> None:
        assert bot.supports_inline_queries

    async def test_somebody_types_and_sees_results(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        query = olena.ask_inline("donbas", chat=elsewhere, offset="10")
        (update,) = await updates(telegram, bot)
        asked = update.inline_query
        assert asked is not None
        assert (asked.query, asked.offset, asked.chat_type) == ("donbas", "10", "supergroup")
        assert asked.from_user.id == olena.id
        assert query.results is None
        assert await asked.answer([article(description="The UAE")], next_offset="20")
        assert query.results is not None
        assert [(result.title, result.description) for result in query.results] == [
            ("Who mediates?", "The UAE")
        ]
        assert query.next_offset == "20"

    async def test_what_is_chosen_is_sent_by_the_person(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        query = olena.ask_inline("donbas")
        await bot.answer_inline_query(query.id, [article()])
        message = olena.choose(query, "a", chat=elsewhere)
        assert elsewhere.messages == [message]
        assert (message.sender, message.via_bot) == (olena.user, telegram.bot)
        assert (message.text, message.entities[0].type) == ("The UAE", "bold")
        assert len(await updates(telegram, bot)) == 1

    @pytest.mark.parametrize("in_group", [True, False])
    async def test_the_bot_sees_what_was_sent_through_it_where_it_is(
        self, telegram: Telegram, bot: Bot, olena: Person, in_group: bool
    ) -> None:
        group = telegram.supergroup("Talks", olena)
        query = olena.ask_inline("donbas")
        await bot.answer_inline_query(query.id, [article()])
        olena.choose(query, "a", chat=group if in_group else None)
        _, update = await updates(telegram, bot)
        assert update.message is not None
        assert update.message.via_bot == bot.bot

    @pytest.mark.parametrize("buttons", [BUTTON, None])
    async def test_the_choice_is_told_if_the_bots_owner_wants(
        self, telegram: Telegram, bot: Bot, olena: Person, buttons: InlineKeyboardMarkup | None
    ) -> None:
        telegram.botfather.inline_feedback = True
        query = olena.ask_inline("donbas")
        await bot.answer_inline_query(query.id, [article(reply_markup=buttons)])
        message = olena.choose(query, "a")
        chosen = (await updates(telegram, bot))[1].chosen_inline_result
        assert chosen is not None
        assert (chosen.result_id, chosen.query) == ("a", "donbas")
        assert (chosen.inline_message_id or "") == message.inline_id
        assert bool(message.inline_id) == bool(buttons)

    async def test_a_tap_below_it_leads_to_an_edit(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        query = olena.ask_inline("donbas")
        await bot.answer_inline_query(query.id, [article(reply_markup=BUTTON)])
        message = olena.choose(query, "a", chat=elsewhere)
        olena.tap(message.id, "More", chat=elsewhere)
        tapped = (await updates(telegram, bot))[1].callback_query
        assert tapped is not None
        assert (tapped.message, tapped.inline_message_id) == (None, message.inline_id)
        assert await tapped.edit_message_text("The UAE and the US", reply_markup=BUTTON) is True
        assert await tapped.edit_message_reply_markup() is True
        (edited,) = elsewhere.messages
        assert (edited.text, edited.buttons, edited.sender) == (
            "The UAE and the US",
            (),
            olena.user,
        )

    async def test_above_the_results_a_button_may_lead_to_the_private_chat(
        self, bot: Bot, olena: Person
    ) -> None:
        query = olena.ask_inline("donbas")
        button = InlineQueryResultsButton("All topics", start_parameter="topics")
        await bot.answer_inline_query(query.id, [], button=button)
        assert query.switch == Switch("All topics", "topics")

    async def test_only_what_is_offered_can_be_chosen(self, bot: Bot, olena: Person) -> None:
        query = olena.ask_inline("donbas")
        for _ in range(2):
            with pytest.raises(LookupError):
                olena.choose(query, "b")
            if query.results is None:
                await bot.answer_inline_query(query.id, [article()])

    async def test_it_is_answered_once_and_soon(
        self, telegram: Telegram, bot: Bot, olena: Person
    ) -> None:
        first, second = olena.ask_inline("donbas"), olena.ask_inline("crimea")
        await bot.answer_inline_query(first.id, [])
        assert first.results == ()
        telegram.clock.shift(31)
        for query in (first, second):
            with pytest.raises(BadRequest, match="Query is too old"):
                await bot.answer_inline_query(query.id, [])
        assert await updates(telegram, bot) == ()

    def test_a_bot_without_inline_mode_is_not_asked(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.botfather.inline = False
        with pytest.raises(LookupError):
            olena.ask_inline("donbas")


class TestGuest:
    @pytest.fixture(autouse=True)
    def switched_on(self, telegram: Telegram) -> None:
        telegram.botfather.guests = True

    async def test_getme_tells_that_it_is_on(self, bot: Bot) -> None:
        assert bot.bot.supports_guest_queries

    async def test_a_mention_where_the_bot_is_not_calls_it(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        asked = olena.send("@playground_bot who mediates?", chat=elsewhere)
        (update,) = await updates(telegram, bot)
        message = update.guest_message
        assert message is not None
        assert message.text == "@playground_bot who mediates?"
        assert message.chat.id == elsewhere.id
        sent = await message.answer_guest_query(article())
        (answer,) = elsewhere.received
        assert (answer.text, answer.sender, answer.reply_to) == ("The UAE", telegram.bot, asked)
        assert answer.content["guest_bot_caller_user"]["id"] == olena.id
        assert await bot.edit_message_text("No", inline_message_id=sent.inline_message_id)
        assert [message.text for message in elsewhere.received] == ["No"]

    async def test_who_hides_behind_the_group_is_told_as_the_group(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        olena.send("@playground_bot who?", chat=elsewhere, speaking_for=elsewhere)
        (update,) = await updates(telegram, bot)
        assert update.guest_message is not None
        await update.guest_message.answer_guest_query(article())
        assert elsewhere.received[0].content["guest_bot_caller_chat"]["id"] == elsewhere.id

    async def test_it_is_answered_once(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        olena.send("@playground_bot who?", chat=elsewhere)
        (update,) = await updates(telegram, bot)
        assert update.guest_message is not None
        await update.guest_message.answer_guest_query(article())
        with pytest.raises(BadRequest, match="Query is too old"):
            await update.guest_message.answer_guest_query(article())

    async def test_nothing_else_calls_it(
        self, telegram: Telegram, bot: Bot, olena: Person, elsewhere: Group
    ) -> None:
        olena.send("who mediates? @other_bot", chat=elsewhere)
        message = olena.send("hello", chat=elsewhere)
        olena.edit(message.id, "@playground_bot hello", chat=elsewhere)
        telegram.botfather.guests = False
        olena.send("@playground_bot who?", chat=elsewhere)
        assert await updates(telegram, bot) == ()

    async def test_where_it_is_a_member_a_mention_is_a_message(
        self, telegram: Telegram, bot: Bot, olena: Person
    ) -> None:
        olena.send("@playground_bot who?", chat=telegram.supergroup("Talks", olena))
        (update,) = await updates(telegram, bot)
        assert (update.guest_message, bool(update.message)) == (None, True)
