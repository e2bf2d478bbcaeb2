"""Cyrillic words typed in Latin letters."""

from __future__ import annotations

import pytest

from bot.matching.transliteration import transliterated
from bot.text import words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("koly peremovyny", "коли перемовини", id="Ukrainian"),
        pytest.param("kto uchastvuyet", "кто участвует", id="Russian"),
        pytest.param("khto shcho zhyttia", "хто що життя", id="several letters for one"),
        pytest.param("kto takoy takoi", "кто такой такой", id="a short i after a vowel"),
        pytest.param("moya", "моя", id="none before another"),
        pytest.param("stoit", "стоит", id="no short i, but a syllable"),
        pytest.param("viina voina viyna vojna", "війна война війна война", id="war"),
        pytest.param("takyi Ukrayini", "такий україни", id="an ending, and none"),
        pytest.param("perehovory horosho", "переговори хорошо", id="h between vowels, and not"),
        pytest.param("harantii", "гарантії", id="guarantees"),
        pytest.param("putin Abu", "путин Абу", id="names"),
        pytest.param("хто 25", "хто 25", id="what is not Latin stays"),
    ],
)
def test_a_word_is_written_by_its_sound(typed: str, meant: str) -> None:
    assert transliterated(words(typed)) == words(meant)
