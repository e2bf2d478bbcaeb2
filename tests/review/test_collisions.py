"""Phrasings that draw each other's queries, told where they stand."""

from __future__ import annotations

from time import process_time

import pytest

from bot.loading import open_file
from bot.review.collisions import warnings

ENTRY = (
    "  - {{id: {id}, unknown: true, question: {question}, phrasings: [{phrasings}], answer: No.}}\n"
)
LUNCH = ENTRY.format(
    id="lunch",
    question="What is for lunch?",
    phrasings="lunch menu of the day, menu of the day for lunch, the menu of this day",
)
HEAD = "entries:\n"


def told(text: str) -> list[str]:
    file = open_file(text)
    return [str(it) for it in file.warnings(warnings(file.faq))]


def press(phrasings: str, question: str = "Are journalists admitted?") -> str:
    return ENTRY.format(id="press", question=question, phrasings=phrasings)


def test_a_collision_is_told_at_its_line_with_both_phrasings_and_both_values() -> None:
    strayed = press("accreditation, the lunch menu for the day")
    (found,) = told(HEAD + LUNCH + strayed)
    column = strayed.index("the lunch") + 1
    assert found.startswith(
        f"faq.yaml:3:{column}: warning: entry press, phrasings 2: "
        '"the lunch menu for the day" is nearer to lunch: "menu of the day for lunch"; '
        "left out, it would have 0."
    )
    assert found.endswith(" here; move or reword one of them")


def test_a_question_and_a_translation_have_their_places() -> None:
    strayed = press("accreditation", question="the lunch menu for the day")
    (found,) = told(HEAD + strayed + LUNCH)
    assert found.startswith("faq.yaml:2:")
    assert "entry press, question: " in found
    lunch = "{question: Що на обід?, phrasings: [меню обіду на сьогодні, меню на обід сьогодні]}"
    both = LUNCH.replace("answer: No.", f"answer: No., uk: {lunch}")
    other = "uk: {question: Чи пускають пресу?, phrasings: [меню обіду сьогодні]}"
    strayed = press("accreditation").replace("answer: No.", f"answer: No., {other}")
    both, strayed = (
        it.replace("phrasings: [м", "answer: Ні., phrasings: [м") for it in (both, strayed)
    )
    (found,) = told(HEAD + both + strayed)
    assert "entry press, uk, phrasings 1: " in found


def test_a_clean_file_has_none() -> None:
    assert not told(HEAD + LUNCH + press("accreditation"))


def test_the_order_of_entries_changes_nothing_but_the_line() -> None:
    strayed = press("accreditation, the lunch menu for the day")
    forth, back = told(HEAD + LUNCH + strayed), told(HEAD + strayed + LUNCH)
    assert [it.replace("yaml:2", "yaml:3") for it in back] == forth


@pytest.mark.parametrize("entries", [300])
def test_entries_are_compared_in_seconds(entries: int) -> None:
    """Every phrasing is looked at, few are ranked."""
    text = HEAD + "".join(
        ENTRY.format(
            id=f"e{at}",
            question=f"What is thing{at}?",
            phrasings=", ".join(f"thing{at} number{one} of them" for one in range(20)),
        )
        for at in range(entries)
    )
    file = open_file(text)
    start = process_time()
    assert not [*warnings(file.faq)]
    assert process_time() - start < 10
