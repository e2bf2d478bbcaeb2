"""Names and terms written in many ways, brought to one before anything is compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.text import words


class Aliases:
    """Groups of names; any name of a group means its first.

    Names may have several words. The longest name that fits at a place wins.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._meaning: dict[tuple[str, ...], tuple[str, ...]] = {}
        for group in groups:
            names = [name for name in map(words, group) if name]
            for name in names:
                self._meaning.setdefault(name, names[0])
        self._longest = max(map(len, self._meaning), default=0)

    @property
    def names(self) -> Iterable[tuple[str, ...]]:
        """Every name of every group, as words."""
        return self._meaning.keys()

    def replace(self, query: Sequence[str]) -> tuple[str, ...]:
        """The words of `query` with every alias replaced by what it means."""
        replaced: list[str] = []
        at = 0
        while at < len(query):
            for length in range(min(self._longest, len(query) - at), 0, -1):
                meaning = self._meaning.get(tuple(query[at : at + length]))
                if meaning is not None:
                    replaced += meaning
                    at += length
                    break
            else:
                replaced.append(query[at])
                at += 1
        return tuple(replaced)
