"""Names and terms written in many ways, brought to one before anything is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.text import is_cyrillic, words


class Aliases:
    """Groups of names; any name of a group means its first.

    Names may have several words. The longest name that fits at a place wins. `stem` tells the stem
    of a word.
    """

    def __init__(self, groups: Iterable[Sequence[str]], stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._meaning: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.names: list[tuple[str, ...]] = []
        """Every name of every group, as words."""
        for group in groups:
            names = [name for name in map(words, group) if name]
            self.names += names
            for name in names:
                self._meaning.setdefault(self._key(name), names[0])
        self._longest: dict[str, int] = {}
        """How many words the longest name has that begins so."""
        for first, *others in self._meaning:
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))

    def __contains__(self, word: str) -> bool:
        return self._key((word,)) in self._meaning

    def replace(self, query: Sequence[str]) -> tuple[str, ...]:
        """The words of `query` with every alias replaced by what it means."""
        replaced: list[str] = []
        key = self._key(query)
        at = 0
        while at < len(query):
            longest = self._longest.get(key[at], 0)
            for length in range(min(longest, len(query) - at), 0, -1):
                meaning = self._meaning.get(key[at : at + length])
                if meaning is not None:
                    replaced += meaning
                    at += length
                    break
            else:
                replaced.append(query[at])
                at += 1
        return tuple(replaced)

    def _key(self, name: Sequence[str]) -> tuple[str, ...]:
        """What all forms of a name have in common: Ukrainian and Russian names have cases."""
        return tuple(self._stem(word) if is_cyrillic(word) else word for word in name)
