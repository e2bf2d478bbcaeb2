"""Words as features, features as sparse vectors, and how alike texts are by them."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot import text

Floats = NDArray[np.float32]
Integers = NDArray[np.intp]

Features = tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]
"""How often each feature occurs in a text: stems, pairs of stems, runs of characters."""

FAMILIES = 3


def extract(words: Sequence[str], stem: Callable[[str], str] = text.stem) -> Features:
    """The features of a text, with `stem` to tell the stem of a word.

    Stems; pairs of stems in any order, neighbours and by half those one place apart; and runs of
    3 and 4 characters within each word, its edges marked.
    """
    stems = tuple(map(stem, words))
    pairs: dict[str, float] = {}
    for found, weight in ((pairwise(stems), 1.0), (zip(stems, stems[2:], strict=False), 0.5)):
        for a, b in found:
            pair = f"{min(a, b)} {max(a, b)}"
            pairs[pair] = pairs.get(pair, 0.0) + weight
    edged = [f"<{word}>" for word in words]
    # The mark in front keeps a run of characters from being taken for a stem.
    runs = Counter(
        "#" + word[at : at + n] for n in (3, 4) for word in edged for at in range(len(word) - n + 1)
    )
    return Counter(stems), pairs, runs


class Sparse:
    """A sparse matrix, stored by column: a query touches only the columns of its own features.

    `values[i]` stands at row `rows[i]` and column `columns[i]`.
    """

    DENSE_FROM = 80
    """Rows that a column fills from which BLAS multiplies it faster as a dense one."""

    def __init__(
        self, rows: Integers, columns: Integers, values: Floats, shape: tuple[int, int]
    ) -> None:
        order = np.argsort(columns, kind="stable")
        self._rows, self._values = rows[order], values[order].astype(np.float32)
        self._shape = shape
        self._lengths = np.bincount(columns, minlength=shape[1])
        self._starts = np.cumsum(self._lengths) - self._lengths

    def dot(self, columns: Integers, values: Floats) -> Floats:
        """The product with a sparse vector, of shape (rows,)."""
        lengths = self._lengths[columns]
        places = _ranges(self._starts[columns], lengths)
        products = self._values[places] * np.repeat(values, lengths)
        return np.bincount(self._rows[places], products, self._shape[0]).astype(np.float32)

    def gram(self, height: int) -> Iterator[Floats]:
        """The product of each row with each, as strips of its upper triangle: `height` rows each,
        from the diagonal on."""
        dense = self._lengths >= self.DENSE_FROM
        column = np.repeat(np.arange(self._shape[1]), self._lengths)
        is_dense = dense[column]
        matrix = np.zeros((self._shape[0], np.count_nonzero(dense)), np.float32)
        place = (np.cumsum(dense) - 1)[column[is_dense]]
        matrix[self._rows[is_dense], place] = self._values[is_dense]

        thin = np.flatnonzero(~is_dense)
        for start in range(0, self._shape[0], height):
            strip: Floats = matrix[start : start + height] @ matrix[start:].T
            # In a thin column each value meets each.
            own = thin[self._rows[thin] // height == start // height]
            meets = self._lengths[column[own]]
            a, b = np.repeat(own, meets), _ranges(self._starts[column[own]], meets)
            upper = self._rows[b] >= start
            a, b = a[upper], b[upper]
            at = (self._rows[a] - start, self._rows[b] - start)
            np.add.at(strip, at, self._values[a] * self._values[b])
            yield strip


def _ranges(starts: Integers, lengths: Integers) -> Integers:
    """The ranges that begin at `starts` and are `lengths` long, one after another."""
    return np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)


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
    """The phrasings of all entries as vectors.

    A vector has length 1, of which each family of features has its fixed share. Features weigh by
    rarity: the fewer entries hold one, the more. Features that no phrasing holds still count into a
    query's length, so a query that speaks mostly of other things is far from everything.
    """

    K1, B = 1.2, 0.75
    """Of BM25: saturation of a feature's count, and how far a long entry counts as long; the usual
    ones (Robertson and Zaragoza, 2009)."""

    def __init__(
        self, phrasings: Iterable[Features], entry_of: Integers, shares: Sequence[float]
    ) -> None:
        columns, families, counts, sizes = self._read(phrasings)
        rows = np.repeat(np.arange(len(entry_of)), sizes)
        width = len(self._columns)
        self._entries = int(entry_of.max(initial=-1)) + 1

        pooled, place = np.unique(entry_of[rows] * width + columns, return_inverse=True)
        pooled_entry, pooled_column = np.divmod(pooled, width)
        holding = np.bincount(pooled_column, minlength=width)
        # The last is that of features that no phrasing holds.
        self._rarity = self._rarity_of(np.append(holding, 0))
        self._shares = np.sqrt(np.asarray(shares, np.float32))

        weights = _damped(counts) * self._rarity[columns]
        squares = np.bincount(rows * FAMILIES + families, weights**2, len(entry_of) * FAMILIES)
        lengths = np.sqrt(squares)[rows * FAMILIES + families]
        values = weights / lengths * self._shares[families]
        self._vectors = Sparse(rows, columns, values, (len(entry_of), width))

        pooled_count = np.bincount(place, counts)
        length = np.bincount(pooled_entry, pooled_count)
        damping = self.K1 * (1 - self.B + self.B * length * self._entries / length.sum())
        idf = np.log(1 + (self._entries - holding + 0.5) / (holding + 0.5))
        saturated = pooled_count * (self.K1 + 1) / (pooled_count + damping[pooled_entry])
        bm25 = idf[pooled_column] * saturated
        self._bm25 = Sparse(pooled_entry, pooled_column, bm25, (self._entries, width))
        self._width = width
        self._pooled = pooled

    def _read(self, phrasings: Iterable[Features]) -> tuple[Integers, Integers, Floats, Integers]:
        """Column, family and count of each feature of each phrasing, and how many each has."""
        self._columns: defaultdict[str, int] = defaultdict()
        self._columns.default_factory = self._columns.__len__
        columns, families, counts, sizes = array("q"), array("b"), array("f"), array("q")
        for features in phrasings:
            for family, counted in enumerate(features):
                columns.extend(map(self._columns.__getitem__, counted))
                families.extend([family] * len(counted))
                counts.extend(counted.values())
            sizes.append(sum(map(len, features)))
        return (
            np.array(columns, np.intp),
            np.array(families, np.intp),
            np.array(counts, np.float32),
            np.array(sizes, np.intp),
        )

    def _rarity_of(self, holding: Integers) -> Floats:
        # The square root of the usual logarithm did better on short texts.
        rarity: Floats = np.sqrt(1 + np.log((1 + self._entries) / (1 + holding)))
        return rarity.astype(np.float32)

    def __contains__(self, feature: str) -> bool:
        return feature in self._columns

    def query(self, features: Features) -> Query:
        at = np.array([self._columns.get(f, -1) for counted in features for f in counted], np.intp)
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

    def similarities(self, query: Query) -> Floats:
        """The cosine between `query` and each phrasing, 0 to 1, of shape (phrasings,)."""
        return self._vectors.dot(query.columns, query.values)

    def gram(self, height: int) -> Iterator[Floats]:
        """The cosine between each phrasing and each, as strips of `height` rows of the upper
        triangle."""
        return self._vectors.gram(height)

    def standard_scores(self, query: Query) -> Floats:
        """How far each entry, taken whole, stands out by BM25, in standard deviations, of shape
        (entries,)."""
        scores = self._bm25.dot(query.columns, np.ones(len(query.columns), np.float32))
        standard: Floats = (scores - scores.mean()) / (scores.std() or 1.0)
        return standard

    def known(self, query: Query, entries: Sequence[int]) -> Floats:
        """The share of the query's stems, by weight, that each of `entries` holds."""
        wanted = np.asarray(entries)[:, None] * self._width + query.stems
        at = np.searchsorted(self._pooled, wanted).clip(max=len(self._pooled) - 1)
        held: Floats = (self._pooled[at] == wanted) @ query.weights
        return held


def _damped(counts: Floats) -> Floats:
    """A feature that occurs twice counts less than double; one that counts by half, by half."""
    return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts)
