"""How often people use words at large."""

from __future__ import annotations

import numpy as np
import pytest

from bot.frequent import UNLISTED
from bot.matching.background import common_words, frequencies, is_common
from bot.text import words


def test_common_words_are_words_of_every_day_and_no_names() -> None:
    english = common_words("en")
    assert all(word in english for word in ("yesterday", "is", "demanded", "dont"))
    assert "zelenskyy" not in english


@pytest.mark.parametrize(
    ("language", "text"), [("ru", "выдвинул ещё"), ("uk", "п’ять"), ("uk", "єдиний")]
)
def test_common_words_are_written_as_words_are(language: str, text: str) -> None:
    assert all(word in common_words(language) for word in words(text))


@pytest.mark.parametrize(("word", "common"), [("home", True), ("дома", True), ("borscht", False)])
def test_a_word_is_common_in_any_language(word: str, common: bool) -> None:
    assert is_common(word) is common


def test_the_share_of_a_word_in_all_that_is_written() -> None:
    the, school, unheard = frequencies(["the", "school", "zelenskyy"])
    assert the == pytest.approx(0.05, rel=0.2)
    assert the > 50 * school
    assert unheard == pytest.approx(10 ** (-UNLISTED / 100))


@pytest.mark.parametrize("word", ["школа", "вересен", "сентябр"])
def test_ukrainian_and_russian_are_half_each_of_what_both_write(word: str) -> None:
    rarities = np.array([common_words(language).get(word) for language in ("uk", "ru")])
    assert frequencies([word]) == pytest.approx([(10.0 ** (rarities / -100)).mean()])
