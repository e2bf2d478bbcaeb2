"""One question in many writings gets one answer, from the bot's own FAQ."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.answering import Answer, Answerer
from tests.texts import DISGUISES

QUESTIONS: Mapping[str, str] = {
    "who mediates the talks?": "talks-mediator",
    "what does Russia demand on territory?": "russia-territory",
    "who is Kushner?": "who-is-kushner",
    "where are the talks held?": "talks-place",
}

WRITINGS: Mapping[str, Callable[[str], str]] = {
    **DISGUISES,
    "emoji around": lambda text: f"🕊️ {text} 🙏🏽🇺🇦",
    "no question mark": lambda text: text.rstrip("?"),
    "many question marks": lambda text: text + "???!!",
    "politeness around": lambda text: f"Hi! {text} Thanks!",
}


def answered(answerer: Answerer, query: str) -> str | None:
    decision = answerer.answer(query)
    return decision.entry.id if isinstance(decision, Answer) else None


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_the_writing_of_a_question_changes_no_answer(
    write: Callable[[str], str], answerer: Answerer
) -> None:
    assert {query: answered(answerer, write(query)) for query in QUESTIONS} == QUESTIONS


@pytest.mark.parametrize(
    ("query", "id"),
    [
        pytest.param("whomediatesthetalks", "talks-mediator", id="no spaces"),
        pytest.param("who medaites teh talks between them", "talks-mediator", id="letters swapped"),
        pytest.param("wat does rusia demnd on teritory", "russia-territory", id="letters missing"),
        pytest.param("whhat does russsia demannd on territtory", "russia-territory", id="doubled"),
        pytest.param("whats russias demand on territory", "russia-territory", id="no apostrophes"),
        pytest.param("who is kushnner", "who-is-kushner", id="a name with a letter doubled"),
        pytest.param("who is kusner", "who-is-kushner", id="a name with a letter missing"),
        pytest.param("who is jared kushner", "who-is-kushner", id="a full name"),
        pytest.param("wher are the talks in abudabi", "talks-place", id="a name joined, mistyped"),
        pytest.param("WHO IS WITKOF", "who-is-witkoff", id="shouted, a letter missing"),
        pytest.param("what did zelensky rule out", "zelenskyy-red-line", id="a spelling: zelensky"),
        pytest.param(
            "what did zelenskiy rule out", "zelenskyy-red-line", id="a spelling: zelenskiy"
        ),
        pytest.param(
            "what did Zelenskyj rule out", "zelenskyy-red-line", id="a spelling: Zelenskyj"
        ),
        pytest.param("what did zelenskkyy rule out", "zelenskyy-red-line", id="a letter doubled"),
        pytest.param("what does Moskva demand on territory", "russia-territory", id="Moskva"),
    ],
)
def test_what_is_mistyped_or_spelt_another_way_is_understood(
    query: str, id: str, answerer: Answerer
) -> None:
    assert answered(answerer, query) == id
