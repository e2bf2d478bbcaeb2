"""How well the matcher does on public data, beside what most bots do.

usage: python benchmarks/matching.py [FOLDER] [SEEDS]     (default ../shared/data 5)

In the FAQ setting (benchmarks/data.py): k phrasings an entry, whole test sets, mean over the seeds.
top-1 is the share of in-scope queries whose first candidate is right; AUROC, of the first
candidate's score, in scope against out of scope (CLINC150's 1,000 out-of-scope test queries).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from data import Row, banking77, clinc150, draw
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.matching import Matcher

First = Callable[[str], tuple[str, float]]
"""From a query to the first candidate's id and score."""


def ours(phrasings: dict[str, list[str]]) -> First:
    matcher = Matcher(phrasings)

    def first(query: str) -> tuple[str, float]:
        candidates = matcher.rank(query, top_k=1)
        return (candidates[0].id, candidates[0].score) if candidates else ("", 0.0)

    return first


def token_set_ratio(phrasings: dict[str, list[str]]) -> First:
    rows = [(text.lower(), intent) for intent, texts in phrasings.items() for text in texts]
    texts = [text for text, _ in rows]

    def first(query: str) -> tuple[str, float]:
        _, score, at = process.extractOne(query.lower(), texts, scorer=fuzz.token_set_ratio)
        return rows[at][1], score

    return first


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that a query in scope scores above one out of scope; ties count by half."""
    scores: NDArray[np.float64] = np.array([*inside, *outside])
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    wins = ranks[: len(inside)].sum() - len(inside) * (len(inside) + 1) / 2
    return float(wins / (len(inside) * len(outside)))


def measure(
    method: Callable[[dict[str, list[str]]], First],
    train: list[Row],
    test: list[Row],
    out_of_scope: list[Row],
    k: int,
    seeds: int,
) -> tuple[float, float, float]:
    """top-1 in %, AUROC, and milliseconds a query."""
    figures = []
    for seed in range(seeds):
        first = method(draw(train, k, seed=seed))
        start = time.perf_counter()
        inside = [first(text) for text, _ in test]
        spent = 1000 * (time.perf_counter() - start) / len(test)
        right = np.mean([id == intent for (id, _), (_, intent) in zip(inside, test, strict=True)])
        outside = [first(text)[1] for text, _ in out_of_scope]
        area = auroc([score for _, score in inside], outside) if outside else float("nan")
        figures.append((100 * right, area, spent))
    means = np.mean(figures, axis=0)
    return float(means[0]), float(means[1]), float(means[2])


def main(folder: str = "../shared/data", seeds: str = "5") -> None:
    clinc = clinc150(folder)
    sets = {
        "CLINC150": (clinc["train"], clinc["test"], clinc["oos_test"]),
        "BANKING77": (banking77(folder, "train"), banking77(folder, "test"), []),
    }
    print(f"{'data':10} {'method':16} {'k':>3} {'top-1 %':>8} {'AUROC':>7} {'ms/query':>9}")
    for name, (train, test, out_of_scope) in sets.items():
        for method in (ours, token_set_ratio):
            for k in (5, 10, 20):
                top, area, spent = measure(method, train, test, out_of_scope, k, int(seeds))
                print(f"{name:10} {method.__name__:16} {k:3} {top:8.2f} {area:7.4f} {spent:9.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
