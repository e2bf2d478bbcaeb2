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
        self.names: list[Words] = []
        """Every name of every group, as words."""
        for group in groups:
            names = [name for name in map(words, group) if name]
            self.names += names
            for name in names:
                self._groups.setdefault(_key(name), []).append((name, names[0]))
        self._longest: dict[str, int] = {}
        """How many words the longest name has that begins so."""
        for first, *others in self._groups:
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))

    def __contains__(self, word: str) -> bool:
        return self._meaning((word,)) is not None

    def replace(self, query: Sequence[str]) -> Words:
        """The words of `query` with every alias replaced by what it means."""
        replaced: list[str] = []
        key = _key(query)
        at = 0
        while at < len(query):
            longest = self._longest.get(key[at], 0)
            for length in range(min(longest, len(query) - at), 0, -1):
                meaning = self._meaning(query[at : at + length])
                if meaning is not None:
                    replaced += meaning
                    at += length
                    break
            else:
                replaced.append(query[at])
                at += 1
        return tuple(replaced)

    def _meaning(self, text: Sequence[str]) -> Words | None:
        for name, meaning in self._groups.get(_key(text), ()):
            if all(map(_is_form, text, name)):
                return meaning
        return None


def _key(text: Sequence[str]) -> Words:
    """What all forms of a name have in common."""
    return tuple([word[:SHORTEST] for word in text])


def _is_form(word: str, name: str) -> bool:
    """Is `word` the word `name`, or that in another case?"""
    base = _NOMINATIVE.sub("", name)
    return word == name or (
        len(base) >= SHORTEST and word.startswith(base) and word[len(base) :] in _CASES
    )
