"""Names and terms written in many ways, brought to one before anything is compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.text import is_cyrillic, stem, words


class Aliases:
    """Groups of names; any name of a group means its first.

    Names may have several words. The longest name that fits at a place wins.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._meaning: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.names: list[tuple[str, ...]] = []
        """Every name of every group, as words."""
        for group in groups:
            names = [name for name in map(words, group) if name]
            self.names += names
            for name in names:
                self._meaning.setdefault(_key(name), names[0])
        self._longest = max(map(len, self._meaning), default=0)

    def __contains__(self, word: str) -> bool:
        return _key((word,)) in self._meaning

    def replace(self, query: Sequence[str]) -> tuple[str, ...]:
        """The words of `query` with every alias replaced by what it means."""
        if not self._meaning:
            return tuple(query)
        replaced: list[str] = []
        key = _key(query)
        at = 0
        while at < len(query):
            for length in range(min(self._longest, len(query) - at), 0, -1):
                meaning = self._meaning.get(key[at : at + length])
                if meaning is not None:
                    replaced += meaning
                    at += length
                    break
            else:
                replaced.append(query[at])
                at += 1
        return tuple(replaced)


def _key(name: Sequence[str]) -> tuple[str, ...]:
    """What all forms of a name have in common: Ukrainian and Russian names have cases."""
    return tuple(stem(word) if is_cyrillic(word) else word for word in name)
