"""From a query to a decision: answer, ask what was meant, or say that we have no answer.

A wrong answer is worse than none, so everything here leans towards not answering. It knows no
Telegram and no wording; what it returns is a value that says which entry and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from itertools import chain

from bot import courtesy, questions
from bot.faq import ENGLISH, Entry, Faq
from bot.language import language_heard, language_of
from bot.matching import Candidate, Matcher
from bot.names import Names, names, names_in
from bot.policy import ANSWERS, CANDIDATES, DEFAULT, Policy
from bot.text import is_cyrillic, words

QUERY_LIMIT = 300
"""Characters that one question may have; who writes more is asked for one sentence."""


class Reason(StrEnum):
    """Why there is no answer."""

    NO_MATCH = "no match"
    NO_WORDS = "no words"
    TOO_LONG = "too long"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """What every decision tells: the query, the language to reply in, the candidates, best first,
    and `rule`, which says in a sentence what decided."""

    query: str
    language: str
    candidates: tuple[Candidate, ...] = ()
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(_Decided):
    """The query means `entry`; a message with a second question is answered by `also`, too."""

    entry: Entry
    also: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggest(_Decided):
    """The query may mean any of `entries`: two or three, likeliest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstain(_Decided):
    """The query means nothing that the FAQ holds; `nearest` is what comes closest, if anything."""

    reason: Reason
    nearest: Entry | None = None


Decision = Answer | Suggest | Abstain


class Answerer:
    """Answers queries from one FAQ. Built once for an FAQ; deciding changes nothing in it."""

    def __init__(self, faq: Faq, policy: Policy = DEFAULT) -> None:
        self._faq = faq
        self.policy = policy
        entries = faq.entries
        self._matcher = matcher_of(faq)
        self._rank = self._matcher.ranking
        read = self._matcher.phrasings()
        self._asks = {
            id: questions.asks([*chain.from_iterable((*text, "\n") for text in texts)])
            for id, texts in read.items()
            if not entries[id].unknown
        }
        self._names = Names(faq, read, self._matcher.stem)

    def answer(self, query: str, language: str | None = None) -> Decision:
        """The decision on `query`, to be put in `language`; if None, in the query's own.

        Total: never raises, whatever the string.
        """
        query = query.strip()
        language = language or self.language_of(query) or ENGLISH
        if (reason := _unasked(query)) is not None:
            rule = f"its form alone decides: {reason}"
            return Abstain(query=query, language=language, rule=rule, reason=reason)
        whole, asked = self._decide(query, language), courtesy.without_courtesy(query)
        parts = [self._decide(it, language) for it in questions.parts(asked) if not _unasked(it)]
        return _joined(whole, parts)

    def language_of(self, query: str) -> str | None:
        """The language of `query`, even if in another's letters; None where it does not tell."""
        language = language_of(query)
        if language == ENGLISH and self._matcher.hears_cyrillic(query):
            return language_heard(self._matcher.read(query))
        return language

    def listed(self, query: str) -> tuple[Entry, ...]:
        """What is offered to somebody who chooses from a list: answers first, then suggestions,
        then whatever has to do with it; nothing where a question would find no answer."""
        decision = self.answer(query)
        if isinstance(decision, Abstain):
            return ()
        first = (
            decision.entries if isinstance(decision, Suggest) else (decision.entry, *decision.also)
        )
        near = [c.id for c in decision.candidates if c.score >= self.policy.listed]
        ids = dict.fromkeys([*(entry.id for entry in first), *near])
        return tuple(self._faq.entries[id] for id in ids)

    def knows(self, word: str) -> bool:
        """Does the FAQ hold `word`, perhaps mistyped, or as a Cyrillic form of a name?"""
        known, read = self._matcher.knows, self._matcher.read
        return known(word) or (is_cyrillic(word.lower()) and all(map(known, read(word))))

    def under(self, policy: Policy) -> Answerer:
        """The same FAQ, answered by another policy; nothing is built anew."""
        other = copy(self)
        other.policy = policy
        return other

    def remembering(self) -> Answerer:
        """The same, to measure with, never to answer people: it remembers what it looked up."""
        other = copy(self)
        other._rank = cache(self._rank)
        return other

    def _decide(self, query: str, language: str) -> Decision:
        candidates, policy = self.candidates(query), self.policy
        best = [self._faq.entries[candidate.id] for candidate in candidates]
        score = candidates[0].score if candidates else 0.0
        # One alone is no choice.
        alone = len(best) == 1
        least, what = (policy.answer, "the answer") if alone else (policy.suggest, "suggested")
        if score < least:
            return Abstain(
                query=query,
                language=language,
                candidates=candidates,
                rule=f"no candidate reaches {least:g}, from which one is {what}",
                reason=Reason.NO_MATCH,
                nearest=best[0] if score >= policy.nearest else None,
            )
        tied = len(best) > 1 and self._tied(candidates[0], candidates[1])
        if score >= policy.answer and not tied:
            return Answer(
                query=query,
                language=language,
                candidates=candidates,
                rule=f"the first candidate reaches {policy.answer:g}, from which one is the answer",
                entry=best[0],
            )
        likely = sum(it.score >= policy.option * score for it in candidates[: policy.options])
        return Suggest(
            query=query,
            language=language,
            candidates=candidates,
            rule="the first two stand side by side, and the article knows only one of them"
            if tied
            else f"the first candidate lies between {policy.suggest:g} and {policy.answer:g}",
            entries=tuple(best[: max(likely, 2)]),
        )

    def _tied(self, first: Candidate, second: Candidate) -> bool:
        entries = self._faq.entries
        return (
            second.score >= self.policy.tie * first.score
            and entries[first.id].unknown != entries[second.id].unknown
        )

    def candidates(self, query: str) -> tuple[Candidate, ...]:
        """The matcher's candidates, with lower scores where the query's form is against them."""
        text = self._matcher.read(query := courtesy.without_courtesy(query))
        asked, named = questions.asks(text), self._names.fitting(text)
        weight = 1.0 if questions.is_question(query, text) else self.policy.statement
        if not all(map(self._matcher.knows, names(query))):
            weight *= self.policy.stranger
        found, typical = self._rank(text, CANDIDATES)
        on_topic = partial(self.policy.on_topic, typical=typical, words=len(text))
        lowered = [
            Candidate(id, on_topic(score) * weight * self._fit(id, asked, named), phrasing)
            for id, score, phrasing in found
        ]
        return tuple(sorted(lowered, key=lambda candidate: -candidate.score))

    def _fit(self, id: str, asked: Set[questions.Asks], named: Callable[[str], bool]) -> float:
        """What is left of an entry's score, as a share, if the query asks for and names this."""
        form = self._faq.entries[id].unknown or asked <= self._asks[id]
        share = 1.0 if form else self.policy.other_form
        return share if named(id) else share * self.policy.other_name


def matcher_of(faq: Faq) -> Matcher:
    """The matcher that answers from `faq`."""
    entries = faq.entries.values()
    return Matcher(
        {entry.id: entry.phrasings for entry in entries},
        aliases=faq.aliases,
        names=names_in(faq),
        kin={entry.id: faq.kin(entry) for entry in entries},
    )


def _unasked(query: str) -> Reason | None:
    """Why `query` is not even looked up, or None if it is."""
    text = words(courtesy.without_laughter(query))
    if courtesy.is_about_the_bot(text):
        return Reason.HELP
    if not questions.telling(text) or not any(map(str.isalnum, query)):
        return Reason.NO_WORDS
    if len(query) > QUERY_LIMIT:
        return Reason.TOO_LONG
    if courtesy.is_greeting(text):
        return Reason.GREETING
    if courtesy.is_thanks(text):
        return Reason.THANKS
    return None


def _joined(whole: Decision, parts: Sequence[Decision]) -> Decision:
    """One decision for a message of several sentences: the surest, and further answers if any."""
    surest = max([whole, *parts], key=lambda it: (isinstance(it, Answer), _score(it)))
    if not isinstance(surest, Answer):
        return whole
    answered = {part.entry.id: part.entry for part in parts if isinstance(part, Answer)}
    if surest.entry.id not in answered:
        answered = {surest.entry.id: surest.entry} | answered
    # In the order in which they were asked.
    first, *also = list(answered.values())[:ANSWERS]
    return replace(surest, query=whole.query, entry=first, also=tuple(also))


def _score(decision: Decision) -> float:
    return max((candidate.score for candidate in decision.candidates), default=0.0)
