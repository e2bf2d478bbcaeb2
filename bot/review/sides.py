"""Whose words an answer gives, and whether the other side's are the other side's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from bot import article
from bot.faq import ENGLISH, Entry, Faq
from bot.loading.rules import known_parties, mistaken_party
from bot.loading.tree import Path
from bot.text import stem, stems, words

_STATING = frozenset(
    stems(
        """said stated insisted demanded rejected wanted argued offered refused considered viewed
        ruled indicated declared required asked pressed proposed""".split()
    )
)
Names = Mapping[str, frozenset[str]]

_ARTICLE = stem("article")


def warnings(faq: Faq) -> Iterator[tuple[Path, str]]:
    saying = [entry.says for entry in faq.entries.values() if entry.says]
    known = known_parties(saying, chain.from_iterable(faq.aliases))
    names = {party: _names_of(party, faq) for party in frozenset(saying)}
    answering = _answering(faq)
    for place, entry in enumerate(faq.entries.values()):
        path = ("entries", place)
        if entry.says is None and not entry.unknown:
            yield from _one_sided(path, entry, names)
        if entry.says and (mistaken := mistaken_party(entry.says, known)):
            yield (*path, "says"), mistaken
        if entry.other:
            yield from _no_other_side(path, entry, faq.entries[entry.other], answering)


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


def _no_other_side(
    path: Path, entry: Entry, other: Entry, answering: frozenset[str]
) -> Iterator[tuple[Path, str]]:
    """That the article does not give it, which an unknown entry says, is an answer, too."""
    if other.says is not None and other.says == entry.says:
        told = f'"{other.id}" says what {other.says} says, too; name the entry of another side'
        yield (*path, "other"), told
    elif other.says is None and not other.unknown and other.id not in answering:
        told = f'"{other.id}" is no side\'s: it has no says:, nor a quote in common with this'
        yield (*path, "other"), told


def _answering(faq: Faq) -> frozenset[str]:
    """The entries that quote the words of one of those whose other side they are: what the article
    itself holds against a claim, it says beside it."""
    pairs = ((entry, faq.entries[entry.other]) for entry in faq.entries.values() if entry.other)
    return frozenset(
        other.id
        for entry, other in pairs
        if any(a.text in b.text or b.text in a.text for a in entry.quotes for b in other.quotes)
    )
