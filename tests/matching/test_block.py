"""What one block of phrasings tells; the rest is seen through the matcher."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.block import RIDGE, Block, Phrasing, _kernel, score_of
from bot.matching.features import UNKNOWN
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
    nearest = {BLOCK.ids[one.entry]: BLOCK.texts[one.nearest] for one in (first, second)}
    assert nearest == {"start": "Which day?", "place": "Which city?"}


def test_leaving_a_phrasing_out_is_the_same_as_building_the_block_without_it() -> None:
    """Its features stand in others of its entry, so that it took no part in their rarity."""
    texts = [("place", "which city"), ("place", "which city of them"), ("place", "venue")]
    texts += [("start", "which day"), ("start", "day of the city"), ("hotel", "which hotel city")]
    phrasings = [Phrasing(id, text, tuple(text.split())) for id, text in sorted(texts)]
    row = next(at for at, one in enumerate(phrasings) if one.text == "which city")
    anew = Block([*phrasings[:row], *phrasings[row + 1 :]], kin={}, stem=stem)
    whole = Block(phrasings, kin={}, stem=stem)
    words = ("which", "city")
    left_out = {it.entry: it.value for it in whole.weigh(words, without=row)}
    assert left_out == pytest.approx({it.entry: it.value for it in anew.weigh(words)}, abs=1e-5)
    assert left_out != pytest.approx({it.entry: it.value for it in whole.weigh(words)}, abs=1e-2)


def test_a_left_out_value_is_that_of_the_closed_form() -> None:
    """What is left of the target when the residual of row i is divided by (A⁻¹)ᵢᵢ."""
    texts = [(id, f"{word} city day") for id in "abc" for word in (f"old{id}", f"new{id}")]
    phrasings = [Phrasing(id, text, tuple(text.split())) for id, text in texts]
    block = Block(phrasings, kin={}, stem=stem)
    inverse = np.linalg.inv(_kernel(block._space.gram(np.arange(6))) + RIDGE * np.eye(6))
    targets = np.repeat(np.eye(3), 2, axis=0)
    expected = targets - inverse @ targets / np.diag(inverse)[:, None]
    for row, one in enumerate(phrasings):
        found = {it.entry: it.value for it in block.weigh(one.words, without=row)}
        assert found == pytest.approx(dict(enumerate(expected[row])), abs=1e-4)


def test_a_block_knows_words_by_their_stems() -> None:
    which, cities, venues, talks = BLOCK.stems(("which", "cities", "venues", "talks"))
    assert talks == UNKNOWN
    assert len({which, cities, venues, talks}) == 4
    assert BLOCK.stems(("city", "venue")) == [cities, venues]


@pytest.mark.parametrize("piece", range(3))
def test_each_piece_of_evidence_speaks_for_an_entry(piece: int) -> None:
    some = [0.5, 0.5, 0.5]
    more = [*some[:piece], some[piece] + 0.2, *some[piece + 1 :]]
    assert score_of(*more) > score_of(*some)
