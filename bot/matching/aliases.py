"""Names and terms written in many ways, brought to one before anything is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.text import words

Words = tuple[str, ...]

SHORTEST = 4
"""Letters that a name needs without its ending, to be known in other cases than those listed: short
ones begin everyday words, too ("Газа", "газ")."""

_NOMINATIVE = re.compile("(?:[ио]й|[аеиоуюяй])$")
_CASES = frozenset(
    """а я о е и у ю ам ям ом ем ами ями ах ях ив ев ов ей ий ой ею ою ию ия ие ии ови еви иям иями
    иях ая ое ого ому им их ими ую""".split()
) | {""}
"""Endings of Ukrainian and Russian nouns and adjectives, as `bot.text.words` writes them."""


class Aliases:
    """Groups of names; any name of a group means its first, in Cyrillic letters in any case.

    Names may have several words. The longest name that fits at a place wins.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups: dict[Words, list[tuple[Words, Words]]] = {}
        """By what a name begins with: names, and what they mean."""
        self._meanings: dict[Words, Words] = {}
        """By a name as it is listed: what it means."""
        self.names: list[Words] = []
        """Every name of every group, as words."""
        for group in groups:
            names = [name for name in map(words, group) if name]
            self.names += names
            for name in names:
                self._groups.setdefault(_key(name), []).append((name, names[0]))
                self._meanings.setdefault(name, names[0])
        self._longest: dict[str, int] = {}
        """How many words the longest name has that begins so."""
        for first, *others in self._groups:
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))

    def __contains__(self, word: str) -> bool:
        return self._meaning((word,), _key((word,))) is not None

    def replace(self, query: Sequence[str]) -> Words:
        """The words of `query` with every alias replaced by what it means."""
        query, key = tuple(query), _key(query)
        replaced: list[str] = []
        done = 0
        for at in [at for at, begin in enumerate(key) if begin in self._longest]:
            if at >= done and (found := self._name_at(at, query, key)):
                end, meaning = found
                replaced += *query[done:at], *meaning
                done = end
        return (*replaced, *query[done:])

    def _name_at(self, at: int, query: Words, key: Words) -> tuple[int, Words] | None:
        """Where the longest name that begins there ends, and what it means."""
        for end in range(min(at + self._longest[key[at]], len(query)), at, -1):
            if (meaning := self._meaning(query[at:end], key[at:end])) is not None:
                return end, meaning
        return None

    def _meaning(self, text: Words, key: Words) -> Words | None:
        if meaning := self._meanings.get(text):
            return meaning
        for name, meaning in self._groups.get(key, ()):
            if all(map(_is_form, text, name)):
                return meaning
        return None


def _key(text: Sequence[str]) -> Words:
    """What all forms of a name have in common."""
    return tuple([word[:SHORTEST] for word in text])


def _is_form(word: str, name: str) -> bool:
    """Is `word` the word `name`, or that in another case?"""
    if word == name:
        return True
    base = _NOMINATIVE.sub("", name)
    return len(base) >= SHORTEST and word.startswith(base) and word[len(base) :] in _CASES
