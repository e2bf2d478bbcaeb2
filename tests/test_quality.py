"""How good the bot has to be on the questions it is developed with. No promise for others: those
are measured on questions that nobody tuned on (README, "How it decides")."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.evaluation import Outcome, Report, evaluate, golds
from bot.faq import Faq
from bot.labelled import read_labelled, read_levels, read_sentences
from bot.text import words

QUALITY = Path(__file__).parent / "quality"
DEV = [query for query in read_labelled(QUALITY / "dev.jsonl") if query.language == "en"]


@pytest.fixture(scope="module")
def report(faq: Faq, answerer: Answerer) -> Report:
    sentences = read_sentences(QUALITY / "sentences.json")
    return evaluate(answerer.answer, DEV, golds(faq, sentences))


def test_the_recorded_level_is_kept(report: Report) -> None:
    assert not read_levels(QUALITY / "dev.jsonl")["en"].undercut(report)


def test_typos_cost_at_most_five_points(report: Report) -> None:
    def right(kind: str) -> float:
        return Report({("en", kind): report.counts["en", kind]}).right

    assert right("typo") >= right("direct") - 5


@pytest.mark.parametrize(("kind", "at_most"), [("near_miss", 5), ("far", 2), ("chatter", 5)])
def test_what_the_article_does_not_answer_is_hardly_ever_answered(
    kind: str, at_most: float, report: Report
) -> None:
    counts = report.counts["en", kind]
    assert 100 * counts[Outcome.FALSE] <= at_most * counts.total()


def test_every_kind_of_question_is_among_those_measured(report: Report) -> None:
    kinds = "direct paraphrase keyword typo chatty compound near_miss far chatter".split()
    assert report.counts.keys() == {("en", kind) for kind in kinds}
    assert report.total.total() == len(DEV) > 200


def test_no_question_that_is_measured_stands_in_the_faq(faq: Faq) -> None:
    stored = {words(p): entry.id for entry in faq.entries.values() for p in entry.phrasings}
    measured = read_labelled(QUALITY / "dev.jsonl")
    assert [(q.query, stored[words(q.query)]) for q in measured if words(q.query) in stored] == []
