"""How often the bot is right, on questions that somebody has labelled.

The gold of a labelled query is a set of entry ids, or of numbers of the source's sentences: then
any entry that quotes one of them is right. An empty gold means that nothing answers the query; the
bot must abstain, or say that the article does not know.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, assert_never

from bot.answering import Abstain, Answer, Answerer, Decision, Suggest
from bot.article import fold
from bot.errors import BotError
from bot.faq import Entry, Faq


@dataclass(frozen=True, slots=True)
class LabelledQuery:
    """A query, what kind of query it is, and what answers it."""

    query: str
    language: str
    kind: str
    gold: frozenset[str | int]


FORM = '{"q": text, "lang": text, "kind": text, "gold": [entry ids or sentence numbers]}'
"""What a line of a file of labelled queries looks like."""


class Outcome(StrEnum):
    """What became of a query."""

    RIGHT = "right"
    WRONG = "wrong"
    OFFERED = "offered"
    MISLED = "misled"
    REFUSED = "refused"
    DECLINED = "declined"
    ASKED_BACK = "asked back"
    FALSE = "false answer"


ANSWERABLE = (Outcome.RIGHT, Outcome.WRONG, Outcome.OFFERED, Outcome.MISLED, Outcome.REFUSED)
"""Outcomes of queries that have an answer: given, a wrong one given, offered among suggestions, not
even among them, refused."""

UNANSWERABLE = (Outcome.DECLINED, Outcome.ASKED_BACK, Outcome.FALSE)
"""Outcomes of queries that have none."""


def labelled_queries(lines: Iterable[str], name: str) -> Iterator[LabelledQuery]:
    """The queries of a file of JSON lines, called `name` in errors; BotError for a wrong line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _labelled_query(json.loads(line))
            except (ValueError, KeyError, TypeError):
                raise BotError(f"{name}:{number}: is not {FORM}") from None


def _labelled_query(row: Mapping[str, Any]) -> LabelledQuery:
    if not isinstance(row["gold"], list):
        raise TypeError("gold is no list")
    return LabelledQuery(str(row["q"]), str(row["lang"]), str(row["kind"]), frozenset(row["gold"]))


Golds = Mapping[str, frozenset[str | int]]
"""For each entry, all golds that it answers: its id, and the sentences that it quotes."""


def golds(faq: Faq, sentences: Mapping[int, str]) -> Golds:
    """What each entry answers rightly: a known unknown, nothing."""
    folded = {number: fold(sentence) for number, sentence in sentences.items()}
    return {
        id: frozenset() if entry.unknown else frozenset({id, *_quoted(entry, folded)})
        for id, entry in faq.entries.items()
    }


def _quoted(entry: Entry, sentences: Mapping[int, str]) -> Iterable[int]:
    pieces = [fold(piece) for q in entry.quotes for piece in re.split(r"…|\.\.\.", q.text)]
    return (
        number
        for number, sentence in sentences.items()
        if any(piece in sentence or sentence in piece for piece in pieces if piece)
    )


def outcome(decision: Decision, labelled: LabelledQuery, golds: Golds) -> Outcome:
    def right(ids: Iterable[str]) -> bool:
        return any(golds[id] & labelled.gold for id in ids)

    match decision:
        case Answer(entry=entry, also=also):
            given = [e.id for e in (entry, *also)]
            if labelled.gold:
                return Outcome.RIGHT if right(given) else Outcome.WRONG
            return Outcome.FALSE if any(golds[id] for id in given) else Outcome.DECLINED
        case Suggest(entries=entries):
            if labelled.gold:
                return Outcome.OFFERED if right(e.id for e in entries) else Outcome.MISLED
            return Outcome.ASKED_BACK
        case Abstain():
            return Outcome.REFUSED if labelled.gold else Outcome.DECLINED
        case _:
            assert_never(decision)


@dataclass(frozen=True, slots=True)
class Report:
    """Outcomes counted, by language and kind. Shares are percentages; of nothing, 0.

    `confused` counts, for each language, what was asked for and what was answered instead, as ids
    of entries; None where nothing answers the query.
    """

    counts: Mapping[tuple[str, str], Counter[Outcome]]
    confused: Mapping[str, Counter[tuple[str | None, str]]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(language for language, _ in sorted(self.counts)))

    def of(self, language: str) -> Report:
        """The part of it that is about one language."""
        return Report(
            {place: counts for place, counts in self.counts.items() if place[0] == language},
            {language: self.confused.get(language, Counter())},
        )

    @property
    def total(self) -> Counter[Outcome]:
        return sum(self.counts.values(), Counter())

    @property
    def right(self) -> float:
        """The share of answerable queries that were answered rightly."""
        return _share(self.total, Outcome.RIGHT, ANSWERABLE)

    @property
    def precision(self) -> float:
        """The share of answers that were right."""
        return _share(self.total, Outcome.RIGHT, (Outcome.RIGHT, Outcome.WRONG, Outcome.FALSE))

    @property
    def false_answers(self) -> float:
        """The share of unanswerable queries that were answered as if they were."""
        return _share(self.total, Outcome.FALSE, UNANSWERABLE)


def _share(counts: Counter[Outcome], of: Outcome, among: Sequence[Outcome]) -> float:
    return 100 * counts[of] / (sum(counts[outcome] for outcome in among) or 1)


@dataclass(frozen=True, slots=True)
class Level:
    """What a change may not undercut, in percent."""

    right: float
    precision: float
    false_answers: float

    def undercut(self, report: Report) -> bool:
        return (
            report.right < self.right
            or report.precision < self.precision
            or report.false_answers > self.false_answers
        )


def evaluate(
    decide: Callable[[str, str], Decision], queries: Iterable[LabelledQuery], golds: Golds
) -> Report:
    """The report on `decide`, a function of query and language such as `Answerer.answer`."""
    counts: dict[tuple[str, str], Counter[Outcome]] = {}
    confused: dict[str, Counter[tuple[str | None, str]]] = {}
    for labelled in queries:
        decision = decide(labelled.query, labelled.language)
        happened = outcome(decision, labelled, golds)
        counts.setdefault((labelled.language, labelled.kind), Counter())[happened] += 1
        if isinstance(decision, Answer) and happened in (Outcome.WRONG, Outcome.FALSE):
            pair = _meant(decision, labelled, golds), decision.entry.id
            confused.setdefault(labelled.language, Counter())[pair] += 1
    return Report(counts, confused)


def _meant(decision: Decision, labelled: LabelledQuery, golds: Golds) -> str | None:
    """The entry that was asked for: of several the likeliest, as the bot sees it."""
    right = sorted(id for id, answered in golds.items() if answered & labelled.gold)
    ranked = (candidate.id for candidate in decision.candidates if candidate.id in right)
    return next(ranked, right[0] if right else None)


def trade_off(
    answerer: Answerer,
    queries: Sequence[LabelledQuery],
    golds: Golds,
    thresholds: Iterable[float],
) -> Mapping[float, Report]:
    """A report for each score from which the first candidate would be the answer."""
    return {
        threshold: evaluate(
            answerer.under(replace(answerer.policy, answer=threshold)).answer, queries, golds
        )
        for threshold in thresholds
    }
