"""Whose deed a question asks about, and which entries may answer for it."""

from __future__ import annotations

import pytest

from bot.faq import Entry, Faq
from bot.names.sides import OFTEN, SELDOM, Sides
from bot.text import stem, words
from tests.entries import RUSSIA, TALKS, UKRAINE, WHERE, entry

NAMES = frozenset(["russia", "kremlin", "ukrain", "kyiv", "europ"])
DEEDS = {
    RUSSIA.id: ["does russia insist on it", "has the kremlin said so", "чого хоче russia від kyiv"],
    UKRAINE.id: ["does ukraine refuse", "will kyiv give in to russia", "ukraine каже ні"],
    WHERE.id: ["are ukraine and russia there", "is it europe"],
}


def sides(*entries: Entry, times: int = OFTEN) -> Sides:
    faq = Faq({"talks": TALKS}, {one.id: one for one in entries}, {}, ())
    read = {one.id: times * [*map(words, DEEDS[one.id])] for one in entries}
    return Sides(faq, read, NAMES, stem)


SIDES = sides(RUSSIA, UKRAINE, WHERE)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        pytest.param("what does russia demand of ukraine", "Russia", id="behind an auxiliary"),
        pytest.param("what has the kremlin refused", "Russia", id="the same and an article"),
        pytest.param("which demands of russia does kyiv reject", "Ukraine", id="not the first"),
        pytest.param("russia territory", "", id="no deed in English"),
        pytest.param("do ukraine and russia agree", "", id="several"),
        pytest.param("does europe agree", "", id="on no side"),
        pytest.param(
            "на чому наполягає ukraine щодо russia", "Ukraine", id="the first in Cyrillic"
        ),
        pytest.param("чого хоче від ukraine russia", "Russia", id="not behind a preposition"),
        pytest.param("чи хочуть ukraine та russia миру", "", id="several in Cyrillic"),
        pytest.param("does it", "", id="nobody"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_side_whose_deed_is_asked_about(text: str, side: str) -> None:
    assert SIDES.of(words(text)) == side


def test_an_entry_does_not_answer_for_what_another_side_does() -> None:
    assert SIDES.others("Russia") == {UKRAINE.id}
    assert SIDES.others("Ukraine") == {RUSSIA.id}


def test_where_no_side_is_asked_about_every_entry_may_answer() -> None:
    assert not SIDES.others("")


def test_a_deed_that_is_seldom_asked_for_does_not_count() -> None:
    entries = [RUSSIA, UKRAINE, WHERE]
    faq = Faq({"talks": TALKS}, {one.id: one for one in entries}, {}, ())
    for share, others in ((SELDOM / 2, {RUSSIA.id}), (2 * SELDOM, set())):
        few = round(1000 * share)
        read = {
            RUSSIA.id: [
                *(1000 - few) * [words("does russia insist")],
                *few * [words("is kyiv in")],
            ],
            UKRAINE.id: 1000 * [words("does kyiv refuse")],
            WHERE.id: [],
        }
        assert Sides(faq, read, NAMES, stem).others("Ukraine") == others


def test_a_few_phrasings_tell_no_sides() -> None:
    assert sides(RUSSIA, UKRAINE, WHERE, times=1).of(words("does russia insist")) == ""


def test_a_known_unknown_is_on_all_sides_deeds() -> None:
    unknown = entry(WHERE.id, "Does Russia insist?", unknown=True)
    entries = [RUSSIA, UKRAINE, unknown]
    faq = Faq({"talks": TALKS}, {one.id: one for one in entries}, {}, ())
    read = {one.id: OFTEN * [*map(words, DEEDS[one.id])] for one in entries}
    read[unknown.id] = OFTEN * [words("does russia insist")]
    assert Sides(faq, read, NAMES, stem).others("Ukraine") == {RUSSIA.id}


def test_who_acts_for_both_sides_is_on_none() -> None:
    faq = Faq({"talks": TALKS}, {one.id: one for one in (RUSSIA, UKRAINE)}, {}, ())
    read = {
        one.id: [*OFTEN * [words("does europe agree")], *OFTEN * [*map(words, DEEDS[one.id])]]
        for one in (RUSSIA, UKRAINE)
    }
    assert Sides(faq, read, NAMES, stem).of(words("does europe agree")) == ""
