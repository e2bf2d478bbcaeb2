"""How often people use words at large."""

from __future__ import annotations

import pytest

from bot.matching.background import RARE, common_forms, common_words, frequencies, is_common
from bot.text import words


def test_common_words_are_words_of_every_day_and_no_names() -> None:
    assert all(word in common_words() for word in ("yesterday", "is", "demanded", "dont"))
    assert "zelenskyy" not in common_words()


def test_common_words_are_written_as_words_are() -> None:
    for text in ("выдвинул", "п’ять", "ещё", "єдиний"):
        assert all(word in common_forms() for word in words(text))


@pytest.mark.parametrize(("word", "common"), [("home", True), ("дома", True), ("borscht", False)])
def test_a_word_is_common_in_any_language(word: str, common: bool) -> None:
    assert is_common(word) is common


def test_the_share_of_a_word_in_all_that_is_written() -> None:
    the, school, unheard = frequencies(["the", "school", "zelenskyy"])
    assert the == pytest.approx(0.05, rel=0.2)
    assert the > 50 * school
    assert unheard == pytest.approx(10 ** (-RARE / 100))


def test_a_word_of_one_of_two_languages_is_half_as_frequent_in_both() -> None:
    (share,) = frequencies(["школа"])
    assert share == pytest.approx(10 ** (-common_forms().get("школа", RARE) / 100) / 2, rel=0.01)
    assert share > 10 ** (-RARE / 100)
