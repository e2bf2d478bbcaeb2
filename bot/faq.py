"""The FAQ as values: where an answer comes from, one thing we can answer, and all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import zip_longest
from types import MappingProxyType

from bot import article

ENGLISH = "en"
LANGUAGES = (ENGLISH, "uk", "ru")
"""Every language an FAQ may be written in. English comes first: each entry has it."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that answers rest on. `text` is the whole of it, empty where it was not read."""

    id: str
    title: str
    file: str
    published: date
    url: str | None = None
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, verbatim, in the source's own language.

    `section` is the heading they stand under; empty where they stand before the first one.
    """

    source: str
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What an entry says in one language.

    `short` is the answer in one sentence, for groups. `phrasings` are further ways to ask. A
    translation keeps the `mark` of the English text that it was made `of`.
    """

    question: str
    answer: str
    short: str
    phrasings: tuple[str, ...] = ()
    of: str | None = None

    @property
    def mark(self) -> str:
        """Changes with anything that a translation would have to follow."""
        said = "\0".join((self.question, self.answer, self.short))
        return sha256(said.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer that was wrong and has been put right, openly."""

    date: date
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing we can answer; or, if `unknown`, one thing we know the sources do not say."""

    id: str
    topic: str
    texts: Mapping[str, Text]
    quotes: tuple[Quote, ...] = ()
    unknown: bool = False
    says: str | None = None
    other: str | None = None
    corrected: Correction | None = None

    def text(self, language: str) -> Text:
        """The entry in `language`, or in English where nobody has translated it."""
        return self.texts.get(language) or self.texts[ENGLISH]

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every stored way to ask for this, in all languages; each question comes first."""
        return tuple(p for text in self.texts.values() for p in (text.question, *text.phrasings))


@dataclass(frozen=True, slots=True)
class Faq:
    """Everything the bot knows, in the order of the file.

    `topics` maps a topic's id to its title by language; `aliases` are groups of names, any of
    which means the first.
    """

    sources: Mapping[str, Source]
    entries: Mapping[str, Entry]
    topics: Mapping[str, Mapping[str, str]]
    aliases: tuple[tuple[str, ...], ...] = ()

    def topic_title(self, topic: str, language: str) -> str:
        titles = self.topics[topic]
        return titles.get(language) or titles[ENGLISH]

    def by_topic(self) -> Mapping[str, Sequence[Entry]]:
        """The entries under their topics, both in the order of the file."""
        return MappingProxyType(
            {
                topic: tuple(entry for entry in self.entries.values() if entry.topic == topic)
                for topic in self.topics
            }
        )

    def leading(self) -> Iterator[Entry]:
        """What the sources answer: the first of each topic, then the second of each, and so on."""
        topics = self.by_topic().values()
        answers = [[entry for entry in entries if not entry.unknown] for entries in topics]
        return (entry for turn in zip_longest(*answers) for entry in turn if entry)

    def kin(self, entry: Entry) -> tuple[str, ...]:
        """Entries that rest on words that `entry` rests on: where one is right, so is the other."""
        return tuple(
            other.id
            for other in self.entries.values()
            if other is not entry
            and not (other.unknown or entry.unknown)
            and any(
                a.text in b.text or b.text in a.text for a in entry.quotes for b in other.quotes
            )
        )

    def published(self, entry: Entry) -> tuple[date, ...]:
        """The days of the sources that `entry` quotes; what it says of no source's words is still
        said of a source: of the first."""
        cited = [quote.source for quote in entry.quotes] or list(self.sources)[:1]
        return tuple(dict.fromkeys(self.sources[id].published for id in cited))


def coverage(faq: Faq) -> Mapping[str, tuple[str, ...]]:
    """The sentences of each source that no entry quotes, in the article's order."""
    quotes = [quote for entry in faq.entries.values() for quote in entry.quotes]
    return MappingProxyType(
        {
            source.id: article.unquoted(
                article.sections(source.text),
                [quote.text for quote in quotes if quote.source == source.id],
            )
            for source in faq.sources.values()
        }
    )
