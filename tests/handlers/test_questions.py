from __future__ import annotations

import pytest

from bot.playground.people import Person
from tests.bot_on_telegram import ANSWERED, ASKED, AtWork, labels, params_of, texts

UKRAINIAN = "Де відбуваються переговори?"
IN_UKRAINIAN = "4 лютого 2026 року переговори почалися в Абу-Дабі."


async def test_an_answer_shows_question_answer_quote_source_and_day(
    bot: AtWork, olena: Person
) -> None:
    olena.send("what city?")
    await bot.done()
    (message,) = olena.received
    assert message.text.split("\n") == [
        "Where are the talks held?",
        "",
        "On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.",
        "",
        "Talks began in Abu Dhabi",
        "Source: The talks",
        message.text.split("\n")[-1],
    ]
    assert message.text.split("\n")[-1].startswith("Reported 4 Feb 2026")
    assert [entity.type for entity in message.entities] == ["bold", "blockquote"]
    assert labels(olena) == ["Not what I asked"]


async def test_several_candidates_are_offered(bot: AtWork, olena: Person) -> None:
    olena.send("Where and Russia")
    await bot.done()
    assert texts(olena)[0].startswith("Did you mean one of these?")
    assert labels(olena) == [
        "What does Russia demand?",
        "Where are the talks held?",
        "None of these",
    ]


async def test_a_question_that_the_faq_does_not_answer_is_told_so(
    bot: AtWork, olena: Person
) -> None:
    olena.send("banana")
    await bot.done()
    assert texts(olena)[0].startswith("I found no answer to that.")
    assert labels(olena) == ["All topics"]


@pytest.mark.parametrize("app", ["en", "uk", "de", ""])
async def test_the_language_of_a_reply_is_that_of_the_question(bot: AtWork, app: str) -> None:
    person = bot.telegram.person("Ivan", language_code=app)
    for text in (UKRAINIAN, ASKED):
        person.send(text)
    await bot.done()
    in_ukrainian, in_english = texts(person)
    assert IN_UKRAINIAN in in_ukrainian
    assert ANSWERED in in_english


async def test_the_language_of_a_text_without_letters_is_that_of_the_app(bot: AtWork) -> None:
    person = bot.telegram.person("Ivan", language_code="uk-UA")
    person.send("?!")
    await bot.done()
    assert UKRAINIAN in texts(person)[0]


async def test_markup_in_a_question_harms_nothing(bot: AtWork, olena: Person) -> None:
    olena.send("<b>Where</b> are the talks &amp; held? </i> <script>")
    await bot.done()
    assert len(olena.received) == 1


@pytest.mark.parametrize("text", ["/nonsense", "/ask@other_bot x", "/start@other_bot", "/startle"])
async def test_an_unknown_command_gets_a_hint(bot: AtWork, olena: Person, text: str) -> None:
    olena.send(text)
    await bot.done()
    assert texts(olena) == [
        "I do not know this command. Please write a question, or choose from /topics."
    ]


async def test_the_words_under_a_photo_are_not_taken_for_a_question(
    bot: AtWork, olena: Person
) -> None:
    olena.send_other("photo", caption=ASKED)
    await bot.done()
    assert texts(olena) == ["I can only read text. Please write your question in words."]


async def test_a_reply_to_an_answer_is_a_new_question(bot: AtWork, olena: Person) -> None:
    olena.send("/help")
    await bot.done()
    olena.send(ASKED, reply_to=olena.received[0].id)
    await bot.done()
    assert ANSWERED in texts(olena)[1]
    assert params_of(bot.telegram, "editMessageText") == []


async def test_who_calls_it_by_name_in_private_is_answered_too(bot: AtWork, olena: Person) -> None:
    olena.send(f"@playground_bot {ASKED}")
    await bot.done()
    assert ANSWERED in texts(olena)[0]
