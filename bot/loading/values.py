"""A checked file -> the values of `bot.faq`, and whatever the file left out filled in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from bot import article
from bot.faq import ENGLISH, LANGUAGES, Correction, Entry, Faq, Quote, Source, Text
from bot.loading.proofs import Articles
from bot.loading.shape import EntryShape, FileShape, QuoteShape, TextShape, TranslationShape

T = TypeVar("T")


def faq(file: FileShape, texts: Mapping[str, str], articles: Articles) -> Faq:
    """`texts` are the sources that were read, and `articles` the same in sections."""
    return Faq(
        sources=MappingProxyType(
            {
                id: Source(id, it.title, it.file, it.published, it.url, texts.get(id, ""))
                for id, it in file.sources.items()
            }
        ),
        entries=MappingProxyType({it.id: _entry(it, articles) for it in file.entries}),
        topics=MappingProxyType(_topics(file)),
        aliases=tuple(map(tuple, file.aliases)),
    )


def _topics(file: FileShape) -> dict[str, Mapping[str, str]]:
    if file.topics is None:
        used = dict.fromkeys(entry.topic for entry in file.entries)
        return {id: {ENGLISH: id.replace("-", " ").capitalize()} for id in used}
    return {id: _by_language(topic.title, topic.uk, topic.ru) for id, topic in file.topics.items()}


def _by_language(*values: T | None) -> Mapping[str, T]:
    """The values, given in the order of LANGUAGES, under their languages."""
    pairs = zip(LANGUAGES, values, strict=True)
    return MappingProxyType({language: value for language, value in pairs if value is not None})


def _entry(entry: EntryShape, articles: Articles) -> Entry:
    texts = _by_language(entry, entry.uk, entry.ru)
    corrected = entry.corrected
    return Entry(
        id=entry.id,
        topic=entry.topic,
        texts=MappingProxyType({language: _text(text) for language, text in texts.items()}),
        quotes=tuple(_quote(quote, articles) for quote in entry.quotes),
        unknown=entry.unknown,
        says=entry.says,
        other=entry.other,
        corrected=Correction(corrected.date, corrected.note) if corrected else None,
    )


def _text(text: TextShape) -> Text:
    short = text.short or article.first_sentence(text.answer)
    of = text.of if isinstance(text, TranslationShape) else None
    return Text(text.question, text.answer, short, tuple(text.phrasings), of)


def _quote(quote: QuoteShape, articles: Articles) -> Quote:
    section = quote.section or ""
    if quote.section is None and quote.source in articles:
        section = article.headings_over(articles[quote.source], quote.text)[0]
    return Quote(quote.source, quote.text, section)
