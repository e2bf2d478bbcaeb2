"""Which groups of texts hold which features: an inverted index, ranked by BM25."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Integers, in_order, ranges, small

Scores = NDArray[np.float64]

K1, B = 1.2, 0.75
"""Saturation of a feature's count, and how far a long group counts as long; the usual ones
(Robertson and Zaragoza, 2009)."""

FEW, OF_EACH, MANY = 1_000, 6, 50_000
"""Postings that a query is compared with at most, those of the rarest features first: so many, or
if that is more, so many for each group, but never more than that. The common features tell next to
nothing and would cost the most: on CLINC150's validation rows six a group rank as well as all
(2026-11)."""


class Postings:
    """An index of `groups` groups and `width` columns of features.

    A feature of the column `columns[i]` occurs `counts[i]` times in a text of the group
    `group_of[i]`. `holding` tells for each column how many groups hold it.
    """

    def __init__(
        self, columns: Integers, group_of: Integers, counts: Integers, *, width: int, groups: int
    ) -> None:
        self._number = groups
        # A posting is a pair of column and group, in this order.
        order, starts = in_order(columns, group_of)
        first = order[starts]
        posted, held_by = columns[first], group_of[first]
        self._groups = small(held_by)
        self.holding = np.bincount(posted, minlength=width).astype(np.int32)
        self._starts = np.cumsum(self.holding, dtype=np.int32) - self.holding

        counted = np.add.reduceat(counts[order], starts)
        length = np.bincount(held_by, counted)
        damping = K1 * (1 - B + B * length * groups / max(length.sum(), 1))
        idf = np.log(1 + (groups - self.holding + 0.5) / (self.holding + 0.5))
        saturated = counted * (K1 + 1) / (counted + damping[held_by])
        self._weights = (idf[posted] * saturated).astype(np.float32)

    def bm25(self, columns: Integers) -> Scores:
        """The score of each group, taken whole, for a query of the features in `columns`, of shape
        (groups,)."""
        lengths = self.holding[columns]
        rarest = lengths.argsort(kind="stable")
        lengths = lengths[rarest]
        most = min(max(FEW, OF_EACH * self._number), MANY)
        within = lengths.cumsum().searchsorted(most, side="right")
        columns, lengths = columns[rarest[:within]], lengths[:within]
        at = ranges(self._starts[columns], lengths)
        scores = np.bincount(self._groups.take(at), self._weights.take(at), self._number)
        return scores.astype(np.float64, copy=False)
