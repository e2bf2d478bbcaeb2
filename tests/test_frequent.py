"""How rare words are: the library's own lists, read without it."""

from __future__ import annotations

import pytest
import wordfreq

from bot.frequent import UNLISTED, Rarities, Words, frequent_words, words_by_rarity


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@pytest.mark.parametrize("number", [1, 20_000, 10_000_000], ids=["first", "many", "all"])
def test_they_are_those_that_the_library_gives(language: str, number: int) -> None:
    given = wordfreq.top_n_list(language, number, wordlist="small")
    assert list(frequent_words(language, number)) == given


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_words_are_as_rare_as_the_library_has_them(language: str) -> None:
    assert list(words_by_rarity(language)) == wordfreq.get_frequency_list(language, "small")


def test_words_are_found_among_their_hashes_and_others_are_not() -> None:
    words, others = list(frequent_words("en", 2000))[::2], list(frequent_words("en", 2000))[1::2]
    kept = Words(words)
    assert all(word in kept for word in words)
    assert not any(word in kept for word in others)
    assert "any" not in Words([])


def test_rarities_are_found_one_by_one_and_together() -> None:
    kept = Rarities([["the", "of"], [], ["talks", "the"]])
    assert [kept.get(word) for word in ("the", "talks", "war")] == [0, 2, UNLISTED]
    assert kept.of(["talks", "war", "of"]).tolist() == [2, UNLISTED, 0]
    assert ["the" in kept, "war" in kept] == [True, False]
    assert Rarities([]).of(["the"]).tolist() == [UNLISTED]
