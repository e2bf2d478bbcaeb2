"""What a text is made of: stems, pairs of stems, and runs of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise

RUN = 3
"""Characters in a run."""

FAMILIES = 3

Features = tuple[Mapping[str, int], Mapping[tuple[str, str], int], Mapping[str, int]]
"""How often each feature occurs in a text: stems, pairs of stems, runs of characters."""


def extract(words: Sequence[str], stem: Callable[[str], str]) -> Features:
    """The features of a text, with `stem` to tell the stem of a word.

    Stems; pairs of neighbouring stems, in any order; runs of characters within each word.
    """
    stems = list(map(stem, words))
    pairs = Counter((min(a, b), max(a, b)) for a, b in pairwise(stems))
    return Counter(stems), pairs, Counter(chain.from_iterable(map(runs, words)))


def runs(word: str) -> list[str]:
    """The runs of characters of a word, its edges marked."""
    edged = f"<{word}>"
    return [edged[at : at + RUN] for at in range(len(edged) - RUN + 1)]
