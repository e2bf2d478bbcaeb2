"""The phrasings that share a script: what tells their entries apart, and how surely."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bot.matching.features import Integers
from bot.matching.vectors import Floats, Query, Space, diagonal

GROUP = 32
"""Phrasings of one entry that are found together, at most: an entry of thousands is many groups."""

FEWEST, GROUPS, RELATIVE, ROWS = 3, 8, 0.4, 48
"""Groups at least and at most, those with this share of the best one's BM25, and of their
phrasings the nearest, among which a query is decided; chosen on CLINC150's validation rows,
2026-11. More rows tell hardly more, and take time by their square. To begin with a few of them,
and go on only in doubt, was tried: it turned right answers to this FAQ into wrong ones."""

SHIFT = 0.4
RIDGE = 0.03
"""Chosen on the same rows and on held-out training rows of BANKING77."""

EVIDENCE_WEIGHTS = (10.61, 1.58, 2.17)
EVIDENCE_BIAS = -6.58
"""Logistic regression of "the first candidate is right" on CLINC150's validation rows, in and out
of scope, at 5, 10 and 20 phrasings an entry together: `benchmarks/calibrate.py`, 2026-11."""


class Evidence(NamedTuple):
    """What speaks for one entry: see point 4 of the matcher's theory. `entry` is its row,
    `nearest` that of its nearest phrasing; `score` is 0 to 100."""

    entry: int
    nearest: int
    value: float
    known: float
    known_to_entry: float
    score: float


class Phrasing(NamedTuple):
    """A stored way to ask for the entry `id`, and its words as the matcher reads them."""

    id: str
    text: str
    words: tuple[str, ...]


class Block:
    """Phrasings that share features with each other and hardly with any others.

    `texts` are theirs, by row; `ids` are those of their entries, and `entry_of` tells the place
    there of a row's.
    """

    def __init__(
        self,
        phrasings: Sequence[Phrasing],
        kin: Mapping[str, Collection[str]],
        stem: Callable[[str], str],
    ) -> None:
        # The phrasings themselves are not kept: as objects they would take half a megabyte.
        self.texts = [phrasing.text for phrasing in phrasings]
        self.ids = sorted({phrasing.id for phrasing in phrasings})
        place = {id: at for at, id in enumerate(self.ids)}
        self.kin = [
            frozenset(place[one] for one in (id, *kin.get(id, ())) if one in place)
            for id in self.ids
        ]
        self._having_kin = {entry for entry, kin in enumerate(self.kin) if len(kin) > 1}
        entry_of = np.array([place[phrasing.id] for phrasing in phrasings], np.intp)
        self.entry_of = entry_of
        # Phrasings come by entry: those of one, and so those of a group, stand side by side.
        rank = np.arange(len(entry_of)) - np.searchsorted(entry_of, entry_of)
        first = np.flatnonzero(rank % GROUP == 0)
        self._group_ends = np.append(first[1:], len(entry_of))
        words = [phrasing.words for phrasing in phrasings]
        self._space = Space(words, self._group_ends, entry_of[first], stem)

    def words(self) -> Iterator[tuple[str, ...]]:
        """Those of each phrasing, by row."""
        return self._space.texts()

    def stems(self, words: Sequence[str]) -> list[int]:
        """The column of each word's stem, or `UNKNOWN`."""
        return self._space.stems(words)

    def typical(self, stems: Sequence[int]) -> float:
        """How typical of the phrasings `stems` are together: by how much likelier each is there
        than at large, as decimal logarithms, none below 0; their sum."""
        return self._space.typical(stems)

    def rarest(self, least: float) -> tuple[Integers, Integers, Floats]:
        """The rarest features of the phrasings, see `Space.rarest`."""
        return self._space.rarest(least)

    def weigh(self, text: Sequence[str], without: int = -1) -> list[Evidence]:
        """The evidence for each entry that comes into question, best first; of all phrasings but
        the one in row `without`."""
        query = self._space.query(text)
        groups = self._retrieve(query, without)
        rows, similar = self._space.similarities(query, groups)
        near = (-similar).argsort(kind="stable")[: ROWS + 1]
        near = near[rows[near] != without][:ROWS]
        nearest, values = self._values(rows[near], similar[near])
        known = float(query.weights.sum())
        known_to_entry = self._space.known(query, np.array(list(values), np.intp)).tolist()
        evidence = [
            Evidence(entry, nearest[entry], value, known, held, score_of(value, known, held))
            for (entry, value), held in zip(values.items(), known_to_entry, strict=True)
        ]
        return sorted(evidence, key=lambda one: (-one.score, one.entry))

    def _values(self, rows: Integers, similar: Floats) -> tuple[dict[int, int], dict[int, float]]:
        """By `rows`, the nearest first: of each of their entries the nearest row, and the value."""
        shares = _regress(self._space.gram(rows), similar)
        of_row = self.entry_of[rows]
        values = np.bincount(of_row, shares)
        entries = of_row.tolist()
        # Of rows of one entry the last one stays.
        nearest = dict(zip(reversed(entries), reversed(rows.tolist()), strict=True))
        own = {entry: values.item(entry) for entry in nearest}
        together = {
            entry: _together([own[one] for one in self.kin[entry] if one in own], own[entry])
            for entry in own.keys() & self._having_kin
        }
        return nearest, own | together

    def _retrieve(self, query: Query, without: int) -> Integers:
        """The groups that come into question, at most `GROUPS`, in order. The group of the row
        `without` is no measure for the others: it may be the query's own."""
        scores = self._space.bm25(query)
        measure = scores
        if without >= 0:
            group = np.searchsorted(self._group_ends, without, side="right")
            measure = np.delete(scores, group)
        near: Integers = (scores >= RELATIVE * measure.max(initial=0)).nonzero()[0]
        fewest = min(FEWEST, len(scores))
        number = min(max(len(near), fewest), GROUPS)
        if len(near) < fewest:
            near = np.flatnonzero(scores >= np.partition(scores, -fewest)[-fewest])
        if len(near) > number:
            # Of groups with the same score the first ones.
            near = near[(-scores[near]).argsort(kind="stable")[:number]]
            near.sort()
        return near


def score_of(value: float, known: float, known_to_entry: float) -> float:
    """0 to 100, by the three pieces of evidence."""
    of_value, of_known, of_known_to_entry = EVIDENCE_WEIGHTS
    logit = of_value * value + of_known * known + of_known_to_entry * known_to_entry
    return 100 / (1 + math.exp(-EVIDENCE_BIAS - logit))


def _together(kin: Sequence[float], own: float) -> float:
    """Of kin, the likeliest speaks for all."""
    return sum(kin) if own == max(kin) else own


def _regress(gram: Floats, similar: Floats) -> Floats:
    """What each row of phrasings brings to the query's value, of shape (rows,)."""
    kernel = _kernel(gram)
    diagonal(kernel)[:] += RIDGE
    return np.linalg.solve(kernel, _kernel(similar))


def _kernel(similarities: Floats) -> Floats:
    shifted = similarities + SHIFT
    shifted /= 1 + SHIFT
    shifted *= shifted
    return shifted
