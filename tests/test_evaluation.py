"""What becomes of labelled queries, and the figures made of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.answering import Abstain, Answer, Answerer, Decision, Reason, Suggest
from bot.errors import BotError
from bot.evaluation import (
    ANSWERABLE,
    UNANSWERABLE,
    LabelledQuery,
    Level,
    Outcome,
    Report,
    evaluate,
    golds,
    labelled_queries,
    outcome,
    trade_off,
)
from bot.matching import Candidate
from tests.faq_files import GOOD, changed, load_with_article

FAQ = load_with_article(GOOD)
SENTENCES = {
    1: "Talks began in Abu Dhabi on 4 February 2026.",
    2: "Mr. Witkoff’s team came.",
    3: "Russia insists that Ukraine cede Donbas.",
    4: 'Ukrainian officials have "rejected" this demand.',
}
GOLDS = golds(FAQ, SENTENCES)
RUSSIA = "russia-donbas"


def answer(*given: str) -> Answer:
    entry, *also = (FAQ.entries[id] for id in given)
    return Answer(query="", language="en", rule="", entry=entry, also=tuple(also))


def suggest(*offered: str) -> Suggest:
    entries = tuple(FAQ.entries[id] for id in offered)
    return Suggest(query="", language="en", rule="", entries=entries)


def candidate(id: str) -> Candidate:
    return Candidate(id, 50.0, "")


ABSTAIN = Abstain(
    query="", language="en", rule="", reason=Reason.NO_MATCH, nearest=FAQ.entries["where"]
)


def labelled(*gold: str | int, query: str = "?", kind: str = "direct") -> LabelledQuery:
    return LabelledQuery(query, "en", kind, frozenset(gold))


def test_an_entry_answers_its_id_and_the_sentences_that_it_quotes_and_an_unknown_nothing() -> None:
    assert {id: set(answered) for id, answered in GOLDS.items()} == {
        "where": {"where", 1},
        "russia-donbas": {"russia-donbas", 3},
        "ukraine-donbas": {"ukraine-donbas", 4},
        "hotel": set(),
    }


def test_a_quote_of_more_than_a_sentence_answers_each_of_them() -> None:
    whole = (
        "Russia insists that Ukraine cede Donbas. Ukrainian officials have “rejected” this demand."
    )
    faq = load_with_article(changed("Russia insists … cede Donbas.", whole))
    assert golds(faq, SENTENCES)["russia-donbas"] == {"russia-donbas", 3, 4}


@pytest.mark.parametrize("quote", ["Russia insists ... cede Donbas.", "… cede Donbas."])
def test_an_ellipsis_joins_pieces_and_quotes_nothing_by_itself(quote: str) -> None:
    faq = load_with_article(changed("Russia insists … cede Donbas.", quote))
    assert golds(faq, SENTENCES)["russia-donbas"] == {"russia-donbas", 3}


def test_without_sentences_an_entry_answers_its_id() -> None:
    assert golds(FAQ, {})["where"] == {"where"}


@pytest.mark.parametrize(
    ("decision", "gold", "became"),
    [
        pytest.param(answer("where"), ["where"], Outcome.RIGHT, id="the entry"),
        pytest.param(answer("where"), [2, 1], Outcome.RIGHT, id="one of the sentences"),
        pytest.param(answer("where"), [2], Outcome.WRONG, id="another sentence"),
        pytest.param(answer("where", "russia-donbas"), [3], Outcome.RIGHT, id="the second answer"),
        pytest.param(answer("hotel"), [1], Outcome.WRONG, id="an unknown for what is known"),
        pytest.param(suggest("hotel", "where"), [1], Outcome.OFFERED, id="among the offered"),
        pytest.param(suggest("hotel", "where"), [3], Outcome.MISLED, id="not even among them"),
        pytest.param(ABSTAIN, [1], Outcome.REFUSED, id="refused though it is the nearest"),
        pytest.param(ABSTAIN, [], Outcome.DECLINED, id="rightly refused"),
        pytest.param(answer("hotel"), [], Outcome.DECLINED, id="said that nobody knows"),
        pytest.param(answer("where"), [], Outcome.FALSE, id="a false answer"),
        pytest.param(answer("hotel", "where"), [], Outcome.FALSE, id="a false second answer"),
        pytest.param(suggest("where", "hotel"), [], Outcome.ASKED_BACK, id="asked back"),
    ],
)
def test_what_becomes_of_a_query(
    decision: Decision, gold: list[str | int], became: Outcome
) -> None:
    assert outcome(decision, labelled(*gold), GOLDS) is became
    assert became in (ANSWERABLE if gold else UNANSWERABLE)


def test_every_outcome_has_its_side() -> None:
    assert sorted((*ANSWERABLE, *UNANSWERABLE)) == sorted(Outcome)


def report(**counts: int) -> Report:
    return Report({("en", "direct"): Counter({Outcome[name]: n for name, n in counts.items()})})


@pytest.mark.parametrize(
    ("counted", "right", "precision", "false_answers"),
    [
        pytest.param(report(), 0, 0, 0, id="of nothing"),
        pytest.param(report(RIGHT=3, WRONG=1), 75, 75, 0, id="answers"),
        pytest.param(report(RIGHT=1, OFFERED=1, MISLED=1, REFUSED=1), 25, 100, 0, id="no answers"),
        pytest.param(report(RIGHT=3, FALSE=1), 100, 75, 100, id="false answers"),
        pytest.param(report(FALSE=1, DECLINED=2, ASKED_BACK=1), 0, 0, 25, id="unanswerable"),
    ],
)
def test_shares(counted: Report, right: float, precision: float, false_answers: float) -> None:
    assert counted.right == right
    assert counted.precision == precision
    assert counted.false_answers == false_answers


def test_shares_are_of_all_languages_and_kinds_together() -> None:
    parts = {
        ("en", "direct"): Counter({Outcome.RIGHT: 2}),
        ("uk", "direct"): Counter({Outcome.RIGHT: 1, Outcome.WRONG: 1}),
        ("uk", "far"): Counter({Outcome.DECLINED: 1}),
    }
    counted = Report(parts)
    assert counted.total == {Outcome.RIGHT: 3, Outcome.WRONG: 1, Outcome.DECLINED: 1}
    assert counted.right == 75


def test_evaluate_counts_by_language_and_kind() -> None:
    decided: Mapping[tuple[str, str], Decision] = {
        ("where?", "en"): answer("where"),
        ("what?", "en"): ABSTAIN,
        ("де?", "uk"): answer("hotel"),
    }
    queries = [
        labelled("where", query="where?"),
        labelled(3, query="what?"),
        LabelledQuery("де?", "uk", "keyword", frozenset()),
    ]
    assert evaluate(lambda query, language: decided[query, language], queries, GOLDS).counts == {
        ("en", "direct"): {Outcome.RIGHT: 1, Outcome.REFUSED: 1},
        ("uk", "keyword"): {Outcome.DECLINED: 1},
    }


def test_what_was_taken_for_what_is_counted_by_language() -> None:
    decided: Mapping[str, Decision] = {
        "who?": replace(answer("where"), candidates=(candidate("hotel"), candidate(RUSSIA))),
        "why?": answer("hotel", "where"),
        "when?": answer("where"),
        "how?": answer("where"),
        "what?": ABSTAIN,
    }
    queries = [
        labelled("ukraine-donbas", RUSSIA, query="who?"),
        labelled("ukraine-donbas", RUSSIA, query="why?"),
        labelled(query="when?"),
        labelled("where", query="how?"),
        labelled("where", query="what?"),
    ]
    assert evaluate(lambda query, _: decided[query], queries, GOLDS).confused == {
        "en": {(RUSSIA, "where"): 1, (RUSSIA, "hotel"): 1, (None, "where"): 1}
    }


def test_a_report_has_a_part_for_each_language() -> None:
    whole = Report(
        {
            ("uk", "direct"): Counter({Outcome.RIGHT: 1}),
            ("en", "far"): Counter({Outcome.FALSE: 1}),
            ("en", "direct"): Counter({Outcome.WRONG: 1}),
        },
        {"en": Counter({("where", "hotel"): 1, (None, "where"): 1})},
    )
    assert whole.languages == ("en", "uk")
    assert (whole.of("uk").right, whole.of("uk").confused) == (100, {"uk": Counter()})
    assert (whole.of("en").right, whole.of("en").confused) == (0, whole.confused)


@pytest.mark.parametrize(
    ("level", "undercut"),
    [
        ((75, 75, 100), False),
        ((75.1, 75, 100), True),
        ((75, 75.1, 100), True),
        ((75, 75, 99.9), True),
    ],
)
def test_a_level_is_undercut_by_any_of_its_figures(
    level: tuple[float, float, float], undercut: bool
) -> None:
    counted = report(RIGHT=3, REFUSED=1, FALSE=1)
    assert Level(*level).undercut(counted) == undercut


def test_the_trade_off_answers_less_the_more_is_asked_for() -> None:
    queries = [labelled("where", query="talks: venue"), labelled(query="what is the weather?")]
    answerer = Answerer(FAQ)
    reports = trade_off(answerer, queries, GOLDS, [0, 50, 101])
    assert [(threshold, reports[threshold].right) for threshold in reports] == [
        (0, 100),
        (50, 100),
        (101, 0),
    ]


ROW = '{"q": "Where?", "lang": "en", "kind": "direct", "gold": ["where", 1]}'


def test_a_file_of_labelled_queries_is_read_line_by_line() -> None:
    unanswerable = json.dumps({"q": "Де?", "lang": "uk", "kind": "far", "gold": [], "note": "x"})
    assert list(labelled_queries([ROW, " ", unanswerable], "a.jsonl")) == [
        LabelledQuery("Where?", "en", "direct", frozenset({"where", 1})),
        LabelledQuery("Де?", "uk", "far", frozenset()),
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Where?", id="no JSON"),
        pytest.param("[]", id="a list"),
        pytest.param("null", id="null"),
        pytest.param('{"lang": "en", "kind": "direct", "gold": []}', id="no query"),
        pytest.param('{"q": "Where?", "lang": "en", "kind": "direct"}', id="no gold"),
        pytest.param(ROW.replace('["where", 1]', '"where"'), id="gold that is no list"),
        pytest.param(ROW.replace('["where", 1]', '[["where"]]'), id="gold of lists"),
    ],
)
def test_a_wrong_line_is_named(line: str) -> None:
    with pytest.raises(BotError, match=r'^a\.jsonl:3: is not \{"q": text, .*\}$'):
        list(labelled_queries([ROW, "", line, ROW], "a.jsonl"))
