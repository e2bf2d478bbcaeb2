"""Whom and what a question names, and which entries know of them."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.faq import Entry, Faq
from bot.names import Names, names, names_in
from bot.text import stem, words
from tests.entries import TALKS, entry
from tests.texts import ANY_TEXT

TRUCE = entry("truce", "Is there a truce in Ukraine with the Saudi side?")
GAZA = entry(
    "gaza",
    "Does it speak of Gaza or of Saudi Arabia, in Ukraine or UN days, or plan B then?",
    unknown=True,
)
ENTRIES = [TRUCE, GAZA]


def known(*entries: Entry, aliases: tuple[tuple[str, ...], ...] = (("Zelenskyy", "Зе"),)) -> Names:
    faq = Faq({"talks": TALKS}, {one.id: one for one in entries}, {}, aliases)
    return Names(faq, {one.id: [*map(words, one.phrasings)] for one in entries}, stem)


def test_the_names_in_questions_and_answers() -> None:
    asked = entry(
        "who",
        "Who is it that Rubio met?",
        "It says so. On 4 February, Russia’s envoy met Al Nahyan.",
    )
    faq = Faq({"talks": TALKS}, {"who": asked}, {}, (("Trump",),))
    assert names_in(faq) == {"rubio", "february", "russia", "al", "nahyan"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("when does zelenskyy come", {"zelenskyy"}, id="one of the aliases"),
        pytest.param("is there a truce in gaza", {"gaza"}, id="one that only an unknown has"),
        pytest.param("what is Gaza's part", {"gaza"}, id="in another form"),
        pytest.param("a truce in ukraine", set(), id="one that an answered entry has, too"),
        pytest.param("the arabia side", set(), id="one of two words"),
        pytest.param("does the un speak", {"un"}, id="an abbreviation; not the first word"),
        pytest.param("what is plan b", set(), id="an initial"),
        pytest.param("of days", set(), id="no name"),
    ],
)
def test_the_names_among_words(query: str, found: set[str]) -> None:
    assert known(*ENTRIES).of(words(query)) == found


def test_an_entry_may_answer_if_its_phrasings_hold_the_names() -> None:
    about = entry("who", "When does Zelenskyy come?")
    fitting = known(*ENTRIES, about).fitting
    asked = {
        "a truce in gaza": {"gaza"},
        "a truce": {"gaza", "truce", "who"},
        "zelenskyy there": {"who"},
        "does zelenskyy speak of gaza": set(),
    }
    for text, ids in asked.items():
        assert {id for id in ("gaza", "truce", "who") if fitting(words(text))(id)} == ids


def test_who_names_several_parties_asks_for_none_of_them() -> None:
    says = [entry("a", "What is said?", says="Russia"), entry("b", "And then?", says="Ukraine")]
    aliases = (("Russia", "РФ"), ("Ukraine", "UA"), ("Trump", "Donald"))
    names = known(*says, aliases=aliases)
    assert names.of(words("the russia ukraine talks of trump")) == {"trump"}
    assert names.of(words("the talks of russia and trump")) == {"russia", "trump"}


@pytest.mark.parametrize(
    ("query", "answered"),
    [
        pytest.param("and Russia?", False, id="a party"),
        pytest.param("is Ukraine there, and Russia?", False, id="two of them"),
        pytest.param("what does Russia want?", True, id="and what it is about"),
        pytest.param("who is there from Russia", True, id="a question of small words"),
        pytest.param("Trump?", True, id="a name that is no party"),
    ],
)
def test_who_names_a_party_and_nothing_else_is_not_answered(query: str, answered: bool) -> None:
    said = entry("a", "What does Russia want of Ukraine?", says="Russia")
    also = entry("b", "And then, Ukraine?", says="Ukraine")
    trump = entry("c", "Is Trump there?")
    aliases = (("Russia", "РФ"), ("Ukraine", "UA"), ("Trump", "Donald"))
    fitting = known(said, also, trump, aliases=aliases).fitting(words(query))
    assert any(map(fitting, "abc")) is answered


def test_an_alias_of_several_words_is_no_name() -> None:
    assert known(*ENTRIES, aliases=(("Abu Dhabi",),)).of(("abu", "dhabi")) == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("who is Rubio to Kushner", ["Rubio", "Kushner"], id="capitals"),
        pytest.param("Where is it?", [], id="the first word"),
        pytest.param("Who is Blinken?", ["Blinken"], id="most of a short question"),
        pytest.param("Where is it\nThanks", [], id="the first of a line"),
        pytest.param("where is it 👋 Thanks", [], id="the first behind an emoji"),
        pytest.param("I see. Where is it… And how? Ah: So", [], id="the first of a sentence"),
        pytest.param('what does "Putin" (Vladimir) say', ["Putin", "Vladimir"], id="in quotes"),
        pytest.param("about Russia's army, in Abu-Dhabi", ["Russia", "Abu"], id="up to a mark"),
        pytest.param("when am I there", [], id="one letter is no name"),
        pytest.param("WHO MEDIATES FOR ZANZIBAR", [], id="shouting"),
        pytest.param("Who Mediates for Zanzibar", [], id="a title"),
        pytest.param("де зустріч у Києві", ["Києві"], id="Cyrillic"),
        pytest.param("де зустріч у Києві та И\u0306орданіі\u0308", ["Києві", "Йорданії"], id="NFD"),
        pytest.param("что говорит Росси\u0301я", ["Россия"], id="a stressed vowel"),
        pytest.param("who is Ru\u00adbio", ["Rubio"], id="a soft hyphen"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names(query: str, found: list[str]) -> None:
    assert names(query) == tuple(found)


@given(ANY_TEXT)
def test_names_of_any_text_are_words_with_a_capital(text: str) -> None:
    assert all(name[0].isupper() and name.isalnum() for name in names(text))
