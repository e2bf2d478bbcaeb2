"""Texts as sparse vectors, and how they compare with a query.

A vector has length 1, of which each family of features has its fixed share. Features weigh by
rarity: the fewer groups of texts hold one, the more. Features that no text holds still count into a
query's length, so a query that speaks mostly of other things is far from everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import FAMILIES, Features, extract, runs

Floats = NDArray[np.float32]
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
    """Texts in groups: `group_of` tells for each text the number of its group, from 0 on, rising.

    `stem` tells the stem of a word.
    """

    def __init__(
        self, texts: Sequence[Sequence[str]], group_of: Integers, stem: Callable[[str], str]
    ) -> None:
        self._stem = stem
        self._groups = int(group_of.max(initial=-1)) + 1
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
        self._rarity = rarity.astype(np.float32)
        self._shares = np.sqrt(np.asarray(SHARES, np.float32))
        families = np.searchsorted(self._ends, columns, side="right")
        weights = _damped(counts) * self._rarity[columns]
        squares = np.bincount(rows * FAMILIES + families, weights**2, len(texts) * FAMILIES)
        lengths = np.sqrt(squares)[rows * FAMILIES + families]
        values = (weights / lengths * self._shares[families]).astype(np.float32)
        # Of each text first the features that others hold, too: only they make texts alike.
        lonely = (np.bincount(columns, minlength=width) == 1)[columns]
        order = np.lexsort((lonely, rows))
        self._values, self._columns = values[order], columns[order].astype(np.int32)
        self._sizes = np.bincount(rows, minlength=len(texts))
        self._squares = np.bincount(rows, values**2, len(texts)).astype(np.float32)
        self._shared = self._sizes - np.bincount(rows, lonely, len(texts)).astype(np.intp)
        self._starts = np.cumsum(self._sizes) - self._sizes

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
        pair = self._pair(a[same], b[same])
        self._pairs, pair = np.unique(pair, return_inverse=True)

        size = length[flat]
        run = run_of[_ranges((np.cumsum(length) - length)[flat], size)]
        self._ends = np.cumsum([len(self._stems), len(self._pairs), len(self._runs)])
        self._width = int(self._ends[-1])
        found = (row * self._width + stems, row[:-1][same] * self._width + pair + self._ends[0])
        runs_found = np.repeat(row, size) * self._width + run + self._ends[1]
        places, counts = np.unique(np.concatenate([*found, runs_found]), return_counts=True)
        rows, columns = np.divmod(places, max(self._width, 1))
        return rows, columns, counts.astype(np.float32)

    def _pair(self, a: Integers, b: Integers) -> Integers:
        return np.minimum(a, b) * len(self._stems) + np.maximum(a, b)

    def __contains__(self, stem: str) -> bool:
        return stem in self._stems

    def query(self, words: Sequence[str]) -> Query:
        features = extract(words, self._stem)
        at = self._look_up(features)
        counts = np.array([n for counted in features for n in counted.values()], np.float32)
        sizes = [len(counted) for counted in features]
        family = np.repeat(np.arange(FAMILIES), sizes)
        rarity = self._rarity[at]
        weights = _damped(counts) * rarity
        lengths = np.sqrt(np.bincount(family, weights**2, FAMILIES))
        values = weights * (self._shares / np.where(lengths > 0, lengths, 1))[family]
        known = at >= 0
        stems, share = at[: sizes[0]], rarity[: sizes[0]] ** 2
        share = (share[stems >= 0] / (share.sum() or 1)).astype(np.float32)
        return Query(at[known], values[known].astype(np.float32), stems[stems >= 0], share)

    def _look_up(self, features: Features) -> Integers:
        """The column of each feature, -1 for one that no text holds."""
        stems, pairs, found = features
        number = self._stems.get
        numbers = np.array([(number(a, -1), number(b, -1)) for a, b in pairs], np.intp)
        a, b = numbers.reshape(-1, 2).T
        wanted = np.where((a >= 0) & (b >= 0), self._pair(a, b), -1)
        at = np.searchsorted(self._pairs, wanted)
        held = np.append(self._pairs, -2)[at] == wanted
        run = self._runs.get
        return np.concatenate(
            [
                np.array([number(stem, -1) for stem in stems], np.intp),
                np.where(held, at + self._ends[0], -1),
                np.array([run(one, -1 - self._ends[1]) for one in found], np.intp) + self._ends[1],
            ]
        )

    def bm25(self, query: Query) -> Floats:
        """The score of each group, taken whole, by BM25, of shape (groups,)."""
        columns = query.columns[np.argsort(self._holding[query.columns], kind="stable")]
        lengths = self._holding[columns]
        within = np.searchsorted(np.cumsum(lengths), POSTINGS, side="right")
        columns, lengths = columns[:within], lengths[:within]
        at = _ranges(self._posting_starts[columns], lengths)
        counted = np.bincount(self._posted_groups[at], self._bm25[at], self._groups)
        return counted.astype(np.float32)

    def held(self, query: Query, groups: Integers) -> NDArray[np.bool_]:
        """Which of the query's stems each of `groups` holds, of shape (groups, stems)."""
        wanted = query.stems * self._groups + groups[:, None]
        at = np.searchsorted(self._postings, wanted).clip(max=len(self._postings) - 1)
        held: NDArray[np.bool_] = self._postings[at] == wanted
        return held

    def similarities(self, query: Query, rows: Integers) -> Floats:
        """The cosine between `query` and each text of `rows`, 0 to 1, of shape (rows,)."""
        sizes = self._sizes[rows]
        at = _ranges(self._starts[rows], sizes)
        spread = np.zeros(self._width, np.float32)
        spread[query.columns] = query.values
        products = spread[self._columns[at]] * self._values[at]
        return np.add.reduceat(products, np.cumsum(sizes) - sizes)

    def gram(self, rows: Integers) -> Floats:
        """The cosine between each text of `rows` and each, of shape (rows, rows)."""
        sizes = self._shared[rows]
        at = _ranges(self._starts[rows], sizes)
        columns, place = np.unique(self._columns[at], return_inverse=True)
        dense = np.zeros((len(rows), len(columns)), np.float32)
        dense[np.repeat(np.arange(len(rows)), sizes), place] = self._values[at]
        product: Floats = dense @ dense.T
        product[np.diag_indices(len(rows))] = self._squares[rows]
        return product


def _numbered(texts: Iterable[str], numbers: dict[str, int]) -> Integers:
    """The number of each text in `numbers`, which grows."""
    return np.fromiter((numbers.setdefault(text, len(numbers)) for text in texts), np.intp)


def _ranges(starts: Integers, lengths: Integers) -> Integers:
    """The ranges that begin at `starts` and are `lengths` long, one after another."""
    return np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)


def _damped(counts: Floats) -> Floats:
    """A feature that occurs twice counts less than double."""
    return 1 + np.log(counts)
