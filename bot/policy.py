"""How sure is sure enough: the numbers of the decision, in one place."""

from __future__ import annotations

from dataclasses import dataclass

CANDIDATES = 8
"""Candidates that a decision weighs and reports."""

ANSWERS = 3
"""Answers that one message gets, if it asks as many things."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of the decision. Scores are 0 to 100.

    Chosen on tests/quality/dev.jsonl and the sets beside it that were learned from (a to d, f, g,
    j), 2026-11; README, "How it decides", tells what they trade.
    """

    answer: float = 32.0
    """Score from which the first candidate is given as the answer."""

    suggest: float = 9.0
    """Score from which the first candidates are offered as "did you mean"."""

    nearest: float = 7.0
    """Score from which a refusal names the first candidate as the nearest question."""

    listed: float = 1.0
    """Score from which a candidate stands in an inline list, below those that would be answers or
    suggestions: there people see what they choose."""

    tie: float = 0.9
    """Share of the first's score from which a second stands beside it, where one of the two says
    that the article does not know."""

    other_form: float = 0.25
    """What is left of a score if the query asks for something (a number, a name, a date) that no
    phrasing of the entry asks for."""

    other_name: float = 0.25
    """What is left of a score if the query holds a name that the FAQ knows, and no phrasing of the
    entry does: what one side demands does not answer what another does."""

    stranger: float = 0.25
    """What is left of a score if the query names what the FAQ has never heard of."""

    typical: float = 1.2
    """How typical of the FAQ a word of a query has to be (`Ranking.typical`), for the query to be
    on its subject: one that the FAQ uses sixteen times as often as people do at large."""

    off_topic: float = 0.6
    """What is left of a score if no word is: "what is on my todo list"."""

    statement: float = 0.35
    """What is left of a score if the query is no question at all."""

    options: int = 3
    """How many questions "did you mean" offers at most; two at least."""

    option: float = 0.25
    """Share of the first's score from which a third is offered."""


DEFAULT = Policy()
