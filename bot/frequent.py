"""How rare a language's words are, by wordfreq's small lists.

Its files are read without the library. Imported, that would bring tables of every language there is
and keep its lists whole: 13 MB of memory, and more than a tenth of a second of each start. They are
read piece by piece, and kept as hashes, because what they hold is large as Python's strings.
"""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import distribution
from io import BytesIO
from itertools import chain, filterfalse, islice, repeat
from typing import Any
from zlib import crc32

import msgpack
import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"\d[\d.,]")

UNLISTED = 700
"""The rarity that a word of no list is taken to have: one in ten million. The lists end at one in a
million."""

_PIECE = 1 << 16
"""Bytes that are read at once."""


class Words:
    """A set of words, kept as their hashes: 40,000 take a sixth of a megabyte; as strings, five.

    One word in a hundred thousand that is not in it is taken to be.
    """

    def __init__(self, words: Iterable[str]) -> None:
        hashes = np.fromiter(_hashes(words), np.uint32)
        hashes.sort()
        self._hashes = array("I", hashes.tobytes())

    def __contains__(self, word: str) -> bool:
        return _place(_hashed(word), self._hashes) is not None


class Rarities:
    """How rare words are, in centibels, by `lists[r]` of the words of rarity r; kept as hashes, as
    `Words` are. Of two words with one hash the commoner counts; others are `UNLISTED`."""

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        hashes, rarities = array("I"), array("H")
        for rarity, words in enumerate(lists):
            known = len(hashes)
            hashes.extend(_hashes(words))
            rarities.extend(repeat(rarity, len(hashes) - known))
        ordered, first = np.unique(hashes, return_index=True)
        self._hashes = array("I", ordered.tobytes())
        self._rarities = array("H", np.asarray(rarities)[first].tobytes())

    def __contains__(self, word: str) -> bool:
        return _place(_hashed(word), self._hashes) is not None

    def of(self, words: Collection[str]) -> NDArray[np.uint16]:
        """As `get`, for many at once."""
        hashes = np.fromiter(_hashes(words), np.uint32, len(words))
        # Behind the last there is none.
        known = np.append(np.asarray(self._hashes), 0)
        rarities = np.append(np.asarray(self._rarities), UNLISTED)
        at = known[:-1].searchsorted(hashes)
        return np.where(known[at] == hashes, rarities[at], UNLISTED)

    def get(self, word: str) -> int:
        at = _place(_hashed(word), self._hashes)
        return UNLISTED if at is None else self._rarities[at]


def _hashed(word: str) -> int:
    """A hash of 32 bits."""
    return crc32(word.encode())


def _hashes(words: Iterable[str]) -> Iterator[int]:
    """That of each, without a call of Python's for each."""
    return map(crc32, map(str.encode, words))


def _place(hash: int, hashes: array[int]) -> int | None:
    """Where in `hashes`, which are sorted, it stands."""
    at = bisect_left(hashes, hash)
    return at if at < len(hashes) and hashes[at] == hash else None


def words_by_rarity(language: str) -> Iterator[list[str]]:
    """The words of the language with this code, by how rare they are, in centibels: those at 200
    are one in a hundred of all words written. The list of a few rarities is empty."""
    file: Any = distribution("wordfreq").locate_file(f"wordfreq/data/small_{language}.msgpack.gz")
    lists = msgpack.Unpacker(gzip.GzipFile(fileobj=BytesIO(file.read_bytes())), read_size=_PIECE)
    lists.read_array_header()
    lists.skip()  # The first tells the format.
    yield from lists


def frequent_words(language: str, number: int) -> Iterator[str]:
    """The `number` most frequent words of the language with this code, as `wordfreq.top_n_list`
    gives them: the commonest first, and no numbers of more than one digit."""
    words = chain.from_iterable(words_by_rarity(language))
    return islice(filterfalse(_NUMBER.match, words), number)
