"""What an editor would ask of an answer: of when it is, and how whole its quotes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot import article
from bot.faq import ENGLISH, LANGUAGES, Entry, Faq
from bot.loading.tree import Path
from bot.text import words
from bot.wording import Wording

_NEGATIONS = frozenset("not no neither nor never none without cannot hardly unlikely".split())


def warnings(faq: Faq) -> Iterator[tuple[Path, str]]:
    wordings = {language: Wording(language) for language in LANGUAGES}
    articles = {id: article.sections(source.text) for id, source in faq.sources.items()}
    for place, entry in enumerate(faq.entries.values()):
        path = ("entries", place)
        yield from _undated(path, entry, faq, wordings)
        for number, quote in enumerate(entry.quotes):
            if negation := _lost_negation(quote.text, articles[quote.source]):
                told = f'leaves out the "{negation}" that its sentence has before it'
                yield (*path, "quotes", number, "text"), told


def _undated(
    path: Path, entry: Entry, faq: Faq, wordings: Mapping[str, Wording]
) -> Iterator[tuple[Path, str]]:
    """The first sentence is all that many people read; the short form is all that groups get."""
    cited = [faq.sources[quote.source] for quote in entry.quotes] or [*faq.sources.values()]
    for language, text in entry.texts.items():
        days = {article.fold(wordings[language].day(source.published)) for source in cited}
        first = article.first_sentence(text.answer)
        place = path if language == ENGLISH else (*path, language)
        for key, said in (("answer", first), ("short", text.short)):
            dated = any(day in article.fold(said) for day in days)
            if days and not dated and (key, said) != ("short", first):
                yield (*place, key), f'does not say of when it is: "{min(days)}"'


def _lost_negation(quote: str, source: Iterable[article.Section]) -> str | None:
    """A quote that begins inside a sentence may turn what the sentence says into its opposite."""
    quoted = article.fold(quote)
    for section in source:
        for sentence in section.folded:
            before, found, _ = sentence.partition(quoted)
            if found and (lost := _NEGATIONS.intersection(words(before))):
                return min(lost)
    return None
