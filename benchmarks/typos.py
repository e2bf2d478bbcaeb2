"""Typing mistakes as people make them: in some words one letter added, left out, replaced, or
swapped with the next."""

from __future__ import annotations

import re
from random import Random

SHARE = 0.15
"""Share of the words that hold one."""

ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяэыё")


def with_typos(text: str, random: Random, share: float = SHARE) -> str:
    """`text` with one edit in `share` of its words, by chance; words of one letter are spared."""
    return re.sub(
        r"[^\W\d_]{2,}",
        lambda word: _mistyped(word[0], random) if random.random() < share else word[0],
        text,
    )


def _mistyped(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    letters = next((a for a in ALPHABETS if word[at].lower() in a), ALPHABETS[0])
    match random.randrange(4):
        case 0:
            return word[:at] + random.choice(letters) + word[at:]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + random.choice(letters.replace(word[at].lower(), "")) + word[at + 1 :]
        case _:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
