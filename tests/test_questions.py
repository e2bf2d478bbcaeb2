"""What the form of a question tells."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.questions import (
    KEYWORDS_UP_TO,
    PARTS,
    Asks,
    asks,
    is_question,
    parts,
)
from bot.text import words
from tests.texts import ANY_TEXT

LONG_CLAUSE = "who is in charge there today"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("How many people came?", {Asks.COUNT}, id="how many"),
        pytest.param("what percentage of Ukrainians", {Asks.COUNT}, id="percentage"),
        pytest.param("which % is against", {Asks.COUNT}, id="percent sign"),
        pytest.param("40 per cent of whom", {Asks.COUNT, Asks.PERSON}, id="per cent"),
        pytest.param("the number of soldiers", {Asks.COUNT}, id="number of"),
        pytest.param("How long did it last?", {Asks.DURATION}, id="how long"),
        pytest.param("how many days", {Asks.DURATION, Asks.COUNT}, id="how many days"),
        pytest.param("What's the name of the envoy?", {Asks.NAME}, id="name"),
        pytest.param("what is it called", {Asks.NAME}, id="called"),
        pytest.param("why did they come", {Asks.REASON}, id="why"),
        pytest.param("нащо це їм", {Asks.REASON}, id="what for"),
        pytest.param("на чому вони стоять", set(), id="on what"),
        pytest.param("чим це пояснили", {Asks.REASON}, id="by what it was explained"),
        pytest.param("до нашої армії", set(), id="what only begins like why"),
        pytest.param("whats the first round", {Asks.EARLIER_ROUND}, id="the round before"),
        pytest.param("формат третього раунду", {Asks.LATER_ROUND}, id="the round after"),
        pytest.param("the second round", set(), id="the round"),
        pytest.param("When did it start?", {Asks.DATE}, id="when"),
        pytest.param("on which day", {Asks.DATE}, id="which day"),
        pytest.param("ready when it comes to land", set(), id="when of no time"),
        pytest.param("Who leads them?", {Asks.PERSON}, id="who"),
        pytest.param("Names and dates, please", {Asks.NAME, Asks.DATE}, id="two things"),
        pytest.param("Has it failed?", set(), id="none of these"),
        pytest.param("whenever somebody renames it", set(), id="whole words only"),
        pytest.param("", set(), id="nothing"),
        pytest.param("Скільки прийшло людей?", {Asks.COUNT}, id="how many in Ukrainian"),
        pytest.param("какой процент украинцев", {Asks.COUNT}, id="percentage in Russian"),
        pytest.param("як довго вони там", {Asks.DURATION}, id="how long in Ukrainian"),
        pytest.param("сколько дней идут", {Asks.DURATION, Asks.COUNT}, id="days in Russian"),
        pytest.param("ім’я посланця", {Asks.NAME}, id="name in Ukrainian"),
        pytest.param("как зовут посла", {Asks.NAME}, id="called in Russian"),
        pytest.param("хіба не може дати зброї", set(), id="to give, in Ukrainian"),
        pytest.param("кому потрібні гарантії", {Asks.PERSON}, id="to whom, in Ukrainian"),
        pytest.param("якого числа почалося", {Asks.DATE}, id="which day in Ukrainian"),
        pytest.param("когда начало", {Asks.DATE}, id="when in Russian"),
    ],
)
def test_asks(query: str, wanted: set[Asks]) -> None:
    assert asks(words(query)) == wanted


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("It was in Abu Dhabi then?", id="a question mark"),
        pytest.param("position on the Donbas", id="few words are keywords"),
        pytest.param("is Russia ready to stop", id="it opens like a question"),
        pytest.param("so the talks have failed again", id="it opens as if in doubt"),
        pytest.param("the talks began on what day", id="a question word anywhere"),
        pytest.param("please tell me about the talks", id="a request"),
        pytest.param("my mother and I were wondering about the talks", id="a wish to know"),
        pytest.param("the talks go on, I am wondering", id="the same as the last word"),
        pytest.param("хто буде там за столом", id="a Ukrainian question word"),
        pytest.param("готовы ли они уступить землю", id="a Russian one inside"),
        pytest.param("що буде з Донбасом потім", id="a word that opens a Ukrainian question"),
        pytest.param("на каких условиях они встретятся", id="the same after a preposition"),
        pytest.param("is he there, my wife says no or not", id="or not"),
        pytest.param("білий дім вірить в успіх переговорів чи ні", id="the same in Ukrainian"),
        pytest.param("белый дом верит в успех переговоров или нет", id="the same in Russian"),
        pytest.param("обещали не бомбить город из-за чего", id="because of what"),
        pytest.param("ребята подскажите про все эти переговоры", id="a Russian request"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_question(query: str) -> None:
    assert is_question(query, words(query))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("the talks have failed again", id="a statement"),
        pytest.param("I told them that the war goes on", id="a word of a request is no request"),
        pytest.param("Kyiv will never give up the Donbas", id="an opener inside"),
        pytest.param("trust me", id="keywords name their subject"),
        pytest.param("Stop the war!", id="an exclamation"),
        pytest.param("Путин сказал, что никуда не поедет", id="a Russian that"),
        pytest.param("знову світла нема, ну як завжди", id="a Ukrainian as"),
    ],
)
def test_no_question(query: str) -> None:
    assert not is_question(query, words(query))


def test_keywords_end_where_the_constant_says() -> None:
    keywords = ["donbas"] * KEYWORDS_UP_TO
    assert is_question("", keywords)
    assert not is_question("", [*keywords, "donbas"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("Who came?", [], id="one question"),
        pytest.param("Iran? Who came?", [], id="one word that tells of something"),
        pytest.param("Really? Who came?", ["Who came"], id="one word is no question"),
        pytest.param("Who came? Who mediates?", ["Who came", "Who mediates"], id="two sentences"),
        pytest.param("who came\nwho mediates", ["who came", "who mediates"], id="two lines"),
        pytest.param("who came and who mediates", ["who came", "who mediates"], id="and who"),
        pytest.param("Who came, BUT IS IT over", ["Who came", "IS IT over"], id="but is"),
        pytest.param("Хто там і коли це", ["Хто там", "коли це"], id="a Ukrainian and"),
        pytest.param("Кто там, а что там", ["Кто там", "что там"], id="a Russian but"),
        pytest.param("Russia and Ukraine talk", [], id="and between names"),
        pytest.param("land and whoever wants it", [], id="no question word, only like one"),
        pytest.param("Who came? Who came?", ["Who came"], id="the same twice"),
        pytest.param("who came: the list please", [], id="a short message has no clauses"),
        pytest.param(
            f"My neighbour, a good man, asked me {LONG_CLAUSE} (nobody knows)",
            [
                f"My neighbour, a good man, asked me {LONG_CLAUSE} (nobody knows)",
                f"asked me {LONG_CLAUSE}",
            ],
            id="a long message has clauses, of which short ones do not count",
        ),
        pytest.param(
            f"It is very cold in Lviv 🙂 {LONG_CLAUSE}",
            [f"It is very cold in Lviv 🙂 {LONG_CLAUSE}", "It is very cold in Lviv", LONG_CLAUSE],
            id="an emoji ends a clause",
        ),
    ],
)
def test_parts(query: str, found: list[str]) -> None:
    assert parts(query) == found


def test_only_so_many_parts_are_looked_at() -> None:
    numbered = [f"is it {n}" for n in range(PARTS + 3)]
    assert parts("? ".join(numbered)) == numbered[:PARTS]


@given(ANY_TEXT)
def test_the_parts_of_any_text_stand_in_it_once_each_and_are_few(text: str) -> None:
    found = parts(text)
    assert len(found) == len(set(found)) <= PARTS
    assert all(part in text and len(words(part)) > 1 for part in found)
