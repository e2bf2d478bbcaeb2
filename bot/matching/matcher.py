"""Theory of operation.

An entry is known by a handful of phrasings; a query shares some words with them, or parts of words.
Everything used here is computed from the phrasings when the matcher is built, in time and memory
that grow as they do; what a query costs hardly grows at all.

1. A query is read as the FAQ would have written it: words are normalised (`bot.text`), Ukrainian
   and Russian in Latin letters is written as it sounds, mistyped words are repaired, aliases
   replaced by what they mean.
2. Its features are stems, pairs of stems, and runs of characters within words. An index of them
   finds the groups of phrasings, each of one entry, that BM25 ranks first by the rarer ones.
3. Only their phrasings matter from here on, the nearest of them. Each is a vector of length 1 over
   the same features, rare ones weighing more, and so is the query. The cosine k of two becomes
   ((k + shift) / (1 + shift))²: a kernel that knows conjunctions of two features. Ridge regression
   with that kernel, solved anew for each query, learns to give 1 for an entry's own phrasings and 0
   for those of its rivals: a word that two of them share counts for neither, and a phrasing that
   stands alone counts more than one among many alike. Learning from the neighbourhood of a query
   ranks better here than learning from all phrasings at once, whose cost is the cube of their
   number.
4. The score of a candidate is a logistic of three pieces of evidence: the regression's value, and
   the share of the query's weighty words that the FAQ, and that this entry, know at all. The last
   two catch what similarity cannot: a query that says one familiar thing among many unfamiliar
   ones. Of entries told to be *kin* (they would be right together), the
   likeliest has the values of all.
5. Phrasings in Latin and in Cyrillic script share next to nothing but names: each script has its
   own index, so that no language changes what another finds, and a query is looked up in the one
   that knows most of its words. Ukrainian and Russian stay together, for people mix them.
6. Whether a query is on the FAQ's subject at all, no score tells: one that holds everyday words
   alone may be very like a phrasing that does. So the matcher tells, too, how typical a query's
   words are together: how much likelier they are in the phrasings than where people write of
   anything, each by itself (naive Bayes), and none less likely. It is no piece of evidence: that
   was tried, and where the FAQ is of all of everyday life, so is what it does not know.

Sources: BM25: Robertson and Zaragoza (2009); learning in the neighbourhood of a query: Bottou and
Vapnik (1992); kernel ridge regression: Saunders, Gammerman and Vovk (1998); the task and data:
Larson et al. (2019).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from bot.collecting import put_off
from bot.matching.aliases import Aliases
from bot.matching.block import Block, Phrasing
from bot.matching.collisions import Collision, collisions
from bot.matching.features import UNKNOWN
from bot.matching.spelling import Spelling
from bot.matching.transliteration import transliterated
from bot.text import is_cyrillic, stem, words, words_of


class Candidate(NamedTuple):
    """An entry that a query may mean.

    `score` is 0 to 100, the evidence that this is right; `phrasing` is the stored one nearest to
    the query.
    """

    id: str
    score: float
    phrasing: str


class Ranking(NamedTuple):
    """The likeliest entries for a query, best first; and how `typical` of the FAQ its words are
    together: by how much likelier each is in the phrasings than at large, as decimal logarithms,
    none below 0; their sum."""

    candidates: list[Candidate]
    typical: float


class Matcher:
    """Ranks entries by how likely a query means them.

    `phrasings` maps an entry's id to every stored way to ask for it; `aliases` are groups of names,
    any of which means the first; `names` are words of other names; `kin` maps an id to those of
    entries that would be right with it.
    A phrasing without a word is passed over, and so is an entry that has no other.
    The same entries in another order give the same answers and the same scores.
    """

    @put_off()
    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        *,
        aliases: Sequence[Sequence[str]] = (),
        names: Collection[str] = (),
        kin: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        stored = [(id, it) for id in sorted(phrasings) for it in sorted(set(phrasings[id]))]
        # One string a word, not one for each time that it occurs.
        once: dict[str, str] = {}
        found = [
            (id, phrasing, tuple([once.setdefault(word, word) for word in text]))
            for (id, phrasing), text in zip(
                stored, words_of([phrasing for _, phrasing in stored]), strict=True
            )
            if text
        ]
        # Of the FAQ's own words only: what people write is kept nowhere, not even in a cache.
        self._stems = {word: once.get(it := stem(word), it) for word in once}
        self._aliases = Aliases(aliases)
        self._stems |= {word: stem(word) for word in chain(*self._aliases.names)}
        self._names = {*names, *chain(*self._aliases.names)}
        texts = (text for _, _, text in found)
        self._spelling = Spelling(texts, self._aliases.names, self._aliases.__contains__)
        cyrillic = {word for word in once if is_cyrillic(word)}
        scripts: dict[bool, list[Phrasing]] = {}
        self._ids = [*phrasings]
        for id, phrasing, text in found:
            read = self._aliases.replace(text)
            mostly = 2 * sum(map(cyrillic.__contains__, text)) > len(text)
            scripts.setdefault(mostly, []).append(Phrasing(id, phrasing, read))
        # Without phrasings there is an empty one.
        parts = [scripts[script] for script in sorted(scripts)] or [[]]
        self._blocks = [Block(part, kin or {}, self.stem) for part in parts]

    def phrasings(self) -> dict[str, list[tuple[str, ...]]]:
        """The words of each entry's phrasings, as a query's are read."""
        read: dict[str, list[tuple[str, ...]]] = {id: [] for id in self._ids}
        for block in self._blocks:
            for entry, text in zip(block.entry_of.tolist(), block.words(), strict=True):
                read[block.ids[entry]].append(text)
        return read

    def collisions(self) -> list[Collision]:
        """The phrasings that, left out, would clearly have another entry ranked first."""
        return [*chain(*map(collisions, self._blocks))]

    def stem(self, word: str) -> str:
        """As `bot.text.stem`; the FAQ's own words have been stemmed once and for all."""
        return self._stems.get(word) or stem(word)

    def read(self, query: str) -> tuple[str, ...]:
        """The words of `query` as the FAQ would have written them."""
        text = words(query)
        return self._aliases.replace(self._heard(text) or self._spelling.repair(text))

    def hears_cyrillic(self, query: str) -> bool:
        """Do the Latin letters of `query` stand for Cyrillic ones ("koly peregovory")?"""
        return self._heard(words(query)) is not None

    def _heard(self, text: Sequence[str]) -> tuple[str, ...] | None:
        """A text as it sounds in Cyrillic letters, with mistyped words repaired, if more of its
        words are known then: as they are, and repaired."""
        familiar = self._familiar(text)
        if familiar < len(text) and self._familiar(heard := transliterated(text)) > familiar:
            heard = self._spelling.repair(heard)
            if self._familiar(heard) > self._familiar(self._spelling.repair(text)):
                return heard
        return None

    def _familiar(self, text: Sequence[str]) -> int:
        return sum(word in self._spelling or word in self._aliases for word in text)

    def knows(self, word: str) -> bool:
        """Is `word`, perhaps mistyped, one that the phrasings or aliases hold?"""
        return all(
            meant in self._spelling and (meant == it or self._may_be_meant(meant))
            for it in words(word)
            for meant in self._spelling.repair([it])
        )

    def _may_be_meant(self, name: str) -> bool:
        """By a name that is like a known word only another name is meant: "Merkel" is not "market",
        nor "Lula" "lull". In Cyrillic letters nothing tells which words are names."""
        return name in self._names or is_cyrillic(name)

    def rank(self, query: str, top_k: int = 5) -> list[Candidate]:
        """The likeliest entries, best first; none for a query without words. Total."""
        return self.ranking(self.read(query), top_k).candidates

    def ranking(self, text: Sequence[str], top_k: int = 5) -> Ranking:
        """The same for a query that has been read, and more."""
        block, stems = self.block(text)
        candidates = [
            Candidate(block.ids[one.entry], one.score, block.texts[one.nearest])
            for one in (block.weigh(text)[:top_k] if text else ())
        ]
        return Ranking(candidates, block.typical(stems))

    def block(self, text: Sequence[str]) -> tuple[Block, list[int]]:
        """The phrasings that a query is compared with, those that know most of its words; and the
        columns of these words' stems there."""
        found = [(block, block.stems(text)) for block in self._blocks]
        return min(found, key=lambda one: one[1].count(UNKNOWN))
