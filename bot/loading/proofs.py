"""Whether every answer is proved: its quotes stand in the source, word for word, where they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TypeAlias

from bot import article
from bot.loading.rules import Breaches, nearest, text_of
from bot.loading.tree import Document, Path

Article: TypeAlias = Sequence[article.Section]
Articles: TypeAlias = Mapping[str, Article]
"""Those sources that could be read, by id."""

MAX_HINTS = 20
"""Misquotes of one file that are shown the nearest sentence: in a long article that takes time."""


def read_sources(
    document: Document, read: Callable[[str], str], skip: set[Path]
) -> tuple[dict[str, str], list[tuple[Path, str]]]:
    """The texts of the sources by id, and the files that cannot be read.

    Paths of the document in `skip` are known to be wrong: only a file inside the folder is read.
    """
    texts: dict[str, str] = {}
    unread: list[tuple[Path, str]] = []
    for path, file in document.texts("sources", str, "file"):
        if path not in skip:
            try:
                texts[str(path[1])] = read(file.strip())
            except UnicodeDecodeError as error:
                unread.append((path, f"byte {error.start + 1} of {file} is not UTF-8; save it so"))
            except OSError as error:
                unread.append((path, f"{file} cannot be read: {error.strerror or error}"))
    return texts, unread


def breaches(document: Document, articles: Articles) -> Breaches:
    """Answers without proof, and quotes that are not as the article has them.

    A source that is not among the `articles` was not read: its quotes are taken at their word.
    """
    sources = document.data.get("sources")
    known = sources if isinstance(sources, dict) else {}
    hints = count()
    for path, entry in document.maps("entries", int):
        if entry.get("quotes", []) == [] and entry.get("unknown", "false") == "false":
            yield (*path, "quotes"), "is missing; quote the source, or write unknown: true"
    for path, quote in document.maps("entries", int, "quotes", int):
        source, text = text_of(quote, "source"), text_of(quote, "text")
        if source and source not in known:
            told = f'"{source}" is not under sources: at the top of the file'
            yield (*path, "source"), told + nearest(source, known)
        elif text and source in articles:
            headings = article.headings_over(articles[source], text)
            if not headings:
                hinted = next(hints) < MAX_HINTS
                yield (*path, "text"), _misquote(articles[source], text, hinted=hinted)
            elif isinstance(quote.get("section"), str):
                yield from _section((*path, "section"), text_of(quote, "section"), headings)


def _misquote(source: Article, text: str, *, hinted: bool) -> str:
    if hinted and (apart := _apart(source, article.pieces(text))):
        return f"joins pieces that stand {apart}; make two quotes of them"
    near = article.nearest(source, text) if hinted else ""
    advice = f', which says: "{near}"' if near else ""
    return f"does not stand word for word in the source{advice}"


def _apart(source: Article, pieces: Sequence[str]) -> str:
    """Where the pieces of a misquote stand, if each of them stands somewhere."""
    where = [{place for place, it in enumerate(source) if _stands(it, piece)} for piece in pieces]
    if not all(where) or len(where) < 2:
        return ""
    return "in another order" if set.intersection(*where) else "in different sections"


def _stands(section: article.Section, piece: str) -> bool:
    return bool(article.headings_over([section], piece))


def _section(path: Path, written: str, headings: Sequence[str]) -> Breaches:
    if article.fold(written) not in map(article.fold, headings):
        yield path, f'is not where the quote stands: write "{headings[0]}"'
