"""Misses that ask alike, put together, and what comes nearest to them in the FAQ of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering import Answer, Answerer, Decision, Suggest
from bot.matching import Candidate
from bot.misses import Kind, Miss
from bot.misses.alike import alike
from bot.misses.redaction import unmarked
from bot.text import words


@dataclass(frozen=True, slots=True)
class Group:
    """Queries that ask alike: how often each text was written, the most frequent first, and how
    it showed that there was no answer.

    `candidates` are what the FAQ of today holds nearest to the first text, without the entries
    that people `refused`. A group without texts is of taps under an answer to words not known.
    """

    texts: Mapping[str, int]
    kinds: Mapping[Kind, int]
    last: date
    refused: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def times(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Missed:
    """What is still missed, most frequent first; and how often people missed what the FAQ of
    today answers."""

    groups: tuple[Group, ...]
    answered: int = 0

    @property
    def times(self) -> int:
        return sum(group.times for group in self.groups)


def grouped(misses: Sequence[Miss], answerer: Answerer) -> Missed:
    """The misses in groups, as the FAQ of `answerer` stands."""
    forms: dict[object, list[Miss]] = {}
    for miss in misses:
        forms.setdefault(words(miss.text) or (miss.entry,), []).append(miss)
    told = sorted((_group(same, answerer) for same in forms.values()), key=_order)
    open, answered = [], 0
    for group in told:
        if _is_answered(group, answerer):
            answered += group.times
        else:
            open.append(group)
    written = [group for group in open if group.texts]
    asked = [unmarked(next(iter(group.texts))) for group in written]
    together = [_together([written[at] for at in places]) for places in alike(asked)]
    together += [group for group in open if not group.texts]
    return Missed(tuple(sorted(together, key=_order)), answered)


def _order(group: Group) -> tuple[object, ...]:
    return -group.times, -group.last.toordinal(), *group.texts, *group.refused


def _group(misses: Sequence[Miss], answerer: Answerer) -> Group:
    """Misses of one form."""
    texts, kinds = Counter[str](), Counter[Kind]()
    for miss in misses:
        texts[miss.text] += miss.times
        kinds[miss.kind] += miss.times
    text = texts.most_common(1)[0][0]
    refused = {miss.entry for miss in misses if miss.kind is Kind.NOT_ASKED}
    decision = _decision(unmarked(text), answerer)
    if Kind.NONE_OF_THESE in kinds and isinstance(decision, Suggest):
        refused |= {entry.id for entry in decision.entries}
    return Group(
        texts={text: kinds.total()} if text else {},
        kinds=kinds,
        last=max(miss.day for miss in misses),
        refused=tuple(sorted(refused)),
        candidates=tuple(c for c in decision.candidates if c.id not in refused),
    )


def _is_answered(group: Group, answerer: Answerer) -> bool:
    """Does the FAQ answer it by now, and with none of the entries that people refused? Without
    what was struck out of it, a question may be another."""
    text = next(iter(group.texts), "")
    decision = _decision(text, answerer)
    answered = isinstance(decision, Answer) and decision.entry.id not in group.refused
    return answered and unmarked(text) == text


def _decision(text: str, answerer: Answerer) -> Decision:
    # Not as somebody's question: a kind of answerer may count those.
    return Answerer.answer(answerer, text)


def _together(groups: Sequence[Group]) -> Group:
    """The most frequent one comes first."""
    kinds = sum((Counter(group.kinds) for group in groups), Counter[Kind]())
    refused = {id for group in groups for id in group.refused}
    return Group(
        texts={text: times for group in groups for text, times in group.texts.items()},
        kinds=kinds,
        last=max(group.last for group in groups),
        refused=tuple(sorted(refused)),
        candidates=tuple(c for c in groups[0].candidates if c.id not in refused),
    )
