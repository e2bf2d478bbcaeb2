"""Texts as sparse vectors, and how they compare with a query.

A vector has length 1, of which each family of features has its fixed share. Features weigh by
rarity: the fewer groups of texts hold one, the more. Features that no text holds still count into a
query's length, so a query that speaks mostly of other things is far from everything.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, log, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import FAMILIES, UNKNOWN, Integers, Vocabulary, in_order, ranges, small
from bot.matching.postings import Postings, Scores

Floats = NDArray[np.float32]

SHARES = (1 / 3, 1 / 6, 1 / 2)
"""Shares of stems, pairs and runs of characters in a vector; chosen on the validation rows of
CLINC150, 2026-11."""


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
    """Texts in groups of neighbours: `group_ends` tells where each ends and the next begins, and
    `owners` the number of each group's owner, of whom one may have several.

    `stem` tells the stem of a word.
    """

    def __init__(
        self,
        texts: Sequence[Sequence[str]],
        group_ends: Integers,
        owners: Integers,
        stem: Callable[[str], str],
    ) -> None:
        self._vocabulary = Vocabulary(stem)
        rows, columns, counts = self._vocabulary.learn(texts)
        ends = self._vocabulary.ends
        self._width = width = ends[-1]
        self._group_sizes = np.diff(group_ends, prepend=0)
        self._group_starts = group_ends - self._group_sizes
        groups = len(group_ends)
        group_of = np.repeat(np.arange(groups), self._group_sizes)[rows]
        self._postings = Postings(columns, group_of, counts, width=width, groups=groups)

        # Which stems an owner knows: pairs of stem and owner, in this order.
        self._owners = int(owners.max(initial=-1)) + 1
        stems = columns < ends[0]
        known, knowing = columns[stems], owners[group_of[stems]]
        order, starts = in_order(known, knowing)
        self._owned = (known * self._owners + knowing)[order[starts]]

        used = np.bincount(columns[stems], counts[stems], ends[0])
        self._typical = array("d", self._vocabulary.typical(used))

        # The last is that of features that no text holds.
        holding = np.append(self._postings.holding, 0)
        rarity = np.sqrt(1 + np.log((1 + groups) / (1 + holding)))
        self._rarity = array("d", rarity)
        families = np.searchsorted(ends, columns, side="right")
        weights = (1 + np.log(counts)) * rarity[columns]
        squares = np.bincount(rows * FAMILIES + families, weights**2, len(texts) * FAMILIES)
        lengths = np.sqrt(squares)[rows * FAMILIES + families]
        values = (weights / lengths * np.sqrt(SHARES)[families]).astype(np.float32)
        # Of each text first the features that others hold, too: only they make texts alike.
        lonely = (np.bincount(columns, minlength=width) == 1)[columns]
        order = np.lexsort((lonely, rows))
        self._values, self._columns = values[order], small(columns[order])
        self._sizes = np.bincount(rows, minlength=len(texts))
        self._squares = np.bincount(rows, values**2, len(texts)).astype(np.float32)
        self._shared = self._sizes - np.bincount(rows, lonely, len(texts)).astype(np.intp)
        self._starts = np.cumsum(self._sizes) - self._sizes
        bounds = np.append(self._starts, len(columns))
        self._bounds = array("q", bounds[np.append(self._group_starts, len(texts))])

    def texts(self) -> Iterator[tuple[str, ...]]:
        return self._vocabulary.texts()

    def stems(self, words: Sequence[str]) -> list[int]:
        """The column of each word's stem, or `UNKNOWN`."""
        return self._vocabulary.stem_columns(words)

    def typical(self, stems: Sequence[int]) -> float:
        """How typical of the texts `stems` are together, see `Vocabulary.typical`."""
        return sum(self._typical[at] for at in set(stems) if at != UNKNOWN)

    def query(self, words: Sequence[str]) -> Query:
        # A query has some fifty features: for so few, plain numbers are faster than arrays.
        families = self._vocabulary.features(words)
        rarity = self._rarity
        columns: list[int] = []
        values: list[float] = []
        for share, found in zip(SHARES, families, strict=True):
            counted = Counter(found)
            unknown = counted.pop(UNKNOWN, 0)
            weights = [rarity[at] * (1 + log(n) if n > 1 else 1) for at, n in counted.items()]
            length = hypot(*weights, sqrt(unknown) * rarity[UNKNOWN])
            scale = sqrt(share) / (length or 1)
            columns += counted
            values += [scale * weight for weight in weights]
        stems = {at: rarity[at] ** 2 for at in families[0] if at != UNKNOWN}
        whole = sum(stems.values()) + families[0].count(UNKNOWN) * rarity[UNKNOWN] ** 2
        return Query(
            np.array(columns, np.intp),
            np.array(values, np.float32),
            np.array([*stems], np.intp),
            np.array([*stems.values()], np.float32) / np.float32(whole),
        )

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
        """The score of each group by BM25, of shape (groups,)."""
        return self._postings.bm25(query.columns)

    def known(self, query: Query, owners: Integers) -> Floats:
        """The share of the query that each of `owners` knows, of shape (owners,)."""
        wanted = query.stems * self._owners + owners[:, None]
        at = self._owned.searchsorted(wanted)
        owned = self._owned.take(at, mode="clip") == wanted
        # Not by BLAS, which was once seen to warn of invalid values here, where there are none.
        known: Floats = np.add.reduce(owned * query.weights, axis=1)
        return known

    def similarities(self, query: Query, groups: Integers) -> tuple[Integers, Floats]:
        """The texts of `groups`, and the cosine of each with `query`, 0 to 1, of shape (texts,)."""
        rows = ranges(self._group_starts[groups], self._group_sizes[groups])
        parts = [slice(*self._bounds[at : at + 2]) for at in groups.tolist()]
        columns = np.concatenate([self._columns[part] for part in parts])
        products = np.concatenate([self._values[part] for part in parts])
        sizes = self._sizes[rows]
        spread = np.zeros(self._width, np.float32)
        spread[query.columns] = query.values
        products *= spread.take(columns)
        return rows, np.add.reduceat(products, sizes.cumsum() - sizes)

    def gram(self, rows: Integers) -> Floats:
        """The cosine between each text of `rows` and each, of shape (rows, rows)."""
        sizes = self._shared[rows]
        at = ranges(self._starts[rows], sizes)
        columns = self._columns.take(at).astype(np.intp)
        # What only one of these texts holds makes it like no other of them: only columns that come
        # again get a number. (Sorting, to find them, would take several times as long.)
        place = np.zeros(self._width, np.int32)
        again = columns.compress(_come_again(columns, place))
        several = again.compress(~_come_again(again, place))
        place[columns] = 0
        place[several] = np.arange(1, len(several) + 1)
        width = len(several) + 1
        dense = np.zeros(len(rows) * width, np.float32)
        begin = np.arange(0, len(dense), width).repeat(sizes)
        begin += place.take(columns)
        dense[begin] = self._values.take(at)
        dense = dense.reshape(-1, width)[:, 1:]
        product: Floats = dense @ dense.T
        diagonal(product)[:] = self._squares[rows]
        return product


def _come_again(columns: Integers, place: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which of `columns` stand there again further on; notes in `place` where each stands last."""
    order = np.arange(len(columns), dtype=np.int32)
    place[columns] = order
    return np.not_equal(place.take(columns), order)


def diagonal(matrix: Floats) -> Floats:
    """A view of the diagonal of a square matrix, to be written to."""
    return matrix.ravel()[:: len(matrix) + 1]
