"""Ukrainian and Russian typed in Latin letters, as on a telephone without theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.text import words

_SOUNDS = """iya ия iye ие iyu ию
    shch щ sch щ zh ж kh х gh г ch ч sh ш ts ц tz ц ya я ia я ja я yu ю iu ю ju ю ye е je е
    yo е yi и iy ий yy ий a а b б v в w в g г d д e е z з i и j й y и k к l л m м n н o о p п r р
    s с t т u у f ф h х x кс c ц q к""".split()
_LETTERS = dict(zip(_SOUNDS[::2], _SOUNDS[1::2], strict=True))
_SPELT = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_IN_PLACE = (
    # What a letter sounds like among certain others, as in takoy, takoi, voina, takyi, perehovory
    # and harantiyi; before all others, which sound alike everywhere.
    (re.compile(r"(?<=[aeiou])y(?![aeiouy])|(?<=[aeou])i\b|(?<=[oi])i(?=n[aeiouy])"), "й"),
    (re.compile(r"(?<=[^\W\daeiouy])yi\b"), "ий"),
    (re.compile(r"(?<=[aeiouy])h(?=[aeiouy])|\bh(?=arant)"), "г"),
)


def transliterated(text: Sequence[str]) -> tuple[str, ...]:
    """Normalised words with their Latin letters, by sound, as those of Cyrillic script."""
    written = " ".join(text)
    for place, letters in _IN_PLACE:
        written = place.sub(letters, written)
    return words(_SPELT.sub(lambda match: _LETTERS[match[0]], written))
