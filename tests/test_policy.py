"""How surely a query is on the subject of the FAQ."""

from __future__ import annotations

import pytest

from bot.policy import Policy

POLICY = Policy(typical=1.5, words=2)


def test_the_odds_of_a_score_fall_with_the_cube_of_what_is_missing() -> None:
    # Half of what it takes: of odds of four to one, an eighth is left.
    assert POLICY.on_topic(80, typical=1, words=5) == pytest.approx(100 / 3)


@pytest.mark.parametrize("score", [0, 80, 100])
@pytest.mark.parametrize(
    ("typical", "words"),
    [
        pytest.param(3, 5, id="several words are"),
        pytest.param(8, 5, id="some of them are more so"),
        pytest.param(1.5, 1, id="of one word, that is enough"),
        pytest.param(0, 0, id="there is no word"),
    ],
)
def test_a_query_that_is_typical_enough_keeps_its_score(
    score: float, typical: float, words: int
) -> None:
    assert POLICY.on_topic(score, typical, words) == pytest.approx(score)


def test_a_policy_that_asks_for_nothing_typical_lowers_nothing() -> None:
    assert Policy(typical=0).on_topic(80, typical=0, words=5) == pytest.approx(80)


def test_scores_stay_between_their_ends_and_in_order() -> None:
    lowered = [POLICY.on_topic(score, typical=0, words=5) for score in (0, 20, 80, 100)]
    assert lowered == sorted(lowered)
    assert (lowered[0], lowered[-1]) == (0, 100)
