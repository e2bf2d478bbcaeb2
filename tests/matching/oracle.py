"""The matcher again, slow and obvious: dictionaries, double precision, the formulas of the books.

The fast one has to agree with it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby, pairwise

import numpy as np

from bot.matching.block import (
    EVIDENCE_BIAS,
    EVIDENCE_WEIGHTS,
    FEWEST,
    GROUP,
    GROUPS,
    RELATIVE,
    RIDGE,
    ROWS,
    SHIFT,
)
from bot.matching.features import RUN
from bot.matching.postings import K1, B
from bot.matching.vectors import SHARES
from bot.text import stem, words

Feature = str | tuple[str, ...]
Vector = dict[Feature, float]


def cosine(a: Vector, b: Vector) -> float:
    return sum(value * b.get(feature, 0.0) for feature, value in a.items())


def families(text: Sequence[str]) -> list[Counter[Feature]]:
    """How often a text holds each feature; so written that none is taken for one of another
    family."""
    stems = [stem(word) for word in text]
    edged = [f"<{word}>" for word in text]
    return [
        Counter(("stem", one) for one in stems),
        Counter(("pair", *sorted(pair)) for pair in pairwise(stems)),
        Counter(
            ("run", word[at : at + RUN]) for word in edged for at in range(len(word) - RUN + 1)
        ),
    ]


class SlowSpace:
    """What `Space` tells, of the same texts in the same groups."""

    def __init__(self, texts: Sequence[Sequence[str]], group_of: Sequence[int]) -> None:
        self.groups = [Counter[Feature]() for _ in range(max(group_of) + 1)]
        for text, group in zip(texts, group_of, strict=True):
            for family in families(text):
                self.groups[group].update(family)
        self.vectors = [self.vector(text) for text in texts]

    def holding(self, feature: Feature) -> int:
        return sum(feature in group for group in self.groups)

    def rarity(self, feature: Feature) -> float:
        return math.sqrt(1 + math.log((1 + len(self.groups)) / (1 + self.holding(feature))))

    def weight(self, feature: Feature, count: int) -> float:
        # What no text holds counts each time by itself.
        often = 1 + math.log(count) if self.holding(feature) else math.sqrt(count)
        return often * self.rarity(feature)

    def vector(self, text: Sequence[str]) -> Vector:
        vector: Vector = {}
        for share, family in zip(SHARES, families(text), strict=True):
            weights = {f: self.weight(f, count) for f, count in family.items()}
            length = math.hypot(*weights.values())
            vector |= {f: weight / length * math.sqrt(share) for f, weight in weights.items()}
        return vector

    def similarities(self, query: Sequence[str]) -> list[float]:
        vector = self.vector(query)
        return [cosine(vector, row) for row in self.vectors]

    def gram(self) -> list[list[float]]:
        return [[cosine(a, b) for b in self.vectors] for a in self.vectors]

    def bm25(self, query: Sequence[str]) -> list[float]:
        return [self._bm25(query, group) for group in self.groups]

    def _bm25(self, query: Sequence[str], group: Counter[Feature]) -> float:
        mean = sum(pooled.total() for pooled in self.groups) / len(self.groups)
        long = 1 - B + B * group.total() / mean
        score = 0.0
        for feature in [f for family in families(query) for f in family]:
            held = self.holding(feature)
            idf = math.log(1 + (len(self.groups) - held + 0.5) / (held + 0.5))
            score += idf * group[feature] * (K1 + 1) / (group[feature] + K1 * long)
        return score

    def share(self, query: Sequence[str], known: Collection[Feature]) -> float:
        """The share of the query's stems, by weight, that are among the known."""
        weights = {
            f: self.rarity(f) ** 2 * (1 if self.holding(f) else count)
            for f, count in families(query)[0].items()
        }
        return sum(weights[f] for f in weights if f in known) / sum(weights.values())


class SlowMatcher:
    """What `Matcher` scores, for texts of one script without typos and aliases."""

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        kin: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.kin = kin or {}
        rows = [
            ((id, at // GROUP), phrasing)
            for id in sorted(phrasings)
            for at, phrasing in enumerate(sorted(set(phrasings[id])))
        ]
        keys = [key for key, _ in groupby(key for key, _ in rows)]
        self.owners = [id for id, _ in keys]
        self.group_of = [keys.index(key) for key, _ in rows]
        self.space = SlowSpace([words(phrasing) for _, phrasing in rows], self.group_of)

    def scores(self, query: str) -> dict[str, float]:
        text = words(query)
        pooled = self.space.bm25(text)
        best = sorted(range(len(pooled)), key=lambda group: -pooled[group])[:GROUPS]
        near = [group for group in best if pooled[group] >= RELATIVE * pooled[best[0]]]
        groups = best[: max(len(near), FEWEST)]
        similar = self.space.similarities(text)
        rows = [row for row, group in enumerate(self.group_of) if group in groups]
        rows = sorted(rows, key=lambda row: -similar[row])[:ROWS]
        values = self._values(rows, similar)

        everything = set[Feature]().union(*self.space.groups)
        scores = {}
        for id in values:
            own = [self.space.groups[g] for g in groups if self.owners[g] == id]
            evidence = (
                values[id],
                self.space.share(text, everything),
                self.space.share(text, set[Feature]().union(*own)),
            )
            logit = EVIDENCE_BIAS + float(np.dot(EVIDENCE_WEIGHTS, evidence))
            scores[id] = 100 / (1 + math.exp(-logit))
        return scores

    def _values(self, rows: Sequence[int], similar: Sequence[float]) -> dict[str, float]:
        gram = self.space.gram()
        kernel = np.array([[_kernel(gram[a][b]) for b in rows] for a in rows])
        wanted = np.array([_kernel(similar[row]) for row in rows])
        shares = np.linalg.solve(kernel + RIDGE * np.eye(len(rows)), wanted)
        own = dict.fromkeys([self.owners[self.group_of[row]] for row in rows], 0.0)
        for row, share in zip(rows, shares, strict=True):
            own[self.owners[self.group_of[row]]] += share
        values = {}
        for id in own:
            kin = [own.get(one, 0.0) for one in {id, *self.kin.get(id, ())}]
            values[id] = sum(kin) if own[id] == max(kin) else own[id]
        return values


def _kernel(similarity: float) -> float:
    return ((similarity + SHIFT) / (1 + SHIFT)) ** 2
