"""What one block of phrasings tells; the rest is seen through the matcher."""

from __future__ import annotations

import pytest

from bot.matching.block import Block, Evidence, Phrasing
from bot.text import stem

BLOCK = Block(
    [
        Phrasing("place", "Venue?", ("venue",)),
        Phrasing("place", "Which city?", ("which", "city")),
        Phrasing("start", "Which day?", ("which", "day")),
    ],
    kin={},
    stem=stem,
)


def test_the_nearest_phrasing_is_one_of_the_entry_itself() -> None:
    first, second = BLOCK.weigh(("which",))
    nearest = {BLOCK.ids[one.entry]: BLOCK.phrasings[one.nearest].text for one in (first, second)}
    assert nearest == {"start": "Which day?", "place": "Which city?"}


def test_a_block_holds_the_stems_of_its_phrasings() -> None:
    assert "citi" in BLOCK
    assert "city" not in BLOCK


@pytest.mark.parametrize("piece", range(3))
def test_each_piece_of_evidence_speaks_for_an_entry(piece: int) -> None:
    some = [0.5, 0.5, 0.5]
    more = [*some[:piece], some[piece] + 0.2, *some[piece + 1 :]]
    assert Evidence(0, 0, *more).score > Evidence(0, 0, *some).score
