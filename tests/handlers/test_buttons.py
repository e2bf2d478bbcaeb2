"""Taps. The double holds what a person sees after them: the message as edited, and the toast."""

from __future__ import annotations

import logging

import pytest

from bot.misses import Kind, Miss
from bot.playground.people import Person, Toast
from tests.bot_on_telegram import ANSWERED, DAY, AtWork, labels, params_of, texts, until

NOTED = Toast("Thank you. Please try other words.", alert=False)
OUT_OF_DATE = Toast("This button is out of date. Please ask again.", alert=False)


async def ask(bot: AtWork, person: Person, text: str) -> int:
    """The id of the bot's reply to `text`."""
    person.send(text)
    await bot.done()
    return person.received[-1].id


async def tap(bot: AtWork, person: Person, message: int, name: str, *, forged: bool = False) -> str:
    """What the message says after a tap."""
    person.tap(message, name, forged=forged)
    await bot.done()
    return next(shown.text for shown in person.messages if shown.id == message)


@pytest.fixture(autouse=True)
def nobody_saw_an_error(olena: Person, caplog: pytest.LogCaptureFixture) -> object:
    yield
    assert not any("Something went wrong" in text for text in texts(olena))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


class TestShowing:
    async def test_a_question_turns_the_message_into_its_answer(
        self, bot: AtWork, olena: Person
    ) -> None:
        start = await ask(bot, olena, "/start")
        assert ANSWERED in await tap(bot, olena, start, "Where are the talks held?")
        assert labels(olena) == ["Not what I asked"]
        assert len(olena.received) == 1
        assert olena.toasts == []

    async def test_the_other_side_is_one_tap_away_and_back(
        self, bot: AtWork, olena: Person
    ) -> None:
        message = await ask(bot, olena, "what does Russia demand")
        assert "rejected this" in await tap(bot, olena, message, "What does Ukraine say?")
        assert "insisted on" in await tap(bot, olena, message, "What does Russia say?")
        assert len(olena.received) == 1

    async def test_none_of_these_is_no_answer(self, bot: AtWork, olena: Person) -> None:
        message = await ask(bot, olena, "Where and Russia")
        shown = await tap(bot, olena, message, "None of these")
        assert shown.startswith("I found no answer to that.")
        assert labels(olena) == ["All topics"]

    async def test_topics_lead_to_questions_and_back(self, bot: AtWork, olena: Person) -> None:
        message = await ask(bot, olena, "/help")
        await tap(bot, olena, message, "All topics")
        assert labels(olena) == ["Where and when", "What each side wants"]
        assert "Where and when" in await tap(bot, olena, message, "Where and when")
        assert labels(olena) == ["Where are the talks held?", "In which hotel?", "Back"]
        await tap(bot, olena, message, "Back")
        assert labels(olena) == ["Where and when", "What each side wants"]
        assert len(olena.received) == 1

    async def test_it_is_shown_in_the_language_of_the_app(self, bot: AtWork) -> None:
        person = bot.telegram.person("Ivan", language_code="uk")
        message = await ask(bot, person, "/start")
        assert "в Абу-Дабі" in await tap(bot, person, message, "q:where")

    async def test_it_stays_in_the_language_of_its_message(self, bot: AtWork) -> None:
        person = bot.telegram.person("Ivan", language_code="en")
        message = await ask(bot, person, "Де відбуваються переговори?")
        assert "в Абу-Дабі" in await tap(bot, person, message, "q:where", forged=True)
        await tap(bot, person, message, "Я питаю про інше")
        assert person.toasts == [
            Toast("Дякую. Спробуйте, будь ласка, іншими словами.", alert=False)
        ]

    async def test_links_are_shown_without_a_preview(self, bot: AtWork, olena: Person) -> None:
        start = await ask(bot, olena, "/start")
        await tap(bot, olena, start, "Where are the talks held?")
        assert olena.received[0].link_preview == {"is_disabled": True}


async def test_not_what_i_asked_is_noted_and_changes_nothing(bot: AtWork, olena: Person) -> None:
    message = await ask(bot, olena, "/start q_where")
    before = olena.received
    await tap(bot, olena, message, "Not what I asked")
    assert olena.received == before
    assert olena.toasts == [NOTED]
    assert await bot.missed(1) == [Miss(DAY, Kind.NOT_ASKED, "", "where")]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("q:gone", id="an entry that is no more"),
        pytest.param("m:gone", id="not asked, of an entry that is no more"),
        pytest.param("t:gone:1", id="a topic that is no more"),
        pytest.param("t:place:2", id="a page that is no more"),
        pytest.param("t:place:0", id="page nought"),
        pytest.param("t:place:-1", id="a page below nought"),
        pytest.param("t:place:²", id="a number that is none"),
        pytest.param("t:place:" + "9" * 55, id="a page far away"),
        pytest.param("t:place", id="cut"),
        pytest.param("q:whe", id="cut in the id"),
        pytest.param("q", id="cut to its kind"),
        pytest.param("q:where:1", id="too long"),
        pytest.param("Q:where", id="other case"),
        pytest.param(":", id="a colon"),
        pytest.param("menu_main", id="of another bot"),
        pytest.param("q:" + "я" * 31, id="foreign letters"),
        pytest.param("q:<b>", id="markup"),
        pytest.param("' OR 1=1 --", id="an attack"),
    ],
)
async def test_a_stale_or_forged_button_is_told_to_be_out_of_date(
    bot: AtWork, olena: Person, data: str
) -> None:
    message = await ask(bot, olena, "/help")
    before = olena.received
    await tap(bot, olena, message, data, forged=True)
    assert olena.received == before
    assert olena.toasts == [OUT_OF_DATE]


async def test_a_button_under_a_message_too_old_to_be_edited_is_out_of_date(
    bot: AtWork, olena: Person
) -> None:
    olena.tap(999, "q:where", forged=True)
    await bot.done()
    assert olena.toasts == [OUT_OF_DATE]
    assert olena.received == []


@pytest.mark.parametrize("data", ["q:where", "t", "n", "q:gone", ""])
async def test_in_a_group_a_tap_changes_nothing_whoever_taps(
    bot: AtWork, olena: Person, data: str
) -> None:
    """Our messages have no buttons there: what comes is forged, or of another bot."""
    ivan = bot.telegram.person("Ivan")
    group = bot.telegram.supergroup("Talks", olena, ivan)
    olena.send("/ask Where are the talks held?", chat=group)
    await bot.done()
    before = group.received
    ivan.tap(before[0].id, data, chat=group, forged=True)
    await bot.done()
    assert group.received == before
    assert ivan.toasts == [OUT_OF_DATE]
    assert (olena.toasts, olena.received, ivan.received) == ([], [], [])


async def test_below_an_inline_message_a_tap_changes_nothing(bot: AtWork, olena: Person) -> None:
    bot.telegram.botfather.inline = True
    query = olena.ask_inline("Where are the talks held?")
    await bot.done()
    message = olena.choose(query, "where", chat=bot.telegram.supergroup("Talks", olena))
    tap = {"id": "7", "from": olena.user.as_json(), "chat_instance": "7", "data": "q:hotel"}
    bot.telegram.fail("answerCallbackQuery", 200, body=b'{"ok": true, "result": true}')
    bot.telegram.updates.add("callback_query", tap | {"inline_message_id": "inline-7"})
    await bot.done()
    (answered,) = params_of(bot.telegram, "answerCallbackQuery")
    assert answered["text"] == OUT_OF_DATE.text
    assert message.text.startswith("Where are the talks held?")
    assert params_of(bot.telegram, "editMessageText") == []


async def test_a_tap_forged_below_a_persons_own_message_is_no_error(
    bot: AtWork, olena: Person
) -> None:
    message = olena.send("/help")
    olena.tap(message.id, "q:where", forged=True)
    await bot.done()
    assert len(olena.received) == 1
    assert ANSWERED not in texts(olena)[0]


async def test_a_button_without_data_is_out_of_date(bot: AtWork, olena: Person) -> None:
    message = await ask(bot, olena, "/help")
    await tap(bot, olena, message, "", forged=True)
    assert olena.toasts == [OUT_OF_DATE]


@pytest.mark.parametrize("name", ["What does Ukraine say?", "Not what I asked"])
async def test_a_double_tap_is_no_error(bot: AtWork, olena: Person, name: str) -> None:
    message = await ask(bot, olena, "what does Russia demand")
    with bot.line.holding(olena):
        olena.tap(message, name)
        olena.tap(message, name)
    await bot.done()
    assert len(olena.received) == 1
    assert len(params_of(bot.telegram, "answerCallbackQuery")) == 2


async def test_a_message_deleted_before_the_tap_arrives_is_no_error(
    bot: AtWork, olena: Person
) -> None:
    message = await ask(bot, olena, "/start")
    with bot.line.holding(olena):
        olena.tap(message, "All topics")
        await bot.stuck_with(olena)
        await bot.telegram.call("deleteMessage", {"chat_id": olena.id, "message_id": message})
    await bot.done()
    assert olena.received == []


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        pytest.param("q:where", ANSWERED, id="which shows an answer"),
        pytest.param("m:where", "I answer questions", id="which notes a miss"),
        pytest.param("q:gone", "I answer questions", id="which is stale"),
    ],
)
async def test_a_tap_too_old_to_be_answered_is_carried_out_all_the_same(
    bot: AtWork, olena: Person, data: str, shown: str
) -> None:
    message = await ask(bot, olena, "/start")
    bot.telegram.fail(
        "answerCallbackQuery",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    assert shown in await tap(bot, olena, message, data, forged=True)
    assert olena.toasts == []


async def test_an_edit_that_does_not_get_through_is_made_again(bot: AtWork, olena: Person) -> None:
    message = await ask(bot, olena, "/start")
    bot.telegram.fail("editMessageText", 502, times=2)
    await tap(bot, olena, message, "Where are the talks held?")
    await until(lambda: ANSWERED in texts(olena)[0])
    assert len(params_of(bot.telegram, "editMessageText")) == 3
    assert len(olena.received) == 1


async def test_buttons_work_after_a_restart_and_in_any_message(bot: AtWork, olena: Person) -> None:
    first = await ask(bot, olena, "/topics")
    await ask(bot, olena, "banana")
    assert "Where and when" in await tap(bot, olena, first, "Where and when")
