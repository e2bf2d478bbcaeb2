"""An FAQ of any size, and queries whose right entry is known.

Entries have ten phrasings. First come the intents of CLINC150 and BANKING77, with ten of their
training rows each; then artificial ones. An artificial entry is about four words, drawn by the
frequency that words have in English, and asks in the frames of one real intent: ten of its rows,
whose rarer words give way to the entry's. So it has rivals that ask the same of other things, and
others that ask something else of the same. A larger FAQ holds the smaller ones.

Queries are test rows for real entries, and one more frame for artificial ones; all have typos.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from random import Random

import wordfreq

from benchmarks.data import Row, banking77, clinc150, draw
from benchmarks.typos import with_typos
from benchmarks.worker import Asked, Task

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
PHRASINGS = 10
ARTIFICIAL = "artificial "
"""How the ids of artificial entries begin."""

FRAME_WORDS = 300
"""The most frequent words of the real rows make frames; the others give way."""

SUBJECT_WORDS = slice(300, 30_000)
"""English words, by frequency, that artificial entries are about: those before are frames, too."""

QUERIES = 2_000


@dataclass(frozen=True, slots=True)
class Real:
    """Intents with rows to learn from and rows to ask."""

    phrasings: Mapping[str, Sequence[str]]
    frames: Mapping[str, Sequence[str]]
    test: Sequence[Row]


def real(folder: str) -> Real:
    clinc = clinc150(folder)
    sets = {
        "CLINC150": (clinc["train"], clinc["test"]),
        "BANKING77": (banking77(folder, "train"), banking77(folder, "test")),
    }
    train, test = (
        [(text, f"{name} {intent}") for name, rows in sets.items() for text, intent in rows[part]]
        for part in (0, 1)
    )
    ten = draw(train, PHRASINGS, seed=0)
    order = Random(0).sample(sorted(ten), len(ten))
    return Real({id: ten[id] for id in order}, draw(train, 100, seed=0), test)


def task(known: Real, size: int) -> Task:
    """An FAQ of `size` phrasings; queries for real and for artificial entries, by turns."""
    entries = size // PHRASINGS
    phrasings = dict(islice(known.phrasings.items(), entries))
    asked: list[Asked] = []
    for number, (texts, query) in enumerate(_artificial(known, entries - len(phrasings))):
        phrasings[f"{ARTIFICIAL}{number}"] = texts
        asked.append((query, f"{ARTIFICIAL}{number}"))
    random = Random(1)
    rows = [(text, id) for text, id in known.test if id in phrasings]
    sides = [random.sample(side, min(len(side), QUERIES // 2)) for side in (rows, asked) if side]
    queries = chain.from_iterable(zip(*sides, strict=False))
    return Task(phrasings, [(with_typos(text, random), id) for text, id in queries])


def _artificial(known: Real, entries: int) -> Iterator[tuple[list[str], str]]:
    """The phrasings of each artificial entry, and a query for it."""
    random = Random(2)
    frames = _frames(known.frames)
    listed = wordfreq.top_n_list("en", SUBJECT_WORDS.stop, wordlist="large")[SUBJECT_WORDS]
    subjects = [word for word in listed if word.isalpha() and len(word) > 2]
    # Zipf's law: the word of rank n is drawn n times less often than the first.
    weights = list(accumulate(1 / (SUBJECT_WORDS.start + at) for at in range(len(subjects))))
    for _ in range(entries):
        about = random.choices(subjects, cum_weights=weights, k=4)
        texts = [
            _filled(frame, about, random)
            for frame in random.sample(random.choice(frames), PHRASINGS + 1)
        ]
        yield texts[:PHRASINGS], texts[PHRASINGS]


def _frames(rows: Mapping[str, Sequence[str]]) -> list[list[list[str]]]:
    """By intent, rows as words, "" where a word gives way; two do at least."""
    read = [[re.findall(r"[\w']+", text.lower()) for text in texts] for texts in rows.values()]
    counted = Counter(word for texts in read for text in texts for word in text)
    kept = {word for word, _ in counted.most_common(FRAME_WORDS)}
    return [[_frame(text, kept) for text in texts] for texts in read if len(texts) > PHRASINGS]


def _frame(text: Sequence[str], kept: set[str]) -> list[str]:
    frame = [word if word in kept else "" for word in text][:20]
    return frame + [""] * (2 - frame.count(""))


def _filled(frame: Sequence[str], about: Sequence[str], random: Random) -> str:
    """Each gap gets another of the words, in any order; gaps beyond the last of them close."""
    gaps = iter(random.sample(about, len(about)))
    return " ".join(filter(None, (word or next(gaps, "") for word in frame)))
