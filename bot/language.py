"""What language a text is written in, of those that the bot speaks.

The script tells English from the others. Ukrainian and Russian are told apart word by word: a word
counts by how much more frequent it is in one of them than in the other, as wordfreq's lists have
it, and a word of neither list by its pairs of letters. The sum is the evidence: naive Bayes, in
centibels (a hundred of them for a ratio of ten), the unit that wordfreq's lists are kept in.

lingua 2.1 restricted to the three languages was tried beside it: not as often right on questions of
one or two words, for 136 MB and four seconds at the start (its small models: 12 MB, and less often
right still).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from bot.frequent import UNLISTED, Rarities, words_by_rarity
from bot.text import as_one_language, is_cyrillic, normalise, scripts, written

COMMONEST = 5_000
"""Words of each list that teach pairs of letters."""

IN_BOTH = 75
"""By how much a word counts less that both lists have: how often it is used there has to do with
what is written about in each language, too ("Трамп")."""

BY_LETTERS = 100
"""The most that a word of neither list can tell: mostly it is a name, spelt by a foreign sound."""

CLEAR = 25
"""Evidence from which a language is told. Below it are names and loan-words that both languages
have: better leave those to the settings of the person's app."""

_SYLLABLE = re.compile(r"\w[аеиоуюя]|[аеиоуюя]\w")
"""What a word has that can tell the language of a transliterated text."""


def learn() -> None:
    """Reads the lists that languages are told by, for which else the first question waits."""
    _as_written()
    _as_one_language()


def language_of(text: str) -> str | None:
    """The language that `text` is written in: `en`, `uk` or `ru`; None where it does not tell."""
    latin, cyrillic = scripts(normalise(text))
    if latin >= cyrillic:
        return "en" if latin else None
    evidence = _as_written().of(written(text))
    return _likelier(evidence) if abs(evidence) >= CLEAR else None


def language_heard(words: Sequence[str]) -> str | None:
    """The language, `uk` or `ru`, of words in the one form that `bot.text.words` gives to both
    languages' spellings, as it is all that is left of a transliterated text; None if there is no
    word of either language among them. What has no syllable may be anything: "y ppl"."""
    contrast = _as_one_language()
    told = [contrast.listed(word) for word in words if _SYLLABLE.search(word)]
    found = [evidence for evidence in told if evidence is not None]
    return _likelier(sum(found)) if found else None


def is_listed(word: str) -> bool:
    """Is a word, in the form of `bot.text.words`, one of Ukrainian or Russian that people use?"""
    return _as_one_language().listed(word) is not None


def _likelier(evidence: float) -> str:
    return "uk" if evidence > 0 else "ru"


@dataclass(frozen=True, slots=True)
class _Contrast:
    """How much more Ukrainian than Russian words are, in centibels; those that neither language's
    list has, by the `pairs` of letters that they consist of."""

    ukrainian: Rarities
    russian: Rarities
    pairs: Mapping[tuple[str, str], float]

    def of(self, words: Iterable[str]) -> float:
        return sum(map(self._of_word, filter(is_cyrillic, words)))

    def _of_word(self, word: str) -> float:
        more = self.listed(word)
        if more is None:
            evidence = sum(self.pairs.get(pair, 0.0) for pair in pairwise(f" {word} "))
            return max(-BY_LETTERS, min(evidence, BY_LETTERS))
        if UNLISTED in (self.ukrainian.get(word), self.russian.get(word)):
            return more
        return max(more - IN_BOTH, 0) if more > 0 else min(more + IN_BOTH, 0)

    def listed(self, word: str) -> int | None:
        """How much more Ukrainian a word is that either list has."""
        ukrainian, russian = self.ukrainian.get(word), self.russian.get(word)
        return None if ukrainian == russian == UNLISTED else russian - ukrainian


@cache
def _as_written() -> _Contrast:
    return _contrast(lambda listed: listed.replace("ё", "е").replace("'", ""))


@cache
def _as_one_language() -> _Contrast:
    return _contrast(lambda listed: as_one_language(listed.replace("ё", "е").replace("'", "")))


def _contrast(form: Callable[[str], str]) -> _Contrast:
    """The contrast of words in that form; `form` is given many, between blanks."""
    (ukrainian, few), (russian, some) = _listed("uk", form), _listed("ru", form)
    return _Contrast(ukrainian, russian, _of_pairs(few, some))


def _listed(language: str, form: Callable[[str], str]) -> tuple[Rarities, Sequence[str]]:
    """The words of a language, and the commonest of them in Cyrillic script."""
    commonest: list[str] = []

    def lists() -> Iterator[Sequence[str]]:
        for listed in words_by_rarity(language):
            # Those of each rarity come commonest first, too.
            words = form(" ".join(listed)).split()
            commonest.extend(islice(filter(is_cyrillic, words), COMMONEST - len(commonest)))
            yield words

    return Rarities(lists()), commonest


def _of_pairs(*languages: Iterable[str]) -> Mapping[tuple[str, str], float]:
    ukrainian, russian = (
        Counter(pair for word in words for pair in pairwise(f" {word} ")) for words in languages
    )
    even = 100 * math.log10(russian.total() / ukrainian.total())
    return {
        # Half a time is what a pair that was never seen is taken to have been.
        pair: even + 100 * math.log10((ukrainian[pair] or 0.5) / (russian[pair] or 0.5))
        for pair in ukrainian.keys() | russian.keys()
    }
