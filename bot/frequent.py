"""The most frequent words of a language, by wordfreq's small lists.

Its files are read without the library. Imported, that would bring tables of every language there is
and keep its lists whole: 13 MB of memory, and more than a tenth of a second of each start.
"""

from __future__ import annotations

import gzip
import re
from importlib.metadata import distribution
from itertools import chain, islice
from typing import Any

import msgpack

_NUMBER = re.compile(r"\d[\d.,]")


def words_by_rarity(language: str) -> list[list[str]]:
    """The words of the language with this code, by how rare they are, in centibels: those at 200
    are one in a hundred of all words written. The list of a few rarities is empty."""
    file: Any = distribution("wordfreq").locate_file(f"wordfreq/data/small_{language}.msgpack.gz")
    # The first tells the format.
    words: list[list[str]] = msgpack.unpackb(gzip.decompress(file.read_bytes()))[1:]
    return words


def frequent_words(language: str, number: int) -> list[str]:
    """The `number` most frequent words of the language with this code, as `wordfreq.top_n_list`
    gives them: the commonest first, and no numbers of more than one digit."""
    words = chain.from_iterable(words_by_rarity(language))
    return list(islice((word for word in words if not _NUMBER.match(word)), number))
