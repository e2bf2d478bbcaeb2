"""Whose deed a question asks about: what one side does or says does not answer for another.

Of "what does Russia reject?" it is Russia's, whatever else is named. Who does something is known by
its place: in English it follows an auxiliary verb, in Ukrainian and Russian it is mostly named
first, and never behind a preposition. Which side somebody is on, the entries tell that give a
side's claim: whoever mostly does something in the phrasings of one side's is on that side
("Kremlin", "Putin").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain

from bot.faq import Faq
from bot.questions import folded

OFTEN, MOSTLY = 10, 0.75
"""Phrasings in which somebody has to do something, and the share of these that has to be of one
side's entries, to be on that side."""

SELDOM = 0.05
"""Share of an entry's phrasings of deeds below which it is none on a side's deeds."""

_AUXILIARIES = frozenset(
    "is are was were do does did has have had will would can could should may might must".split()
)
_PREPOSITIONS = folded(
    "від от на до у в по з с про к о об із из за для проти против без між между перед"
)
_AND = folded("and or та і й и або или")


class Sides:
    """The sides whose claims an FAQ gives.

    `read` are the words of each entry's phrasings, as a query's are read; `names` are the stems of
    those that may do something; `stem` tells the stem of a word.
    """

    def __init__(
        self,
        faq: Faq,
        read: Mapping[str, Sequence[Sequence[str]]],
        names: Collection[str],
        stem: Callable[[str], str],
    ) -> None:
        words = set(chain.from_iterable(chain.from_iterable(read.values())))
        self._names = {word: name for word in words if (name := stem(word)) in names}
        answered = [id for id, entry in faq.entries.items() if not entry.unknown]
        doing = {id: Counter(map(self._doing, read[id])) for id in answered}
        saying: dict[str, Counter[str]] = defaultdict(Counter)
        for id, found in doing.items():
            if says := faq.entries[id].says:
                for name, times in found.items():
                    saying[name][says] += times
        self._side = {
            name: side
            for name, told in saying.items()
            for side, times in told.most_common(1)
            if name and times >= max(OFTEN, MOSTLY * told.total())
        }
        self._others: dict[str, set[str]] = {side: set() for side in self._side.values()}
        for id, found in doing.items():
            deeds: Counter[str] = Counter()
            for name in found.keys() & self._side.keys():
                deeds[self._side[name]] += found[name]
            for side, others in self._others.items():
                if deeds.total() >= OFTEN and deeds[side] < SELDOM * deeds.total():
                    others.add(id)

    def of(self, text: Sequence[str]) -> str:
        """The side whose deed a text asks about; "" if it asks about none's, or about several's."""
        return self._side.get(self._doing(text), "")

    def others(self, side: str) -> Collection[str]:
        """The ids of the entries that are clearly on others' deeds, and do not answer for its."""
        return self._others.get(side, ())

    def _doing(self, text: Sequence[str]) -> str:
        """The stem of the name of whoever does something; "" if that is nobody, or several."""
        if self._names.keys().isdisjoint(text):
            return ""
        in_english = "".join(text).isascii()
        for at, name in enumerate(map(self._names.get, text)):
            before = text[:at]
            if name and (
                _is_auxiliary(before) if in_english else _PREPOSITIONS.isdisjoint(before[-1:])
            ):
                beside = text[at + 2 : at + 3] if _AND.intersection(text[at + 1 : at + 2]) else ()
                return "" if self._names.keys() & beside else name
        return ""


def _is_auxiliary(before: Sequence[str]) -> bool:
    """Is the last word one, but for an article?"""
    last = [word for word in before[-2:] if word != "the"][-1:]
    return not _AUXILIARIES.isdisjoint(last)
