"""How often people use a word at large, whatever the FAQ is about: by wordfreq's small lists."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.frequent import Rarities, words_by_rarity
from bot.text import as_one_language

ENGLISH, SLAVIC = "en", ("uk", "ru")

COMMON = {"en": 550, "uk": 540, "ru": 540}
"""Rarities, in centibels, below which words are common: some 15,000 English ones, and some 20,000
of each other language."""


@cache
def common_words(language: str) -> Rarities:
    """Those of the language with this code, as `bot.text.words` writes them."""
    return Rarities(
        as_one_language(" ".join(listed).replace("ё", "е").replace("'", "")).split()
        for listed in islice(words_by_rarity(language), COMMON[language])
    )


def is_common(word: str) -> bool:
    """Is a normalised word common in any of the three languages?"""
    return any(word in common_words(language) for language in (ENGLISH, *SLAVIC))


def frequencies(words: Collection[str]) -> NDArray[np.float64]:
    """The share of each normalised word in all that is written: in English; or in Ukrainian and
    Russian, as if there were as much of both."""
    english, *slavic = (
        10 ** (common_words(language).of(words) / -100) for language in (ENGLISH, *SLAVIC)
    )
    shares: NDArray[np.float64] = np.maximum(english, sum(slavic) / len(slavic))
    return shares
