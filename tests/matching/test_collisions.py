"""Phrasings that, left out, would have another entry ranked first."""

from __future__ import annotations

import pytest

from bot.matching import Collision, Matcher
from bot.matching.collisions import MARGIN

PHRASINGS = {
    "venue": ["Where is the venue?", "Which hall do they meet in?", "the place of the meeting"],
    "lunch": ["lunch menu of the day", "menu of the day for lunch", "the menu of this day"],
    "press": ["Are journalists admitted?", "Is there a press conference?", "accreditation"],
}
PLANTED = "the lunch menu for the day"


def planted(id: str, *phrasings: str) -> dict[str, list[str]]:
    return {**PHRASINGS, id: [*PHRASINGS[id], *phrasings]}


def strays(phrasings: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(it.id, it.phrasing) for it in Matcher(phrasings).collisions()]


def test_a_phrasing_under_the_wrong_entry_is_told_beside_the_one_that_draws_it_away() -> None:
    (found,) = Matcher(planted("press", PLANTED)).collisions()
    assert found == Collision(
        "press", PLANTED, found.value, "lunch", "menu of the day for lunch", found.winning
    )
    assert found.winning > found.value + MARGIN


def test_phrasings_at_home_are_not_told() -> None:
    assert not strays(PHRASINGS)
    assert not strays(planted("lunch", PLANTED))
    assert not strays({})


def test_the_order_of_entries_and_phrasings_changes_nothing() -> None:
    forth = planted("press", PLANTED)
    back = {id: forth[id][::-1] for id in reversed(forth)}
    assert Matcher(forth).collisions() == Matcher(back).collisions()


def test_the_only_phrasing_of_an_entry_can_be_told() -> None:
    assert strays({**PHRASINGS, "food": [PLANTED]}) == [("food", PLANTED)]


def test_built_anew_without_it_the_matcher_ranks_the_winner_first() -> None:
    (found,) = Matcher(planted("press", PLANTED)).collisions()
    first = Matcher(PHRASINGS).rank(PLANTED)[0]
    assert (first.id, first.phrasing) == (found.winner, found.nearest)


def test_entries_that_are_right_together_do_not_collide() -> None:
    kin = {"press": ["lunch"], "lunch": ["press"]}
    assert not Matcher(planted("press", PLANTED), kin=kin).collisions()


@pytest.mark.parametrize(
    "asked", ["why the lunch menu for the day", "Who has the menu of the day for lunch?"]
)
def test_question_words_tell_phrasings_apart(asked: str) -> None:
    assert not strays(planted("press", asked))


def test_one_that_is_near_its_own_entry_too_is_not_told() -> None:
    assert strays(planted("press", "nice lunch menu of the day"))
    assert not strays(planted("press", "nice lunch menu of the day", "the nice lunch"))


def test_one_that_is_drawn_less_far_is_not_told() -> None:
    assert strays(planted("press", "Which hall do they meet the press in?"))
    assert not strays(planted("press", "Which hall do dogs meet in?"))


def test_each_script_has_its_own() -> None:
    cyrillic = {
        "venue": ["де проходить зустріч"],
        "lunch": ["меню обіду на сьогодні", "меню на обід сьогодні"],
    }
    both = {id: [*PHRASINGS[id], *cyrillic.get(id, [])] for id in PHRASINGS}
    both["press"] += [PLANTED, "меню обіду сьогодні"]
    assert strays(both) == [("press", PLANTED), ("press", "меню обіду сьогодні")]
