"""The most frequent words: the library's own, read without it."""

from __future__ import annotations

import pytest
import wordfreq

from bot.frequent import frequent_words, words_by_rarity


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@pytest.mark.parametrize("number", [1, 20_000, 10_000_000], ids=["first", "many", "all"])
def test_they_are_those_that_the_library_gives(language: str, number: int) -> None:
    given = wordfreq.top_n_list(language, number, wordlist="small")
    assert frequent_words(language, number) == given


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_words_are_as_rare_as_the_library_has_them(language: str) -> None:
    assert words_by_rarity(language) == wordfreq.get_frequency_list(language, "small")
