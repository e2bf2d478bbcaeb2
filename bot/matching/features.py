"""What texts are made of, numbered: stems, pairs of stems, and runs of characters."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence, Sized
from itertools import accumulate, chain, count, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.background import frequencies

Integers = NDArray[np.intp]

RUN = 3
"""Characters in a run."""

BITS = 21
"""Of a character. Runs are kept as numbers, one character's after another's: as texts they would
take a megabyte and a half."""

_WHOLE = (1 << RUN * BITS) - 1

FAMILIES = 3

UNKNOWN = -1
"""In the place of the column of a feature that no text holds."""


def runs(word: str) -> list[int]:
    """The runs of characters of a word, its edges marked."""
    a, b, *others = map(ord, f"<{word}>")
    run = a << BITS | b
    return [run := (run << BITS | point) & _WHOLE for point in others]


class Vocabulary:
    """The features of texts, each with its column: first the stems, then the pairs of neighbouring
    stems, in any order, then the runs of characters within words.

    `ends` tells for each of the three families after which column it ends. `stem` tells the stem of
    a word.
    """

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem

    def stem_columns(self, words: Sequence[str]) -> list[int]:
        """The column of each word's stem, or `UNKNOWN`."""
        return [
            self._stems.get(self._stem(word), UNKNOWN)
            if (at := self._words.get(word)) is None
            # A word's stem is numbered as its column is.
            else self._stem_of[at]
            for word in words
        ]

    def learn(self, texts: Sequence[Sequence[str]]) -> tuple[Integers, Integers, Integers]:
        """Text, column and count of each feature of each of `texts`, by text: these features are
        known from now on, and no others."""
        self._words, flat = _numbered([*chain.from_iterable(texts)])
        sizes = _lengths(texts)
        self._texts, self._text_ends = small(flat), sizes.cumsum()
        row = np.arange(len(texts)).repeat(sizes)
        self._stems, stem_of = _numbered([*map(self._stem, self._words)])
        coded, run_of = _numbered_runs(self._words)
        # As many runs as letters, for there are two edges.
        length = _lengths(self._words)

        stems = stem_of[flat]
        a, b = stems[:-1], stems[1:]
        same = row[:-1] == row[1:]
        pairs = np.minimum(a, b) * len(self._stems) + np.maximum(a, b)
        pairs, pair = np.unique(pairs[same], return_inverse=True)

        self.ends = [*accumulate([len(self._stems), len(pairs), len(coded)])]
        stems_end, pairs_end, _ = self.ends
        run_of += pairs_end
        run_ends = np.cumsum(length)
        self._stem_of, self._runs_of = _array("i", stem_of), _array("i", run_of)
        self._run_ends = _array("i", np.append(0, run_ends))
        self._pairs, self._runs = _array("q", pairs), _array("q", coded)

        size = length[flat]
        run = run_of[ranges((run_ends - length)[flat], size)]
        rows = np.concatenate([row, row[:-1][same], row.repeat(size)])
        columns = np.concatenate([stems, stems_end + pair, run])
        order, starts = in_order(rows, columns)
        first = order[starts]
        return rows[first], columns[first], np.diff(starts, append=len(order))

    def texts(self) -> Iterator[tuple[str, ...]]:
        """The texts that were learned. They are kept as numbers: as tuples they would take a
        megabyte."""
        words = [*self._words]
        start = 0
        for end in self._text_ends.tolist():
            yield tuple([words[at] for at in self._texts[start:end].tolist()])
            start = end

    def typical(self, counts: Integers) -> NDArray[np.float64]:
        """How much more often the texts use each stem than people do at large, as a decimal
        logarithm, at least 0; `counts` tells how often that is. Of shape (stems,)."""
        at_large = np.bincount(self._stem_of, frequencies(self._words))
        typical: NDArray[np.float64] = (counts + 0.5) / max(counts.sum(), 1) / at_large
        return np.log10(np.maximum(typical, 1))

    def features(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """The columns of the features of `words`, by family, as often as they occur; `UNKNOWN` for
        each that no text holds."""
        stems: list[int] = []
        found: list[int] = []
        for word in words:
            at = self._words.get(word)
            if at is None:
                stems.append(self._stems.get(self._stem(word), UNKNOWN))
                found += [_column(self._runs, run, self.ends[1]) for run in runs(word)]
            else:
                stems.append(self._stem_of[at])
                found += self._runs_of[self._run_ends[at] : self._run_ends[at + 1]]
        # A stem that is unknown makes a pair below 0, which is unknown, too.
        width, first = len(self._stems), self.ends[0]
        pairs = [a * width + b if a < b else b * width + a for a, b in pairwise(stems)]
        return stems, [_column(self._pairs, pair, first) for pair in pairs], found


def _column(known: array[int], feature: int, first: int) -> int:
    """That of a feature of a family that begins in the column `first`; `known` are in order."""
    at = bisect_left(known, feature)
    return first + at if at < len(known) and known[at] == feature else UNKNOWN


def _numbered(texts: Collection[str]) -> tuple[dict[str, int], Integers]:
    """A number for each distinct text; and that of each."""
    numbers = dict(zip(dict.fromkeys(texts), count()))
    return numbers, np.fromiter(map(numbers.__getitem__, texts), np.intp, len(texts))


def _numbered_runs(words: Collection[str]) -> tuple[Integers, Integers]:
    """All that `runs` gives of any of `words`, in order; and the place there of each, one word's
    after another's. As arrays, for there are tens of thousands."""
    edged = "".join([f"<{word}>" for word in words])
    points = np.frombuffer(edged.encode("utf-32-le"), np.uint32).astype(np.int64)
    length = _lengths(words)
    starts = ranges((length + 2).cumsum() - length - 2, length)
    found = points[starts] << 2 * BITS | points[starts + 1] << BITS | points[starts + 2]
    return np.unique(found, return_inverse=True)


def _array(kind: str, numbers: Integers) -> array[int]:
    """As Python's own array, whose single numbers are read faster."""
    return array(kind, numbers.astype(kind).tobytes())


def _lengths(texts: Collection[Sized]) -> Integers:
    return np.fromiter(map(len, texts), np.intp, len(texts))


def ranges(starts: NDArray[np.integer], lengths: NDArray[np.integer]) -> Integers:
    """The ranges that begin at `starts` and are `lengths` long, one after another."""
    found: Integers = (starts - lengths.cumsum() + lengths).repeat(lengths)
    found += np.arange(len(found))
    return found


def in_order(first: Integers, second: Integers) -> tuple[Integers, Integers]:
    """The order of pairs of numbers, and where in it each distinct pair begins."""
    order = np.lexsort((small(second), small(first)))
    first, second = first[order], second[order]
    new = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return order, np.append(True, new)[: len(order)].nonzero()[0]


def small(numbers: Integers) -> NDArray[np.unsignedinteger]:
    """The same in the smallest type that holds them: 16 bits take a quarter of the memory, and a
    seventh of the time to sort."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))
