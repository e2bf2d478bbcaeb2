"""Fits the weights of evidence in `bot/matching/block.py` anew, and prints them.

usage: python -m benchmarks.calibrate [FOLDER]     (default ../shared/data; see benchmarks/data.py)

A row is the first candidate for a query of CLINC150's validation rows; its label is whether that is
the right intent, which for an out-of-scope query nothing is. Fitted at 5, 10 and 20 phrasings an
entry together, so that one threshold holds for poor and rich entries; in scope and out of scope
weigh the same. Plain logistic regression by Newton's method.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import clinc150, draw
from bot.matching import Matcher

Floats = NDArray[np.float64]


def rows(folder: str) -> tuple[Floats, Floats, Floats]:
    """Evidence of shape (queries, 3), labels and weights of shape (queries,)."""
    data = clinc150(folder)
    in_scope, out_of_scope = data["val"], data["oos_val"] + data["oos_train"]
    evidence, labels, weights = [], [], []
    for k in (5, 10, 20):
        matcher = Matcher(draw(data["train"], k, seed=7))
        for query, intent in in_scope + out_of_scope:
            text = matcher.read(query)
            block, _ = matcher.block(text)
            first = block.weigh(text)[0]
            evidence.append([first.value, first.known, first.known_to_entry])
            labels.append(block.ids[first.entry] == intent)
            weights.append(1 / len(out_of_scope if intent == "oos" else in_scope))
    return np.array(evidence), np.array(labels, float), np.array(weights) * len(in_scope)


def logistic_regression(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Coefficients, the constant first."""
    design = np.column_stack([np.ones(len(x)), x])
    beta = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ beta))
        hessian = design.T @ (design * (weight * p * (1 - p))[:, None]) + 1e-6 * np.eye(len(beta))
        beta += np.linalg.solve(hessian, design.T @ (weight * (y - p)))
    return beta


if __name__ == "__main__":
    constant, *weights = logistic_regression(*rows(*sys.argv[1:] or ["../shared/data"]))
    print("EVIDENCE_WEIGHTS =", tuple(round(float(w), 2) for w in weights))
    print("EVIDENCE_BIAS =", round(float(constant), 2))
