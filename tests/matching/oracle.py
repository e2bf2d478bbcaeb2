"""The matcher again, slow and obvious: dictionaries, double precision, the formulas of the books.

The fast one has to agree with it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bot.matching.block import (
    EVIDENCE_BIAS,
    EVIDENCE_WEIGHTS,
    POOLED,
    RIDGE,
    SHARES,
    SHIFT,
)
from bot.matching.vectors import Features, Space, extract
from bot.text import words

Vector = dict[str, float]


def cosine(a: Vector, b: Vector) -> float:
    return sum(value * b.get(feature, 0.0) for feature, value in a.items())


class SlowSpace:
    """What `Space` tells, of the same phrasings."""

    def __init__(self, phrasings: Sequence[Features], entry_of: Sequence[int]) -> None:
        self.pooled = [Counter[str]() for _ in range(max(entry_of) + 1)]
        for features, entry in zip(phrasings, entry_of, strict=True):
            for family in features:
                self.pooled[entry].update(family)
        self.vectors = [self.vector(features) for features in phrasings]

    def holding(self, feature: str) -> int:
        return sum(feature in entry for entry in self.pooled)

    def rarity(self, feature: str) -> float:
        return math.sqrt(1 + math.log((1 + len(self.pooled)) / (1 + self.holding(feature))))

    def vector(self, features: Features) -> Vector:
        vector: Vector = {}
        for share, family in zip(SHARES, features, strict=True):
            weights = {
                feature: (1 + math.log(count) if count > 1 else count) * self.rarity(feature)
                for feature, count in family.items()
            }
            length = math.hypot(*weights.values())
            vector |= {f: weight / length * math.sqrt(share) for f, weight in weights.items()}
        return vector

    def similarities(self, query: Features) -> list[float]:
        vector = self.vector(query)
        return [cosine(vector, row) for row in self.vectors]

    def gram(self) -> list[list[float]]:
        return [[cosine(a, b) for b in self.vectors] for a in self.vectors]

    def bm25(self, query: Features, entry: Counter[str]) -> float:
        mean = sum(pooled.total() for pooled in self.pooled) / len(self.pooled)
        score = 0.0
        for feature in [feature for family in query for feature in family]:
            held = self.holding(feature)
            idf = math.log(1 + (len(self.pooled) - held + 0.5) / (held + 0.5))
            long = 1 - Space.B + Space.B * entry.total() / mean
            score += idf * entry[feature] * (Space.K1 + 1) / (entry[feature] + Space.K1 * long)
        return score

    def standard_scores(self, query: Features) -> list[float]:
        scores = [self.bm25(query, entry) for entry in self.pooled]
        deviation = float(np.std(scores)) or 1.0
        return [(score - float(np.mean(scores))) / deviation for score in scores]

    def share(self, query: Features, known: Sequence[Counter[str]]) -> float:
        """The share of the query's stems, by weight, that any of `known` holds."""
        weights = {stem: self.rarity(stem) ** 2 for stem in query[0]}
        held = [weights[stem] for stem in weights if any(stem in entry for entry in known)]
        return sum(held) / sum(weights.values())


class SlowMatcher:
    """What `Matcher` scores, for texts without typos and aliases."""

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        kin: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.ids = sorted(phrasings)
        self.kin = kin or {}
        rows = [(at, p) for at, id in enumerate(self.ids) for p in phrasings[id]]
        entry_of = [at for at, _ in rows]
        self.space = SlowSpace([extract(words(p)) for _, p in rows], entry_of)
        kernel = np.array([[_kernel(value) for value in row] for row in self.space.gram()])
        targets = np.array(
            [[float(at == entry) for entry in range(len(self.ids))] for at in entry_of]
        )
        self.weights = np.linalg.solve(kernel + RIDGE * np.eye(len(rows)), targets)

    def scores(self, query: str) -> dict[str, float]:
        features = extract(words(query))
        kernel = np.array([_kernel(value) for value in self.space.similarities(features)])
        values = [float(kernel @ column) for column in self.weights.T]
        pooled = self.space.standard_scores(features)
        ranks = [value + POOLED * z for value, z in zip(values, pooled, strict=True)]
        scores = {}
        for entry, id in enumerate(self.ids):
            kin = {id, *self.kin.get(id, ())}
            rivals = [rank for other, rank in zip(self.ids, ranks, strict=True) if other not in kin]
            evidence = (
                sum(value for one, value in zip(self.ids, values, strict=True) if one in kin),
                ranks[entry] - max(rivals, default=0.0),
                self.space.share(features, self.space.pooled),
                self.space.share(features, [self.space.pooled[entry]]),
            )
            logit = EVIDENCE_BIAS + float(np.dot(EVIDENCE_WEIGHTS, evidence))
            scores[id] = 100 / (1 + math.exp(-logit))
        return scores


def _kernel(similarity: float) -> float:
    return ((similarity + SHIFT) / (1 + SHIFT)) ** 3
