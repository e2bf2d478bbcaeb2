"""The public data sets of the benchmarks, read from a folder that the project does not hold.

`clinc150.json` (Larson et al. 2019) and `banking77_train.csv`, `banking77_test.csv` (Casanueva et
al. 2020). In the FAQ setting an intent is an entry, and k of its training rows are its phrasings.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

Row = tuple[str, str]
"""A text and its intent."""


def clinc150(folder: str) -> dict[str, list[Row]]:
    loaded = json.loads((Path(folder) / "clinc150.json").read_text())
    return {part: [(text, intent) for text, intent in rows] for part, rows in loaded.items()}


def banking77(folder: str, part: str) -> list[Row]:
    with (Path(folder) / f"banking77_{part}.csv").open(newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def draw(rows: list[Row], k: int, *, seed: int) -> dict[str, list[str]]:
    """`k` phrasings for each intent."""
    texts = defaultdict(list)
    for text, intent in rows:
        texts[intent].append(text)
    drawn = {}
    for number, intent in enumerate(sorted(texts)):
        order = np.random.default_rng(1000 * seed + number).permutation(len(texts[intent]))
        drawn[intent] = [texts[intent][at] for at in order[:k]]
    return drawn
