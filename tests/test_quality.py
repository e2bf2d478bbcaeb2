"""How good the bot has to be on the questions it is developed with. No promise for others: those
are measured on questions that nobody tuned on (README, "How it decides")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from benchmarks.typos import with_typos
from bot.answering import Answerer
from bot.evaluation import LabelledQuery, Outcome, Report, evaluate, golds
from bot.faq import LANGUAGES, Faq
from bot.labelled import read_labelled, read_levels, read_sentences
from bot.text import words

QUALITY = Path(__file__).parent / "quality"
DEV = list(read_labelled(QUALITY / "dev.jsonl"))
ENGLISH = [query for query in DEV if query.language == "en"]

Measure = Callable[[Sequence[LabelledQuery]], Report]


@pytest.fixture(scope="module")
def measure(faq: Faq, answerer: Answerer) -> Measure:
    sentences = read_sentences(QUALITY / "sentences.json")
    return lambda queries: evaluate(answerer.answer, queries, golds(faq, sentences))


@pytest.fixture(scope="module")
def report(measure: Measure) -> Report:
    return measure(DEV)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recorded_level_is_kept(language: str, report: Report) -> None:
    assert not read_levels(QUALITY / "dev.jsonl")[language].undercut(report.of(language))


def test_typos_cost_at_most_four_points(measure: Measure, report: Report) -> None:
    random = Random(0)
    mistyped = [
        replace(it, query=with_typos(it.query, random)) for it in ENGLISH for _ in range(10)
    ]
    assert measure(mistyped).right >= report.of("en").right - 4


@pytest.mark.parametrize(("kind", "at_most"), [("near_miss", 5), ("far", 2), ("chatter", 5)])
def test_what_the_article_does_not_answer_is_hardly_ever_answered(
    kind: str, at_most: float, report: Report
) -> None:
    counts = report.counts["en", kind]
    assert 100 * counts[Outcome.FALSE] <= at_most * counts.total()


def test_every_kind_of_question_is_among_those_measured(report: Report) -> None:
    kinds = "direct paraphrase keyword typo chatty compound near_miss far chatter".split()
    assert report.of("en").counts.keys() == {("en", kind) for kind in kinds}
    assert report.languages == ("en", "ru", "uk")
    assert report.of("en").total.total() == len(ENGLISH) > 200


def test_no_question_that_is_measured_stands_in_the_faq(faq: Faq) -> None:
    stored = {words(p): entry.id for entry in faq.entries.values() for p in entry.phrasings}
    measured = read_labelled(QUALITY / "dev.jsonl")
    assert [(q.query, stored[words(q.query)]) for q in measured if words(q.query) in stored] == []
