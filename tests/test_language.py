"""The language of a text: told where a native could tell it, and left open where not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from bot import language as languages
from bot.faq import LANGUAGES
from bot.language import language_heard, language_of
from bot.text import words
from tests.texts import ANY_TEXT

QUALITY = Path(__file__).parent / "quality"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Who came?", "en", id="Latin letters"),
        pytest.param("Хто приїхав?", "uk", id="a letter that only Ukrainian has"),
        pytest.param("Кто приехал?", "ru", id="a word that only Russian has"),
        pytest.param("буде перемовин", "uk", id="Ukrainian without its letters"),
        pytest.param("мiсто", "uk", id="a Latin letter for a Cyrillic one"),
        pytest.param("Зеленского", "ru", id="a name as only Russian spells it"),
        pytest.param("перемовницький", "uk", id="a word of no list, by its letters"),
        pytest.param("переговорщицкий", "ru", id="the same in Russian"),
        pytest.param("что сказал Віткофф", "ru", id="a name of the other language"),
        pytest.param("шо там росіяни хотят", "uk", id="a mixture, mostly Ukrainian"),
        pytest.param("Трамп", None, id="a word of both"),
        pytest.param("Хто такий Witkoff у Києві", "uk", id="mostly Cyrillic"),
        pytest.param("Who is Віткофф, please", "en", id="mostly Latin"),
        pytest.param("да no", "en", id="as many of each"),
        pytest.param("2026?", None, id="no letters"),
        pytest.param("誰", None, id="another script"),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("коли переговори", "uk", id="Ukrainian"),
        pytest.param("кто участвует", "ru", id="Russian"),
        pytest.param("кто zelenskyy", "ru", id="what is not Cyrillic says nothing"),
        pytest.param("и пл цритисизе", None, id="no word that a list has"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_language_of_words_without_its_own_letters(text: str, language: str | None) -> None:
    assert language_heard(text.split()) == language


def right(file: str) -> float:
    """The share of a file's questions whose language is told as it is labelled."""
    lines = (QUALITY / file).read_text("utf-8").splitlines()
    told = [language_of(row["q"]) == row["lang"] for row in map(json.loads, lines)]
    return told.count(True) / len(told)


def test_the_language_of_questions_is_told() -> None:
    assert right("dev.jsonl") >= 0.99


def test_one_or_two_words_are_enough_to_tell() -> None:
    assert right("short-language-2026-11-24.jsonl") >= 0.95


@given(ANY_TEXT)
def test_any_string_has_one_of_our_languages_or_none(text: str) -> None:
    assert language_of(text) in (*LANGUAGES, None)
    assert language_heard(words(text)) in (*LANGUAGES, None)


def test_what_was_learned_ahead_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for contrast in (languages._as_written, languages._as_one_language):
        contrast.cache_clear()
    languages.learn()
    monkeypatch.delattr(languages, "words_by_rarity")
    assert language_of("Коли почалися переговори?") == "uk"
    assert language_heard(("когда", "начались")) == "ru"
