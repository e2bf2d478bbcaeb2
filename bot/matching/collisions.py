"""Phrasings that nothing but their own presence keeps with their entry.

Left out, such a phrasing is answered by another entry: whoever asks it in other words will be, too.
On an FAQ that was written with care most phrasings that stray when left out are still right, for
they are there to tell a question from its neighbours. So only those are told that stray far
(`MARGIN`), towards a phrasing that is near in its rarer features (`NEAR`) and asks in the same
question words: "why does she leave" stands beside "does she leave" on purpose.

Not every phrasing is ranked. Of each the nearest of its own entry and the nearest of others are
looked up first, by the products of their rarest features, which few others hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.block import Block
from bot.matching.features import Integers, ranges
from bot.matching.vectors import Floats
from bot.questions import ASKING

LEAST = 0.5
"""Cosine from which a phrasing can be near another: what takes no part in one is left out."""

NEAR, NEARER = 0.5, 0.2
"""Of the rarest features alone: similarity to another entry's phrasing, at least, and by how much
it is more than that to any phrasing of the entry itself or its kin."""

MARGIN = 0.65
"""By how much the other entry's value is more than that of the phrasing's own."""


@dataclass(frozen=True, slots=True)
class Collision:
    """`phrasing`, of the entry `id`, left out, has the higher value for the entry `winner`, of
    which `nearest` is the phrasing nearest to it."""

    id: str
    phrasing: str
    value: float
    winner: str
    nearest: str
    winning: float


def collisions(block: Block) -> Iterator[Collision]:
    """Those among the phrasings of `block`, by entry."""
    words = [*block.words()]
    for row in _suspects(block, words):
        entry = block.entry_of[row]
        own = block.kin[entry]
        found = block.weigh(words[row], without=row)
        value = max((it.value for it in found if it.entry in own), default=0.0)
        best = max(found, key=lambda it: it.value)
        if best.value >= value + MARGIN:
            id, winner = block.ids[entry], block.ids[best.entry]
            nearest = block.texts[best.nearest]
            yield Collision(id, block.texts[row], value, winner, nearest, best.value)


def _suspects(block: Block, words: Sequence[Sequence[str]]) -> Iterator[int]:
    """The rows that are nearer to one of another entry than to any of their own."""
    asked = [ASKING.intersection(text) for text in words]
    near = _Near(*block.rarest(LEAST), len(asked))
    ends = np.searchsorted(block.entry_of, np.arange(len(block.ids) + 1))
    for entry, own in enumerate(block.kin):
        rows = np.arange(ends[entry], ends[entry + 1])
        similar = near.similarities(rows)
        home = np.zeros(len(rows))
        for one in own:
            theirs = slice(ends[one], ends[one + 1])
            home = np.maximum(home, similar[:, theirs].max(axis=1))
            similar[:, theirs] = 0
        away = similar.max(axis=1)
        for at in np.flatnonzero((away >= NEAR) & (away >= home + NEARER)).tolist():
            if asked[rows[at]] == asked[similar[at].argmax()]:
                yield int(rows[at])


class _Near:
    """Sparse rows, and what they hold by column."""

    def __init__(self, rows: Integers, columns: Integers, values: Floats, number: int) -> None:
        self._number = number
        self._rows, self._columns, self._values = rows, columns, values
        self._ends = np.searchsorted(rows, np.arange(number + 1))
        order = np.argsort(columns, kind="stable")
        self._holders, self._held = rows[order], values[order]
        self._holding = np.bincount(columns)
        self._starts = np.cumsum(self._holding) - self._holding

    def similarities(self, rows: Integers) -> NDArray[np.float64]:
        """The product of each of `rows`, which follow one another, with every row but itself."""
        first, after = self._ends[rows[0]], self._ends[rows[-1] + 1]
        columns = self._columns[first:after]
        times = self._holding[columns]
        at = ranges(self._starts[columns], times)
        place = np.repeat((self._rows[first:after] - rows[0]) * self._number, times)
        products = np.repeat(self._values[first:after], times) * self._held[at]
        size = len(rows) * self._number
        summed = np.bincount(place + self._holders[at], products, size)
        found = summed.reshape(len(rows), -1).astype(np.float64, copy=False)
        found[np.arange(len(rows)), rows] = 0
        return found
