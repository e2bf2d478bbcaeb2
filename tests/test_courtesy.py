"""What is said to be polite, and a question without it."""

from __future__ import annotations

import pytest

from bot.courtesy import (
    is_about_the_bot,
    is_greeting,
    is_thanks,
    without_courtesy,
    without_laughter,
)
from bot.questions import telling
from bot.text import words


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


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        pytest.param("Hello. Who mediates?", "Who mediates?", id="a greeting"),
        pytest.param("hi there, who mediates", "who mediates", id="a longer one"),
        pytest.param("Привіт 👋 Хто посередник?", "Хто посередник?", id="with an emoji"),
        pytest.param("Здравствуйте! Добрый день, кто едет", "кто едет", id="two of them"),
        pytest.param("Кто едет? Заранее спасибо!", "Кто едет?", id="thanks in advance"),
        pytest.param("Хто їде\nДякую", "Хто їде", id="on a line of its own"),
        pytest.param("please, who mediates", "who mediates", id="please"),
        pytest.param("хто, будь ласка, їде", "хто, , їде", id="in the middle"),
        pytest.param("ahaha who mediates", "who mediates", id="laughter"),
        pytest.param("Hidden agenda?", "Hidden agenda?", id="a word that begins so"),
        pytest.param("who said thank you", "who said thank you", id="what is asked about"),
        pytest.param("Tell us who mediates", "Tell we who mediates", id="a request in capitals"),
        pytest.param("will they let us monitors in", "will they let us monitors in", id="no we"),
        pytest.param("the role of us in it", "the role of us in it", id="a country in between"),
        pytest.param("who says thanks to whom", "who says thanks to whom", id="thanks inside"),
        pytest.param("thank you", "", id="nothing else"),
        pytest.param("tell us who mediates", "tell we who mediates", id="whoever is at hand"),
        pytest.param("what do they want from us?", "what do they want from we?", id="at the end"),
        pytest.param("the demands from us officials", "the demands from us officials", id="theirs"),
        pytest.param("us delegation", "us delegation", id="a country"),
        pytest.param("Does it tell US", "Does it tell US", id="a country in capitals"),
    ],
)
def test_a_question_without_courtesy(query: str, asked: str) -> None:
    assert without_courtesy(query).strip(" ,\n") == asked
