from __future__ import annotations

import pytest

from bot.playground.people import Person
from tests.bot_on_telegram import ANSWERED, AtWork, labels, texts


@pytest.mark.parametrize("text", ["/start", "/START", "/start@playground_bot", "/start please"])
async def test_start_tells_what_it_knows_and_offers_questions(
    bot: AtWork, olena: Person, text: str
) -> None:
    olena.send(text)
    await bot.done()
    (reply,) = texts(olena)
    assert "I know one article, of 4 February 2026" in reply
    assert len(reply) <= 500
    assert labels(olena) == [
        "Where are the talks held?",
        "What does Russia demand?",
        "What does Ukraine answer?",
        "All topics",
    ]


async def test_a_permalink_opens_its_answer(bot: AtWork, olena: Person) -> None:
    olena.send("/start q_where")
    await bot.done()
    assert ANSWERED in texts(olena)[0]
    assert labels(olena) == ["Not what I asked"]


@pytest.mark.parametrize("payload", ["q_gone", "q_", "q", "where", "Q_where", "q_where%20", "q_😀"])
async def test_a_permalink_to_nothing_is_a_start(bot: AtWork, olena: Person, payload: str) -> None:
    olena.send(f"/start {payload}")
    await bot.done()
    assert texts(olena)[0].startswith("I answer questions about")


async def test_a_permalink_opens_in_the_language_of_the_app(bot: AtWork) -> None:
    person = bot.telegram.person("Ivan", language_code="uk-UA")
    person.send("/start q_where")
    await bot.done()
    assert texts(person)[0].startswith("Де відбуваються переговори?")


async def test_help_tells_how_to_ask(bot: AtWork, olena: Person) -> None:
    olena.send("/help")
    await bot.done()
    assert "for example: Where are the talks held?" in texts(olena)[0]
    assert labels(olena) == ["All topics"]


async def test_topics_lists_the_topics(bot: AtWork, olena: Person) -> None:
    olena.send("/topics")
    await bot.done()
    assert labels(olena) == ["Where and when", "What each side wants"]


async def test_privacy_names_the_operator(bot: AtWork, olena: Person) -> None:
    olena.send("/privacy")
    await bot.done()
    assert texts(olena)[0].endswith("This bot is run by Olena (@olena_desk) & friends.")
    assert olena.received[0].buttons == ()
