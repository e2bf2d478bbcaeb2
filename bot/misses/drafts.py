"""Misses as YAML to paste into the FAQ file: phrasings under the nearest entry, drafts of new ones.

A person decides what of it goes in. What could be wrong is left out or left empty: phrasings that
the file holds already, or out of which a name was struck, stand there as comments; a draft has no
answer, and until it has one `check` refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import yaml

from bot import article
from bot.answering import Answerer
from bot.faq import ENGLISH, Entry, Faq
from bot.language import language_of
from bot.loading.shape import ASK_LIMIT, QUOTE_LIMIT, QUOTES
from bot.matching import Candidate, Matcher
from bot.misses.grouping import Group, Missed
from bot.misses.redaction import unmarked
from bot.text import words

MOST = 50
"""Phrasings that are proposed for one entry in one language; it may have 200."""

OTHERS = 2
"""Further candidates that are named beside the nearest entry."""

NEAR = 1.5
"""Score from which a miss is proposed under the entry that comes nearest; below, it is the draft of
a new one. Of phrasings that were held back (3 of 10 of each entry, twice) and then missed, 72 of
100 reach it; of questions in tests/quality (dev, fresh a to c) that have nothing to do with the
talks and are missed, 22 of 100. How near beyond that tells little more of which entry is right
(2026-11-30)."""

Lines = Iterator[str]


class Drafts:
    """Drafts for the FAQ that `answerer` answers from."""

    def __init__(self, faq: Faq, answerer: Answerer) -> None:
        self._faq = faq
        self._policy = answerer.policy
        self._stored = {words(p) for entry in faq.entries.values() for p in entry.phrasings}
        self._sentences = {
            f"{source.id}/{number}": (source.id, sentence)
            for source in faq.sources.values()
            for number, sentence in enumerate(_sentences(source.text))
            if len(sentence) <= QUOTE_LIMIT
        }
        said = {id: [sentence] for id, (_, sentence) in self._sentences.items()}
        self._proofs = Matcher(said, aliases=faq.aliases)

    def lines(self, missed: Missed) -> Lines:
        """A whole YAML document, in the form and with the indents of the FAQ file."""
        near: dict[str, list[Group]] = {}
        new = []
        for group in missed.groups:
            nearest = _nearest(group)
            if nearest:
                near.setdefault(nearest.id, []).append(group)
            elif group.texts:
                new.append(group)
        yield "# Questions without an answer. Keep what you agree with, and paste it into the file."
        yield "entries:" if near or new else "entries: []"
        for id, groups in near.items():
            yield from self._addition(self._faq.entries[id], groups)
        for number, group in enumerate(new, 1):
            yield from self._draft(f"new-{number}", group)

    def _addition(self, entry: Entry, groups: Sequence[Group]) -> Lines:
        yield ""
        yield f"  - id: {entry.id}"
        yield f"    # {entry.text(ENGLISH).question}"
        places: dict[str, list[str]] = {}
        for group in groups:
            yield f"    # {_told(group)}"
            for text in group.texts:
                places.setdefault(_place(text, entry), []).append(text)
        for language, texts in sorted(places.items(), key=lambda place: place[0] != ENGLISH):
            if language == ENGLISH:
                yield from self._phrasings(texts, "    ")
            else:
                yield f"    {language}:"
                yield from self._phrasings(texts, "      ")

    def _draft(self, id: str, group: Group) -> Lines:
        texts = list(group.texts)
        english = (it for it in texts if self._fits(it) and language_of(it) == ENGLISH)
        question = next(english, "")
        others = [text for text in texts if text != question]
        topics = list(self._faq.topics)
        topic = self._faq.entries[group.candidates[0].id].topic if group.candidates else topics[0]
        yield ""
        yield f"  # {_told(group)}"
        yield f"  - id: {id}  # a name of your choice, which never changes once it is published"
        yield f"    topic: {topic}  # of {', '.join(topics)}"
        yield "    # unknown: true  # if the article does not say it; then quotes may be left out"
        yield f"    question: {_quoted(question)}" if question else "    question:  # in English"
        yield from self._phrasings(others, "    ")
        yield "    answer:  # dated, naming who said it; until it is there, check refuses the entry"
        quotes = self._quotes(group)
        if quotes:
            yield "    quotes:  # keep what proves the answer"
        for source, sentence in quotes:
            yield f"      - {{source: {source}, text: {_quoted(sentence)}}}"

    def _phrasings(self, texts: Sequence[str], indent: str) -> Lines:
        fit = list(filter(self._fits, texts))
        if fit:
            yield f"{indent}phrasings:"
        for text in texts[:MOST]:
            yield f"{indent}  {'' if text in fit else '# '}- {_quoted(text)}"

    def _fits(self, text: str) -> bool:
        """May it stand in the file as it is?"""
        clean = len(text) <= ASK_LIMIT and unmarked(text) == text
        return clean and words(text) not in self._stored

    def _quotes(self, group: Group) -> list[tuple[str, str]]:
        """The sentences of the sources that are most like the questions; else what the nearest
        entries quote."""
        asked = unmarked(next(iter(group.texts)))
        ranked = self._proofs.rank(asked, QUOTES)
        said = [self._sentences[c.id] for c in ranked if c.score >= self._policy.listed]
        near = [self._faq.entries[c.id] for c in group.candidates[:QUOTES]]
        cited = ((quote.source, quote.text) for entry in near for quote in entry.quotes)
        return list(dict.fromkeys(chain(said, cited)))[:QUOTES]


def _sentences(text: str) -> Iterator[str]:
    return (sentence for section in article.sections(text) for sentence in section.sentences)


def _nearest(group: Group) -> Candidate | None:
    first = next(iter(group.candidates), None)
    return first if group.texts and first and first.score >= NEAR else None


def _told(group: Group) -> str:
    kinds = ", ".join(f"{kind}: {times}" for kind, times in group.kinds.items())
    near = [f"{c.id} ({c.score:.1f})" for c in group.candidates[: OTHERS + 1]]
    refused = [f"not {id}" for id in group.refused]
    nearest = f"near: {', '.join(near) or 'nothing'}"
    return "; ".join([kinds, f"last on {group.last}", nearest, *refused])


def _place(text: str, entry: Entry) -> str:
    """The language under which the entry keeps such phrasings."""
    language = language_of(text)
    return language if language and language in entry.texts else ENGLISH


def _quoted(text: str) -> str:
    """As a YAML scalar, on one line."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf")).strip()
