"""The phrasings that share a script: what tells their entries apart, and how surely."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.linear import solve_in_place
from bot.matching.vectors import Floats, Space, extract

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
class Evidence:
    """What speaks for one entry: see point 5 of the matcher's theory. `entry` is its row."""

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


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A stored way to ask for the entry `id`, and its words as the matcher reads them."""

    id: str
    text: str
    words: tuple[str, ...]


class Block:
    """Phrasings that share features with each other and hardly with any others.

    They are solved by themselves: time grows with the cube of their number, memory with its square.
    """

    def __init__(
        self,
        phrasings: Sequence[Phrasing],
        kin: Mapping[str, Collection[str]],
        stem: Callable[[str], str],
    ) -> None:
        self.phrasings = phrasings
        self.ids = sorted({phrasing.id for phrasing in phrasings})
        place = {id: at for at, id in enumerate(self.ids)}
        self._entry_of = np.array([place[phrasing.id] for phrasing in phrasings], np.intp)
        # Phrasings come by entry: those of one stand between two ends.
        self._ends: list[int] = np.searchsorted(self._entry_of, range(len(self.ids) + 1)).tolist()
        self._kin = [
            {place[one] for one in (id, *kin.get(id, ())) if one in place} for id in self.ids
        ]
        self._stem = stem
        features = (extract(phrasing.words, stem) for phrasing in phrasings)
        self._space = Space(features, self._entry_of, SHARES)
        self._regression = self._solve()

    def _solve(self) -> Floats:
        strips = []
        for strip in map(_kernel, self._space.gram(STRIP)):
            strip[np.diag_indices(len(strip))] += RIDGE
            strips.append(strip)
        targets = np.eye(len(self.ids), dtype=np.float32)[self._entry_of]
        return solve_in_place(strips, targets)

    def __contains__(self, stem: str) -> bool:
        return stem in self._space

    def weigh(self, text: Sequence[str]) -> tuple[list[Evidence], Floats]:
        """The evidence for each entry of the shortlist, and how similar each phrasing is."""
        query = self._space.query(extract(text, self._stem))
        similar = self._space.similarities(query)
        values = _kernel(similar) @ self._regression
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

    def nearest(self, entry: int, similar: Floats) -> str:
        """The phrasing of an entry that is most similar."""
        start, stop = self._ends[entry : entry + 2]
        return self.phrasings[start + int(similar[start:stop].argmax())].text


def _kernel(similarities: Floats) -> Floats:
    shifted = (similarities + np.float32(SHIFT)) / np.float32(1 + SHIFT)
    cubed: Floats = shifted * shifted * shifted
    return cubed
