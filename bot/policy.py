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

    Chosen on tests/quality/dev.jsonl and the sets beside it that were learned from (a to d, f to h,
    j to l), 2026-11, and beside them, for what is everyday talk, on validation rows of CLINC150;
    README, "How it decides", tells what they trade.
    """

    answer: float = 25.0
    """Score from which the first candidate is given as the answer."""

    suggest: float = 7.0
    """Score from which the first candidates are offered as "did you mean"."""

    nearest: float = 5.0
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

    typical: float = 1.5
    """How typical of the FAQ a word of a query has to be (`Ranking.typical`), for the query to be
    surely on its subject: thirty times likelier there than at large."""

    words: int = 3
    """As many words as typical are enough; all of them, of a query that has fewer."""

    statement: float = 0.35
    """What is left of a score if the query is no question at all."""

    options: int = 3
    """How many questions "did you mean" offers at most; two at least."""

    option: float = 0.25
    """Share of the first's score from which a third is offered."""

    def on_topic(self, score: float, typical: float, words: int) -> float:
        """What is left of a score if the `words` of a query are together so `typical` of the FAQ:
        of its odds, the cube of the share that this is of what it takes, with 1 added to both, for
        nothing is hopeless ("what is on my todo list")."""
        least = self.typical * min(words, self.words)
        odds = min((1 + typical) / (1 + least), 1.0) ** 3
        return 100 * odds * score / (100 - (1 - odds) * score)


DEFAULT = Policy()
