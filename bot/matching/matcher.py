"""Theory of operation.

An entry is known by a handful of phrasings; a query shares some words with them, or parts of words.
Everything used here is computed from the phrasings when the matcher is built.

1. A query is read as the FAQ would have written it: words are normalised (`bot.text`), mistyped
   ones repaired, aliases replaced by what they mean.
2. Its features are stems, pairs of stems, and runs of characters within words. Each phrasing is a
   vector of length 1 over them, rare features weighing more. The cosine k between query and
   phrasing becomes ((k + shift) / (1 + shift))³: a kernel that knows conjunctions of up to three
   features.
3. Ridge regression with that kernel, solved in closed form, learns to give 1 for an entry's own
   phrasings and 0 for all others'. So a word that two entries share counts for neither, and a
   phrasing that stands alone counts more than one among many alike.
4. The regression sees phrasings; BM25 sees entries whole. A little of it, standardised, settles
   near ties.
5. The score of a candidate is a logistic of four pieces of evidence: the regression's value, its
   lead over the best rival, and the share of the query's weighty words that the FAQ, and that this
   entry, know at all. The last two catch what similarity cannot: a query that says one familiar
   thing among many unfamiliar ones. Entries told to be *kin* (they would be right together) add
   their values up and are no rivals.

Sources: kernel ridge regression: Saunders, Gammerman and Vovk (1998); BM25: Robertson and Zaragoza
(2009); the task and data: Larson et al. (2019).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bot.matching.aliases import Aliases
from bot.matching.linear import solve_in_place
from bot.matching.spelling import Spelling
from bot.matching.vectors import Floats, Space, extract
from bot.text import stem, words

SHARES = (1 / 3, 1 / 6, 1 / 2)
"""Shares of stems, pairs and character n-grams in a vector. Like the three numbers below, chosen on
the validation rows of CLINC150 and held-out training rows of BANKING77, 2026-11."""

SHIFT = 0.5
RIDGE = 0.05
POOLED = 0.02
"""What one standard deviation of BM25 counts beside the regression's 0 to 1."""

EVIDENCE_WEIGHTS = (7.47, 3.65, 1.21, 2.26)
EVIDENCE_BIAS = -5.06
"""Logistic regression of "the first candidate is right" on CLINC150's validation rows, in and out
of scope, at 5, 10 and 20 phrasings an entry together; `benchmarks/calibrate.py` fits them anew."""

STRIP = 256
"""Rows of the kernel that are worked on at a time."""

SHORTLIST = 12
"""Entries, by rank, for which evidence is weighed; no candidate comes from below."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a query may mean.

    `score` is 0 to 100, the evidence that this is right; `phrasing` is the stored one nearest to
    the query.
    """

    id: str
    score: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one entry: see point 5 of the module's theory. `entry` is its row."""

    entry: int
    value: float
    lead: float
    known: float
    known_to_entry: float

    @property
    def score(self) -> float:
        pieces = (self.value, self.lead, self.known, self.known_to_entry)
        logit = EVIDENCE_BIAS + sum(w * x for w, x in zip(EVIDENCE_WEIGHTS, pieces, strict=True))
        return 100 / (1 + math.exp(-logit))


class Matcher:
    """Ranks entries by how likely a query means them.

    `phrasings` maps an entry's id to every stored way to ask for it; `aliases` are groups of names,
    any of which means the first; `kin` maps an id to those of entries that would be right with it.
    A phrasing without a word is passed over, and so is an entry that has no other.
    The same entries in another order give the same answers and the same scores.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        *,
        aliases: Sequence[Sequence[str]] = (),
        kin: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        rows = [
            (id, phrasing, text)
            for id in sorted(phrasings)
            for phrasing in sorted(set(phrasings[id]))
            if (text := words(phrasing))
        ]
        self.ids = list(dict.fromkeys(id for id, _, _ in rows))
        place = {id: at for at, id in enumerate(self.ids)}
        self._phrasings = [phrasing for _, phrasing, _ in rows]
        self._entry_of = np.array([place[id] for id, _, _ in rows], np.intp)
        self._kin = [
            {place[one] for one in (id, *(kin or {}).get(id, ())) if one in place}
            for id in self.ids
        ]

        texts = [text for _, _, text in rows]
        self._aliases = Aliases(aliases)
        self._spelling = Spelling(texts, self._aliases.names)
        read = [self._aliases.replace(text) for text in texts]
        # Of the FAQ's own words only: what people write is kept nowhere, not even in a cache.
        self._stems = {word: stem(word) for word in set(chain(*read))}
        features = (extract(text, self._stem) for text in read)
        self._space = Space(features, self._entry_of, SHARES)
        self._regression = self._solve()

    def _solve(self) -> Floats:
        strips = []
        for strip in map(_kernel, self._space.gram(STRIP)):
            strip[np.diag_indices(len(strip))] += RIDGE
            strips.append(strip)
        targets = np.eye(len(self.ids), dtype=np.float32)[self._entry_of]
        return solve_in_place(strips, targets)

    def _stem(self, word: str) -> str:
        return self._stems.get(word) or stem(word)

    def read(self, query: str) -> tuple[str, ...]:
        """The words of `query` as the FAQ would have written them."""
        return self._aliases.replace(self._spelling.repair(words(query)))

    def knows(self, word: str) -> bool:
        """Is `word`, perhaps mistyped, one that the phrasings or aliases hold?"""
        return all(known in self._spelling for known in self._spelling.repair(words(word)))

    def rank(self, query: str, top_k: int = 5) -> list[Candidate]:
        """The likeliest entries, best first; none for a query without words. Total."""
        return self.rank_words(self.read(query), top_k)

    def rank_words(self, text: Sequence[str], top_k: int = 5) -> list[Candidate]:
        """The same for a query that has been read."""
        if not text or not self._phrasings:
            return []
        evidence, similar = self.weigh(text)
        evidence.sort(key=lambda e: (-e.score, e.entry))
        return [
            Candidate(self.ids[e.entry], e.score, self._nearest(e.entry, similar))
            for e in evidence[:top_k]
        ]

    def weigh(self, text: Sequence[str]) -> tuple[list[Evidence], Floats]:
        """The evidence for each entry of the shortlist, and how similar each phrasing is."""
        query = self._space.query(extract(text, self._stem))
        similar = self._space.similarities(query)
        # Not `@`: BLAS would start threads for it, which on a busy machine take ten times as long.
        values = np.einsum("i,ij->j", _kernel(similar), self._regression)
        ranks = values + POOLED * self._space.standard_scores(query)
        shortlist: list[int] = np.argsort(-ranks, kind="stable")[:SHORTLIST].tolist()
        known = float(query.weights.sum())
        evidence = []
        for at, held in zip(shortlist, self._space.known(query, shortlist), strict=True):
            kin = self._kin[at]
            rival = next((float(ranks[other]) for other in shortlist if other not in kin), 0.0)
            value = float(values[list(kin)].sum())
            evidence.append(Evidence(at, value, float(ranks[at]) - rival, known, float(held)))
        return evidence, similar

    def _nearest(self, entry: int, similar: Floats) -> str:
        rows = np.flatnonzero(self._entry_of == entry)
        return self._phrasings[int(rows[similar[rows].argmax()])]


def _kernel(similarities: Floats) -> Floats:
    shifted = (similarities + np.float32(SHIFT)) / np.float32(1 + SHIFT)
    cubed: Floats = shifted * shifted * shifted
    return cubed
