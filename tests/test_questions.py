"""What the form of a question tells."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.questions import (
    KEYWORDS_UP_TO,
    PARTS,
    Asks,
    asks,
    is_about_the_bot,
    is_greeting,
    is_question,
    is_thanks,
    parts,
    telling,
    without_laughter,
)
from bot.text import words
from tests.texts import ANY_TEXT


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
        pytest.param("When did it start?", {Asks.DATE}, id="when"),
        pytest.param("on which day", {Asks.DATE}, id="which day"),
        pytest.param("ready when it comes to land", set(), id="when of no time"),
        pytest.param("Who leads them?", {Asks.PERSON}, id="who"),
        pytest.param("Names and dates, please", {Asks.NAME, Asks.DATE}, id="two things"),
        pytest.param("Why did it fail?", set(), id="why asks for none of these"),
        pytest.param("whenever somebody renames it", set(), id="whole words only"),
        pytest.param("", set(), id="nothing"),
        pytest.param("Скільки прийшло людей?", {Asks.COUNT}, id="how many in Ukrainian"),
        pytest.param("какой процент украинцев", {Asks.COUNT}, id="percentage in Russian"),
        pytest.param("як довго вони там", {Asks.DURATION}, id="how long in Ukrainian"),
        pytest.param("сколько дней идут", {Asks.DURATION, Asks.COUNT}, id="days in Russian"),
        pytest.param("ім’я посланця", {Asks.NAME}, id="name in Ukrainian"),
        pytest.param("как зовут посла", {Asks.NAME}, id="called in Russian"),
        pytest.param("чому не може дати зброї", set(), id="to give, in Ukrainian"),
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
    ("query", "empty", "greeting", "thanks"),
    [
        pytest.param("", True, False, False, id="nothing"),
        pytest.param("Hello there!", False, True, False, id="hello"),
        pytest.param("Доброго дня", False, True, False, id="hello in Ukrainian"),
        pytest.param("Здравствуйте", False, True, False, id="hello in Russian"),
        pytest.param("Слава Україні!", False, True, False, id="a salute"),
        pytest.param("слава России", False, True, False, id="the other side's"),
        pytest.param("ну?", True, False, False, id="well"),
        pytest.param("слава героїв України", False, False, False, id="no salute"),
        pytest.param("Дякую, дуже допомогли", False, False, True, id="thanks for help"),
        pytest.param("Thank you very much :)", False, False, True, id="thanks"),
        pytest.param("ok", False, False, True, id="ok"),
        pytest.param("hey, thanks all!", False, False, True, id="thanks with a greeting"),
        pytest.param("Thanks for the info", False, False, True, id="thanks for what it is for"),
        pytest.param("yes please, is it true?", True, False, False, id="courtesy"),
        pytest.param("good night", False, False, True, id="a farewell"),
        pytest.param("sorry not sorry", True, False, False, id="what keeps a talk going"),
        pytest.param("me neither", True, False, False, id="words of grammar"),
        pytest.param("дякую", False, False, True, id="thanks in Ukrainian"),
        pytest.param("Hello, who came?", False, False, False, id="a greeting and a question"),
        pytest.param("thanks, and who came?", False, False, False, id="thanks and a question"),
        pytest.param("the", True, False, False, id="an article"),
        pytest.param("x y 7", True, False, False, id="single letters"),
        pytest.param("no", True, False, False, id="no"),
        pytest.param("what is it?", True, False, False, id="a question about nothing"),
        pytest.param("US", False, False, False, id="a short name"),
        pytest.param("the war", False, False, False, id="one word that tells"),
        pytest.param("а це що", True, False, False, id="a Ukrainian question about nothing"),
        pytest.param("какие они", True, False, False, id="a Russian one"),
    ],
)
def test_words_that_ask_nothing(query: str, empty: bool, greeting: bool, thanks: bool) -> None:
    text = words(query)
    assert (not telling(text), is_greeting(text), is_thanks(text)) == (empty, greeting, thanks)


@pytest.mark.parametrize(
    ("query", "serious"),
    [
        pytest.param("ахахах ясно", "ясно", id="Russian"),
        pytest.param("Хіхі, хто це?", ", хто це?", id="Ukrainian"),
        pytest.param("AHAHAHA who came HEHE", "who came", id="English, shouted"),
        pytest.param("хах", "", id="short"),
        pytest.param("их хата", "их хата", id="words with one such letter"),
        pytest.param("hath he, half", "hath he, half", id="words with others"),
        pytest.param("h" * 4096, "", id="endless"),
    ],
)
def test_laughter_is_no_word(query: str, serious: str) -> None:
    assert without_laughter(query).strip() == serious


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("help", True),
        ("who are you?", True),
        ("Hi bot, what can you do?", True),
        ("can you help Ukraine", False),
        ("what do you know about Rubio", False),
        ("what is it", False),
        ("Hi there, how are you doing?", True),
        ("all topics", True),
        ("what can I ask", True),
        ("may I ask who mediates", False),
        ("хто ти?", True),
        ("Привет, что ты умеешь?", True),
        ("допоможи Україні", False),
    ],
)
def test_questions_about_the_bot(query: str, about: bool) -> None:
    assert is_about_the_bot(words(query)) is about


LONG_CLAUSE = "who is in charge there today"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("Who came?", [], id="one question"),
        pytest.param("Hi! Who came?", [], id="one word is no question"),
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
