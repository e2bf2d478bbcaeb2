"""What an editor would ask of an answer: of when it is, whose words it gives, and how whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot import article
from bot.faq import ENGLISH, LANGUAGES, Entry, Faq
from bot.loading.tree import Path
from bot.text import stem, stems, words
from bot.wording import Wording

_STATING = frozenset(
    stems(
        """said stated insisted demanded rejected wanted argued offered refused considered viewed
        ruled indicated declared required asked pressed proposed""".split()
    )
)
Names = Mapping[str, frozenset[str]]

_ARTICLE = stem("article")
_NEGATIONS = frozenset("not no neither nor never none without cannot hardly unlikely".split())


def warnings(faq: Faq) -> Iterator[tuple[Path, str]]:
    parties = frozenset(entry.says for entry in faq.entries.values() if entry.says)
    names = {party: _names_of(party, faq) for party in parties}
    wordings = {language: Wording(language) for language in LANGUAGES}
    articles = {id: article.sections(source.text) for id, source in faq.sources.items()}
    for place, entry in enumerate(faq.entries.values()):
        path = ("entries", place)
        yield from _undated(path, entry, faq, wordings)
        if entry.says is None and not entry.unknown:
            yield from _one_sided(path, entry, names)
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


def _one_sided(path: Path, entry: Entry, names: Names) -> Iterator[tuple[Path, str]]:
    """What the article itself is named for is no side's."""
    said = frozenset(stems(words(article.first_sentence(entry.text(ENGLISH).answer))))
    speakers = [party for party, known in names.items() if not known.isdisjoint(said)]
    if len(speakers) == 1 and not _STATING.isdisjoint(said) and _ARTICLE not in said:
        told = f"gives what one side says; if so, write says: {speakers[0]}, and other:"
        yield (*path, "answer"), told


def _names_of(party: str, faq: Faq) -> frozenset[str]:
    """The stems of the names, of one word each, that mean the party."""
    known = [name for group in faq.aliases if party in group for name in group]
    found = [stems(words(name)) for name in (party, *known)]
    return frozenset(name[0] for name in found if len(name) == 1)


def _lost_negation(quote: str, source: Iterable[article.Section]) -> str | None:
    """A quote that begins inside a sentence may turn what the sentence says into its opposite."""
    quoted = article.fold(quote)
    for section in source:
        for sentence in section.folded:
            before, found, _ = sentence.partition(quoted)
            if found and (lost := _NEGATIONS.intersection(words(before))):
                return min(lost)
    return None
