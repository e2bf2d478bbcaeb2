"""Figures that a ranking is judged by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.worker import Asked


def top_1(found: Sequence[tuple[str, float]], asked: Sequence[Asked]) -> float:
    """Per cent of the queries in scope whose first candidate is right."""
    right = [id == gold for (id, _), (_, gold) in zip(found, asked, strict=True) if gold]
    return 100 * sum(right) / len(right) if right else float("nan")


def auroc(found: Sequence[tuple[str, float]], asked: Sequence[Asked]) -> float:
    """The chance that a query in scope scores above one out of scope; ties count by half."""
    scores: NDArray[np.float64] = np.array([score for _, score in found])
    inside = np.array([gold is not None for _, gold in asked])
    n, m = np.count_nonzero(inside), np.count_nonzero(~inside)
    if not n or not m:
        return float("nan")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[inside].sum() - n * (n + 1) / 2) / (n * m))
