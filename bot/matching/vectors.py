"""Texts as sparse vectors, and how they compare with a query.

A vector has length 1, of which each family of features has its fixed share. Features weigh by
rarity: the fewer groups of texts hold one, the more. Features that no text holds still count into a
query's length, so a query that speaks mostly of other things is far from everything.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from math import hypot, log, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import FAMILIES, Features, extract, runs

Floats = NDArray[np.float32]
Scores = NDArray[np.float64]
Integers = NDArray[np.intp]

SHARES = (1 / 3, 1 / 6, 1 / 2)
"""Shares of stems, pairs and runs of characters in a vector; chosen on the validation rows of
CLINC150, 2026-11."""

K1, B = 1.2, 0.75
"""Of BM25: saturation of a feature's count, and how far a long group counts as long; the usual ones
(Robertson and Zaragoza, 2009)."""

POSTINGS = 50_000
"""Postings that a query is compared with at most, those of the rarest features first: from some
ten thousand texts on, the common ones tell nothing and would cost the most."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as a vector: the columns that the space knows, and their values there.

    `stems` are the columns of its known stems, `weights` their shares of all stems' weight, so that
    their sum is the share of the query that the space knows.
    """

    columns: Integers
    values: Floats
    stems: Integers
    weights: Floats


class Space:
    """Texts in groups of neighbours: `group_ends` tells where each ends and the next begins.

    `stem` tells the stem of a word.
    """

    def __init__(
        self, texts: Sequence[Sequence[str]], group_ends: Integers, stem: Callable[[str], str]
    ) -> None:
        self._stem = stem
        self._groups = len(group_ends)
        self._group_sizes = np.diff(group_ends, prepend=0)
        self._group_starts = group_ends - self._group_sizes
        group_of = np.repeat(np.arange(self._groups), self._group_sizes)
        rows, columns, counts = self._read(texts)
        width = self._width

        # A posting is a pair of column and group, in this order.
        places, posting = np.unique(columns * self._groups + group_of[rows], return_inverse=True)
        posted, self._posted_groups = np.divmod(places, max(self._groups, 1))
        holding = np.bincount(posted, minlength=width)
        self._postings = places
        self._posting_starts, self._holding = np.cumsum(holding) - holding, holding

        # The last is that of features that no text holds.
        rarity = np.sqrt(1 + np.log((1 + self._groups) / (1 + np.append(holding, 0))))
        self._rarity = array("d", rarity)
        families = np.searchsorted(self._ends, columns, side="right")
        weights = (1 + np.log(counts)) * rarity[columns]
        squares = np.bincount(rows * FAMILIES + families, weights**2, len(texts) * FAMILIES)
        lengths = np.sqrt(squares)[rows * FAMILIES + families]
        values = (weights / lengths * np.sqrt(SHARES)[families]).astype(np.float32)
        # Of each text first the features that others hold, too: only they make texts alike.
        lonely = (np.bincount(columns, minlength=width) == 1)[columns]
        order = np.lexsort((lonely, rows))
        self._values, self._columns = values[order], columns[order].astype(np.int32)
        self._sizes = np.bincount(rows, minlength=len(texts))
        self._squares = np.bincount(rows, values**2, len(texts)).astype(np.float32)
        self._shared = self._sizes - np.bincount(rows, lonely, len(texts)).astype(np.intp)
        self._starts = np.cumsum(self._sizes) - self._sizes
        bounds = np.append(self._starts, len(columns))
        self._bounds = array("q", bounds[np.append(self._group_starts, len(texts))])

        counted = np.bincount(posting, counts)
        length = np.bincount(self._posted_groups, counted)
        damping = K1 * (1 - B + B * length * self._groups / max(length.sum(), 1))
        idf = np.log(1 + (self._groups - holding + 0.5) / (holding + 0.5))
        saturated = counted * (K1 + 1) / (counted + damping[self._posted_groups])
        self._bm25 = (idf[posted] * saturated).astype(np.float32)

    def _read(self, texts: Sequence[Sequence[str]]) -> tuple[Integers, Integers, Floats]:
        """Row, column and count of each feature of each text, by row: stems stand in the first
        columns, pairs in the next, runs in the last."""
        words: dict[str, int] = {}
        flat = np.fromiter(
            (words.setdefault(word, len(words)) for word in chain.from_iterable(texts)), np.intp
        )
        row = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), np.intp, len(texts)))
        self._stems: dict[str, int] = {}
        self._runs: dict[str, int] = {}
        stem_of = _numbered(map(self._stem, words), self._stems)
        run_of = _numbered(chain.from_iterable(map(runs, words)), self._runs)
        length = np.fromiter((len(runs(word)) for word in words), np.intp, len(words))

        stems = stem_of[flat]
        a, b = stems[:-1], stems[1:]
        same = row[:-1] == row[1:]
        pairs = np.minimum(a, b) * len(self._stems) + np.maximum(a, b)
        pairs, pair = np.unique(pairs[same], return_inverse=True)
        self._pairs = array("q", pairs)

        size = length[flat]
        run = run_of[ranges((np.cumsum(length) - length)[flat], size)]
        self._ends = list(accumulate([len(self._stems), len(self._pairs), len(self._runs)]))
        self._width = self._ends[-1]
        found = (row * self._width + stems, row[:-1][same] * self._width + pair + self._ends[0])
        runs_found = np.repeat(row, size) * self._width + run + self._ends[1]
        places, counts = np.unique(np.concatenate([*found, runs_found]), return_counts=True)
        rows, columns = np.divmod(places, max(self._width, 1))
        return rows, columns, counts.astype(np.float32)

    def __contains__(self, stem: str) -> bool:
        return stem in self._stems

    def query(self, words: Sequence[str]) -> Query:
        # A query has some fifty features: for so few, plain numbers are faster than arrays.
        features = stems, pairs, found = extract(words, self._stem)
        families = self._look_up(features)
        counts = (stems.values(), pairs.values(), found.values())
        columns: list[int] = []
        values: list[float] = []
        for share, places, counted in zip(SHARES, families, counts, strict=True):
            weights = [
                self._rarity[at] * (1 + log(n) if n > 1 else 1)
                for at, n in zip(places, counted, strict=True)
            ]
            scale = sqrt(share) / (hypot(*weights) or 1)
            columns += places
            values += [scale * weight for weight in weights]
        looked_up = np.array(columns, np.intp)
        held = looked_up >= 0
        known = [at for at in families[0] if at >= 0]
        whole = sum(self._rarity[at] ** 2 for at in families[0])
        return Query(
            looked_up[held],
            np.array(values, np.float32)[held],
            np.array(known, np.intp),
            np.array([self._rarity[at] ** 2 / whole for at in known], np.float32),
        )

    def _look_up(self, features: Features) -> tuple[list[int], list[int], list[int]]:
        """The column of each feature, -1 for one that no text holds; by family."""
        stems, pairs, found = features
        pairs_end = self._ends[1]
        return (
            [self._stems.get(stem, -1) for stem in stems],
            [self._pair_column(a, b) for a, b in pairs],
            [-1 if (at := self._runs.get(run)) is None else pairs_end + at for run in found],
        )

    def _pair_column(self, a: str, b: str) -> int:
        one, other = self._stems.get(a), self._stems.get(b)
        if one is None or other is None:
            return -1
        pair = min(one, other) * len(self._stems) + max(one, other)
        at = bisect_left(self._pairs, pair)
        return self._ends[0] + at if at < len(self._pairs) and self._pairs[at] == pair else -1

    def rarest(self, least: float) -> tuple[Integers, Integers, Floats]:
        """Text, column and value of each text's rarest features, by text: of so many that two texts
        with a cosine of `least` or more share one. (The length of what is left out is less.)"""
        rows = np.repeat(np.arange(len(self._sizes)), self._sizes)
        order = np.lexsort((-np.bincount(self._columns)[self._columns], rows))
        columns, values = self._columns[order], self._values[order]
        length = np.cumsum(values**2, dtype=np.float64)
        kept = length - np.append(0, length)[self._starts][rows] >= least**2
        return rows[kept], columns[kept].astype(np.intp), values[kept]

    def bm25(self, query: Query) -> Scores:
        """The score of each group, taken whole, by BM25, of shape (groups,)."""
        columns = query.columns
        lengths = self._holding[columns]
        if lengths.sum() > POSTINGS:
            rarest = np.argsort(lengths, kind="stable")
            columns, lengths = columns[rarest], lengths[rarest]
            within = np.searchsorted(np.cumsum(lengths), POSTINGS, side="right")
            columns, lengths = columns[:within], lengths[:within]
        at = ranges(self._posting_starts[columns], lengths)
        scores = np.bincount(self._posted_groups[at], self._bm25[at], self._groups)
        return scores.astype(np.float64, copy=False)

    def held(self, query: Query, groups: Integers) -> NDArray[np.bool_]:
        """Which of the query's stems each of `groups` holds, of shape (groups, stems)."""
        wanted = query.stems * self._groups + groups[:, None]
        at = np.searchsorted(self._postings, wanted).clip(max=len(self._postings) - 1)
        held: NDArray[np.bool_] = self._postings[at] == wanted
        return held

    def similarities(self, query: Query, groups: Integers) -> tuple[Integers, Floats]:
        """The texts of `groups`, and the cosine of each with `query`, 0 to 1, of shape (texts,)."""
        rows = ranges(self._group_starts[groups], self._group_sizes[groups])
        parts = [slice(*self._bounds[at : at + 2]) for at in groups.tolist()]
        columns = np.concatenate([self._columns[part] for part in parts])
        values = np.concatenate([self._values[part] for part in parts])
        sizes = self._sizes[rows]
        spread = np.zeros(self._width, np.float32)
        spread[query.columns] = query.values
        products = spread[columns] * values
        return rows, np.add.reduceat(products, np.cumsum(sizes) - sizes)

    def gram(self, rows: Integers) -> Floats:
        """The cosine between each text of `rows` and each, of shape (rows, rows)."""
        sizes = self._shared[rows]
        at = ranges(self._starts[rows], sizes)
        columns, row = self._columns[at], np.repeat(np.arange(len(rows)), sizes)
        # What only one of these texts holds makes it like no other of them.
        # (Sorting takes as long however many columns there are; counting in all of them does not.)
        ordered = np.sort(columns)
        several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        place = np.zeros(self._width, np.int32)
        place[several] = np.arange(1, len(several) + 1)
        width = len(several) + 1
        dense = np.zeros(len(rows) * width, np.float32)
        dense[row * width + place[columns]] = self._values[at]
        dense = dense.reshape(-1, width)[:, 1:]
        product: Floats = dense @ dense.T
        np.fill_diagonal(product, self._squares[rows])
        return product


def _numbered(texts: Iterable[str], numbers: dict[str, int]) -> Integers:
    """The number of each text in `numbers`, which grows."""
    return np.fromiter((numbers.setdefault(text, len(numbers)) for text in texts), np.intp)


def ranges(starts: Integers, lengths: Integers) -> Integers:
    """The ranges that begin at `starts` and are `lengths` long, one after another."""
    return np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
