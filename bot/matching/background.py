"""How often people use a word at large, whatever the FAQ is about: by wordfreq's small lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.frequent import Rarities, words_by_rarity
from bot.text import as_one_language

COMMON_WORDS, COMMON_FORMS = 550, 540
"""Rarities, in centibels, up to which words are taken as meant: of English 15,000 words, which are
never repaired; of Ukrainian and Russian 20,000 each, which are repaired only to another form of
themselves, for the FAQ seldom knows them all."""

RARE = 500
"""Rarity from which on words count as equally rare: one in a hundred thousand. What is rarer still
stands in an FAQ by chance."""

HALF = 30
"""Centibels by which a word of one language is rarer in an equal mixture of two."""


@cache
def common_words() -> Rarities:
    return Rarities(_lists("en", COMMON_WORDS))


@cache
def common_forms() -> Rarities:
    """Those of Ukrainian and Russian."""
    both = zip(_lists("uk", COMMON_FORMS), _lists("ru", COMMON_FORMS), strict=True)
    return Rarities([*ukrainian, *russian] for ukrainian, russian in both)


def is_common(word: str) -> bool:
    """Is a normalised word one of the most frequent of any of the three languages?"""
    return word in common_words() or word in common_forms()


def frequencies(words: Collection[str]) -> NDArray[np.float64]:
    """The share of each normalised word in all that is written: in English, or in Ukrainian and
    Russian together."""
    english, slavic = common_words().of(words, RARE), common_forms().of(words, RARE)
    shares: NDArray[np.float64] = 10 ** (
        np.minimum(english, np.minimum(slavic + HALF, RARE)) / -100
    )
    return shares


def _lists(language: str, rarity: int) -> Iterator[list[str]]:
    """The words of a language up to that rarity, as `bot.text.words` writes them."""
    for listed in islice(words_by_rarity(language), rarity):
        yield as_one_language(" ".join(listed).replace("ё", "е").replace("'", "")).split()
