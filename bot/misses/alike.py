"""Queries among each other: which of them ask alike, by their words alone, whatever the FAQ holds.

A query is a vector of length 1 over the stems of its telling words and the runs of three letters in
them; those that few queries hold weigh more. Two ask alike from a cosine of `ALIKE`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot import questions
from bot.text import stem, words

ALIKE = 0.55
"""Of the pairs of answerable English questions in tests/quality (dev and the fresh sets a to c)
that reach it, 93 of 100 mean the same entry; at 0.5 it is 88 (2026-11-24)."""


def alike(queries: Sequence[str]) -> list[list[int]]:
    """The places of queries, in groups: each joins the first group whose first one is alike, or
    begins one. What comes first is best something typical."""
    found: dict[int, list[int]] = {}
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, vector in enumerate(_vectors(queries)):
        cosines: dict[int, float] = defaultdict(float)
        for feature, value in vector.items():
            for first, other in holding[feature]:
                cosines[first] += value * other
        near = min((first for first, cosine in cosines.items() if cosine >= ALIKE), default=at)
        found.setdefault(near, []).append(at)
        if near == at:
            for feature, value in vector.items():
                holding[feature].append((at, value))
    return list(found.values())


def _vectors(queries: Sequence[str]) -> Iterator[Mapping[str, float]]:
    features = [frozenset(_features(query)) for query in queries]
    held = Counter(feature for text in features for feature in text)
    for text in features:
        weights = {it: math.sqrt(1 + math.log(len(features) / held[it])) for it in text}
        length = math.hypot(*weights.values())
        yield {feature: weight / length for feature, weight in weights.items()}


def _features(query: str) -> Iterator[str]:
    for word in questions.telling(words(query)):
        yield stem(word)
        edged = f"<{word}>"
        # The mark in front keeps a run of letters from being taken for a stem.
        yield from ("#" + edged[at : at + 3] for at in range(len(edged) - 2))
