"""Whom and what a question names, and which entries know of them.

What one side demands does not answer what another does, and a truce in one war does not answer for
one in another: a question is answered by an entry that knows the names in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from bot.faq import ENGLISH, Faq
from bot.names.sides import Sides
from bot.questions import ASKING, telling
from bot.text import bare, words

SHORTEST = 2
"""Letters that a name in a phrasing needs, to be told from an initial."""

_NAME = re.compile(r"(?<=[\w,;%)\"'’”»–—-])[^\S\n]+[\"“'(]*([^\W\d_][^\W_]+)")
_SHOUTED = 0.6
"""Share of capitalised words in a text from which capitals tell nothing: HEADLINES, Titles."""


def names(query: str) -> tuple[str, ...]:
    """The words that are written as names: capitalised, and not because a sentence begins."""
    # The first one is capitalised anyway.
    initials = [word[0] for word in query.split()[1:]]
    if sum(map(str.isupper, initials)) > _SHOUTED * len(initials):
        return ()
    found = (match[1] for match in _NAME.finditer(bare(query)))
    return tuple(name for name in found if name[0].isupper())


def names_in(faq: Faq) -> frozenset[str]:
    """The words of all names in the English questions and answers of `faq`."""
    texts = (entry.text(ENGLISH) for entry in faq.entries.values())
    said = chain.from_iterable((text.question, text.answer) for text in texts)
    found = set(chain.from_iterable(map(names, said)))
    return frozenset(chain.from_iterable(map(words, found)))


class Names:
    """The names of one word that an FAQ knows: those that its aliases list, and those that stand
    alone in the phrasings of known unknowns and in no phrasing that is answered ("Gaza").

    `read` are the words of each entry's phrasings, as a query's are read; `stem` tells the stem of
    a word.
    """

    def __init__(
        self,
        faq: Faq,
        read: Mapping[str, Sequence[Sequence[str]]],
        stem: Callable[[str], str],
    ) -> None:
        self._stem = stem
        held = {id: frozenset(map(stem, set(chain(*texts)))) for id, texts in read.items()}
        listed = {
            stem(name[0]): group for group in faq.aliases if len(name := words(group[0])) == 1
        }
        speakers = {entry.says for entry in faq.entries.values()}
        self._parties = frozenset(name for name in listed if speakers.intersection(listed[name]))
        unknown = [entry.phrasings for entry in faq.entries.values() if entry.unknown]
        alone = frozenset(chain.from_iterable(map(_alone, chain(*unknown))))
        foreign = {stem(word) for word in chain(*map(words, alone)) if len(word) >= SHORTEST}
        answered = (held[id] for id, entry in faq.entries.items() if not entry.unknown)
        foreign.difference_update(*answered)
        self._all = foreign.union(listed)
        self._of_entry = {id: stems & self._all for id, stems in held.items()}
        self._sides = Sides(faq, read, self._all, stem)

    def fitting(self, text: Sequence[str]) -> Callable[[str], bool]:
        """For words that have been read: may the entry with an id answer for whom they name? None
        may, if they ask nothing, and tell of nothing but parties: "And Russia?"."""
        if ASKING.isdisjoint(text) and self._parties.issuperset(map(self._stem, telling(text))):
            return lambda _: False
        named, others = self.of(text), self._sides.others(self._sides.of(text))
        return lambda id: named <= self._of_entry[id] and id not in others

    def of(self, text: Sequence[str]) -> frozenset[str]:
        """The names among words that have been read. Who names several of those that speak in the
        article asks for none of them: "the Russia Ukraine talks"."""
        found = self._all.intersection(map(self._stem, text))
        parties = self._parties.intersection(found)
        return frozenset(found - parties if len(parties) > 1 else found)


def _alone(phrasing: str) -> list[str]:
    """Its capitalised words but the first, beside no other one: of "Is Saudi Arabia in?" none."""
    if phrasing[1:].islower():
        return []
    spelt = bare(phrasing).split()
    capital = [False, *(word[0].isupper() for word in spelt[1:]), False]
    return [
        word
        for at, word in enumerate(spelt)
        if capital[at] and not (capital[at - 1] or capital[at + 1])
    ]
