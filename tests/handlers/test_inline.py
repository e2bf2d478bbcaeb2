"""`@bot ...` typed into any chat."""

from __future__ import annotations

import pytest

from bot.playground.people import Person
from bot.playground.queries import InlineQuery
from bot.playground.results import Switch
from tests.bot_on_telegram import ASKED, AtWork, params_of

BRIEF = "On 4 February 2026 the talks began in Abu Dhabi. Quote and source · 4 Feb 2026"


@pytest.fixture(autouse=True)
def switched_on(bot: AtWork) -> None:
    bot.telegram.botfather.inline = True


async def ask(bot: AtWork, person: Person, text: str) -> InlineQuery:
    query = person.ask_inline(text)
    await bot.done()
    return query


def ids(query: InlineQuery) -> list[str]:
    assert query.results is not None
    return [result.id for result in query.results]


async def test_a_word_lists_answers(bot: AtWork, olena: Person) -> None:
    query = await ask(bot, olena, "talks")
    assert query.results is not None
    first = query.results[0]
    assert (first.id, first.title, first.description) == (
        "where",
        "Where are the talks held?",
        "On 4 February 2026 the talks began in Abu Dhabi.",
    )
    assert query.switch is None


async def test_the_one_that_is_chosen_is_sent_with_its_source_and_day(
    bot: AtWork, olena: Person
) -> None:
    elsewhere = bot.telegram.supergroup("Elsewhere", olena, bot=False)
    query = await ask(bot, olena, ASKED)
    message = olena.choose(query, "where", chat=elsewhere)
    assert message.text == f"{ASKED}\n\n{BRIEF}"
    bold, link = message.entities
    assert (bold.type, link.url) == ("bold", "https://t.me/playground_bot?start=q_where")
    assert message.buttons == ()
    assert message.link_preview == {"is_disabled": True}


async def test_what_was_sent_through_the_bot_is_not_answered(bot: AtWork, olena: Person) -> None:
    group = bot.telegram.supergroup("Talks", olena)
    for chat in (group, None):
        olena.choose(await ask(bot, olena, ASKED), "where", chat=chat)
        await bot.done()
    assert group.received == []
    assert olena.received == []


async def test_what_was_sent_through_another_bot_in_private_is_answered(
    bot: AtWork, olena: Person
) -> None:
    other = bot.telegram.other_bot().user.as_json()
    said = olena.send(ASKED).as_json() | {"message_id": 77, "via_bot": other}
    bot.telegram.updates.add("message", said)
    await bot.done()
    assert len(olena.received) == 2


async def test_before_anything_is_typed_the_commonest_questions_are_listed(
    bot: AtWork, olena: Person
) -> None:
    for text in ("", "  "):
        assert ids(await ask(bot, olena, text)) == ["where", "russia-donbas", "ukraine-donbas"]


@pytest.mark.parametrize("text", ["banana", "hello", "?!", "x" * 256])
async def test_where_there_is_no_answer_a_button_leads_to_all_topics(
    bot: AtWork, olena: Person, text: str
) -> None:
    query = await ask(bot, olena, text)
    assert ids(query) == []
    assert query.switch == Switch("No answer to that. See all topics", "topics")
    olena.send(f"/start {query.switch.start}")
    await bot.done()
    assert olena.received[0].text == "What do you want to know about?"


@pytest.mark.parametrize(
    ("app", "text", "title"),
    [
        ("en", "Де відбуваються переговори?", "Де відбуваються переговори?"),
        ("uk", ASKED, ASKED),
        ("uk-UA", "", "Де відбуваються переговори?"),
        ("", "", ASKED),
    ],
)
async def test_it_is_in_the_language_of_the_text_else_of_the_app(
    bot: AtWork, app: str, text: str, title: str
) -> None:
    query = await ask(bot, bot.telegram.person("Ivan", language_code=app), text)
    assert query.results is not None
    assert query.results[0].title == title


async def test_only_a_list_in_the_language_of_the_app_is_kept_for_one_person(
    bot: AtWork, olena: Person
) -> None:
    for text in (ASKED, ""):
        await ask(bot, olena, text)
    typed, empty = params_of(bot.telegram, "answerInlineQuery")
    assert (typed.get("is_personal", False), empty["is_personal"]) == (False, True)
    assert typed["cache_time"] == 300


async def test_an_answer_that_comes_too_late_is_no_error(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot.telegram.fail(
        "answerInlineQuery",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    query = await ask(bot, olena, ASKED)
    assert query.results is None
    assert caplog.records == []


async def test_a_failure_is_told_to_nobody(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot.telegram.fail("answerInlineQuery", 400, "Bad Request: RESULT_ID_INVALID")
    await ask(bot, olena, ASKED)
    assert olena.received == []
    assert "failed" in caplog.text
