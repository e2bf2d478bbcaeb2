"""How often what one side claims is given for what the other does.

    python -m benchmarks.swapped

Every phrasing of an entry that gives a side's claim is asked with Ukraine and Russia swapped. Some
of the questions that come of it are answered by the same entry rightly, but most are not. "without"
is the bot without its eye for whose deed is asked about (bot/names/sides.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from bot import reading
from bot.answering import Answer, Answerer
from bot.faq import Faq
from bot.names.sides import Sides

ROOT = Path(__file__).parent.parent

SWAPPED = {
    "en": """Russia Ukraine, Russian Ukrainian, Russians Ukrainians, Moscow Kyiv, Putin Zelenskyy,
        Kremlin Kyiv, Putin Zelensky""",
    "uk": """Росія Україна, Росії України, Росію Україну, Путін Зеленський, Москва Київ,
        російські українські, росіяни українці""",
    "ru": """Россия Украина, России Украины, Россию Украину, Путин Зеленский, Москва Киев,
        российские украинские, россияне украинцы""",
}
"""Words that take each other's place, as they are written and in small letters."""


def questions(faq: Faq, language: str) -> Iterator[tuple[str, str]]:
    """The id of each entry with a claim, and each of its phrasings with the sides swapped."""
    other: dict[str, str] = {}
    for pair in SWAPPED[language].split(","):
        for one, two in (pair.split(), pair.lower().split()):
            other.setdefault(one, two)
            other.setdefault(two, one)
    sides = re.compile(rf"\b(?:{'|'.join(sorted(other, key=len, reverse=True))})\b")
    for entry in faq.entries.values():
        if entry.says and not entry.unknown and language in entry.texts:
            for phrasing in entry.texts[language].phrasings:
                swapped = sides.sub(lambda side: other[side[0]], phrasing)
                if swapped != phrasing:
                    yield entry.id, swapped


def same(answerer: Answerer, asked: Sequence[tuple[str, str]], language: str) -> int:
    """How many are answered by the entry whose phrasing was swapped."""
    decisions = [(id, answerer.answer(query, language)) for id, query in asked]
    return sum(isinstance(it, Answer) and it.entry.id == id for id, it in decisions)


def main() -> None:
    faq = reading.read(ROOT / "faq.yaml")
    answerer = Answerer(faq)
    print(f"{'':4}{'asked':>8}{'the same':>10}{'without':>10}")
    for language in SWAPPED:
        asked = [*questions(faq, language)]
        found = same(answerer, asked, language)
        with patch.object(Sides, "others", lambda self, side: ()):
            without = same(answerer, asked, language)
        print(f"{language:4}{len(asked):8}{found:10}{without:10}")


if __name__ == "__main__":
    main()
