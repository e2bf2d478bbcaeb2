"""Names and terms written in many ways, brought to one before anything is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from bot.text import words

Words = tuple[str, ...]

SHORTEST = 4
"""Letters that a name needs without its ending, to be known in other cases than those listed: short
ones begin everyday words, too ("Газа", "газ")."""

_NOMINATIVE = re.compile("(?:[ио]й|[аеиоуюяй])$")
_CASES = frozenset(
    """а я о е и у ю ам ям ом ем ами ями ах ях ив ев ов ей ий ой ею ою ию ия ие ии ови еви иям иями
    иях ая ое ого ому им их ими ую""".split()
)
"""Endings of Ukrainian and Russian nouns and adjectives, as `bot.text.words` writes them."""


class Aliases:
    """Groups of names; any name of a group means its first, in Cyrillic letters in any case.

    Names may have several words. The longest name that fits at a place wins.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self.names: list[Words] = []
        """Every name of every group, as words."""
        self._meanings: dict[Words, dict[Words, Words]] = {}
        """By what all forms of a name have in common: names, and what they mean."""
        for group in groups:
            names = [name for name in map(words, group) if name]
            self.names += names
            for name in names:
                self._meanings.setdefault(_key(name), {}).setdefault(name, names[0])
        self._lengths: dict[str, list[int]] = {}
        """How many words the names have that begin so, the longest first."""
        for first, length in sorted({(key[0], -len(key)) for key in self._meanings}):
            self._lengths.setdefault(first, []).append(-length)
        self._bases = {word: _NOMINATIVE.sub("", word) for word in chain(*self.names)}

    def __contains__(self, word: str) -> bool:
        return self._meaning((word,)) is not None

    def replace(self, query: Sequence[str]) -> Words:
        """The words of `query` with every alias replaced by what it means."""
        query = tuple(query)
        replaced: list[str] = []
        done = 0
        for at in [at for at, word in enumerate(query) if word[:SHORTEST] in self._lengths]:
            if at >= done and (found := self._name_at(at, query)):
                end, meaning = found
                replaced += *query[done:at], *meaning
                done = end
        return (*replaced, *query[done:]) if done else query

    def _name_at(self, at: int, query: Words) -> tuple[int, Words] | None:
        """Where the longest name that begins there ends, and what it means."""
        for length in self._lengths[query[at][:SHORTEST]]:
            if meaning := self._meaning(query[at : at + length]):
                return at + length, meaning
        return None

    def _meaning(self, text: Words) -> Words | None:
        if not (names := self._meanings.get(_key(text))):
            return None
        if meaning := names.get(text):
            return meaning
        for name, meaning in names.items():
            if all(map(self._is_form, text, name)):
                return meaning
        return None

    def _is_form(self, word: str, name: str) -> bool:
        """Is `word` the word `name`, or that in another case?"""
        if word == name:
            return True
        base = self._bases[name]
        return len(base) >= SHORTEST and word.startswith(base) and word[len(base) :] in _CASES


def _key(text: Sequence[str]) -> Words:
    """What all forms of a name have in common."""
    return tuple([word[:SHORTEST] for word in text])
