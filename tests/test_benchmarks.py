"""What the benchmarks' figures rest on."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from rapidfuzz.distance import OSA

from benchmarks.growth import ARTIFICIAL, PHRASINGS, Real, task
from benchmarks.ingredients import INGREDIENTS, Ingredient
from benchmarks.scores import auroc, top_1
from benchmarks.typos import SHARE, with_typos
from benchmarks.worker import LeftOutError, Task, measured

TOPICS = ("card", "loan", "rent", "visa", "taxes")
ROWS = {
    topic: [f"{how} my {topic} {number}" for how in ("pay", "lose", "find") for number in range(5)]
    for topic in TOPICS
}
REAL = Real(
    phrasings={topic: rows[:PHRASINGS] for topic, rows in ROWS.items()},
    frames=ROWS,
    test=[(rows[-1], topic) for topic, rows in ROWS.items()],
)


def test_ties_count_by_half_in_the_area_under_the_curve() -> None:
    asked = [("a", "x"), ("b", "y"), ("c", None), ("d", None)]
    found = [("x", 2.0), ("x", 1.0), ("x", 1.0), ("", 0.0)]
    assert auroc(found, asked) == 3.5 / 4
    assert top_1(found, asked) == 50


def test_a_typo_is_one_edit_in_a_word_of_letters() -> None:
    words = ["territory", "Donbas", "переговори", "ab"]
    for seed in range(200):
        mistyped = with_typos(" ".join(words), Random(seed), share=1).split(" ")
        assert [OSA.distance(*pair) <= 1 for pair in zip(words, mistyped, strict=True)] == [
            True
        ] * 4
        assert mistyped != words
    assert with_typos("a 2026 2 i", Random(0), share=1) == "a 2026 2 i"


def test_as_many_words_are_mistyped_as_told() -> None:
    words = ["abcdefgh"] * 10_000
    mistyped = with_typos(" ".join(words), Random(0)).split(" ")
    changed = sum(a != b for a, b in zip(words, mistyped, strict=True))
    assert changed / len(words) == pytest.approx(SHARE, abs=0.01)


def test_an_faq_has_the_size_that_was_asked_for_and_holds_the_smaller_ones() -> None:
    tasks = [task(REAL, size) for size in (20, 50, 200, 1000)]
    assert [sum(map(len, t.phrasings.values())) for t in tasks] == [20, 50, 200, 1000]
    for smaller, larger in pairwise(tasks):
        assert smaller.phrasings.items() <= larger.phrasings.items()


def test_real_and_artificial_entries_are_asked_for_by_turns() -> None:
    made = task(REAL, 200)
    golds = [str(gold) for _, gold in made.queries]
    assert set(golds) <= set(made.phrasings)
    assert [gold.startswith(ARTIFICIAL) for gold in golds] == [False, True] * len(TOPICS)
    assert made == task(REAL, 200)


def test_a_method_is_measured_in_a_process_of_its_own() -> None:
    asked = [("pay my card", "card"), ("find my visa", "visa")]
    (result,) = measured("SQLite FTS5, trigrams", [Task(ROWS, asked)], seconds=5)
    assert [id for id, _ in result.found] == ["card", "visa"]
    assert len(result.spent) == 2
    assert result.memory > 0


def test_a_method_that_fails_is_left_out_with_a_reason() -> None:
    with pytest.raises(LeftOutError, match="TypeError"):
        measured("RapidFuzz WRatio", [Task({}, [("pay", None)])], seconds=5)


@pytest.mark.parametrize("ingredient", INGREDIENTS, ids=lambda one: one.name)
def test_an_ingredient_that_the_ablation_takes_out_is_there(ingredient: Ingredient) -> None:
    with ingredient.left_out():
        for owner, name, value in ingredient.swaps:
            assert getattr(owner, name) is value
    assert all(getattr(owner, name) is not value for owner, name, value in ingredient.swaps)
