"""The index of groups; its scores are compared with the slow ones in test_vectors.py."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching import postings
from bot.matching.postings import Postings

# Of three groups all hold feature 0, the first holds 1, the last 2, twice.
INDEX = Postings(
    np.array([0, 1, 0, 0, 2]),
    np.array([0, 0, 1, 2, 2]),
    np.array([1, 1, 1, 1, 2]),
    width=4,
    groups=3,
)


def test_a_feature_counts_for_the_groups_that_hold_it() -> None:
    assert np.flatnonzero(INDEX.bm25(np.array([1]))).tolist() == [0]
    assert np.count_nonzero(INDEX.bm25(np.array([0]))) == 3
    assert INDEX.holding.tolist() == [3, 1, 1, 0]


def test_a_rare_feature_counts_more_than_a_common_one() -> None:
    common, rare = INDEX.bm25(np.array([0])), INDEX.bm25(np.array([1]))
    assert rare[0] > common[0]


def test_of_no_features_every_group_scores_nothing() -> None:
    assert INDEX.bm25(np.array([], np.intp)).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("few", "of_each", "many"),
    [
        pytest.param(1, 2 / 3, 9, id="so many for each of three groups"),
        pytest.param(2, 0, 9, id="a few at least"),
        pytest.param(9, 9, 2, id="never more than that"),
    ],
)
def test_of_too_many_postings_those_of_the_commonest_features_are_left_out(
    few: int, of_each: float, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("FEW", few), ("OF_EACH", of_each), ("MANY", many)):
        monkeypatch.setattr(postings, name, value)
    assert np.flatnonzero(INDEX.bm25(np.array([0, 1, 2]))).tolist() == [0, 2]


def test_an_index_of_nothing_is_empty() -> None:
    none = np.array([], np.intp)
    assert Postings(none, none, none, width=0, groups=0).bm25(none).tolist() == []
