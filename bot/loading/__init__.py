"""faq.yaml -> Faq, or every problem at once as file:line:column.

In reading order: `decoding` (bytes -> text), `events` (text -> YAML's events), `slips` (where they
break off, in plain words), `tree` (events -> maps, lists and texts with their marks), `shape`
(which keys, of which kind and length), `mistakes` (what pydantic finds, in plain words), `rules`
(what holds between texts), `proofs` (quotes against their sources), `values` (what is handed on).
Nothing here reads a disk: whoever loads passes in how a source is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot import article
from bot.collecting import put_off
from bot.errors import FaqError, Problem
from bot.faq import Faq
from bot.loading import mistakes, proofs, rules, tree, values
from bot.loading.decoding import Mark, UnreadableError
from bot.loading.shape import schema
from bot.loading.tree import Document, Path

__all__ = ["File", "ids", "load", "open_file", "schema"]

MESSAGE_LIMIT = 600
"""Code points of a problem's message: room for a label and the longest sentence of an article."""


@dataclass(frozen=True, slots=True)
class File:
    """An FAQ file without mistakes, and where in it everything stands."""

    name: str
    faq: Faq
    document: Document

    def warnings(self, found: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
        """What to look at again, each at a path such as ("entries", 3, "uk", "answer")."""
        for mark, told in _told(self.document, found):
            yield Problem(self.name, *mark, told[:MESSAGE_LIMIT], warning=True)


def load(
    text: str | bytes, *, name: str = "faq.yaml", read: Callable[[str], str] | None = None
) -> Faq:
    """The FAQ that `text` holds; `FaqError` with every problem that can be told, and nothing else.

    `name` is how problems call the file. `read` gives the text of a source for its path; OSError
    and UnicodeDecodeError become problems. Without it quotes are not proved.
    """
    return open_file(text, name=name, read=read).faq


@put_off()
def open_file(
    text: str | bytes, *, name: str = "faq.yaml", read: Callable[[str], str] | None = None
) -> File:
    """As `load`, for whoever wants to say something of places in the file."""
    try:
        document = tree.read(text)
    except UnreadableError as error:
        raise FaqError([Problem(name, *error.mark, error.message)]) from None
    file, breaches = mistakes.check(document)
    texts: dict[str, str] = {}
    if read:
        texts, unread = proofs.read_sources(document, read, skip={path for path, _ in breaches})
        breaches += unread
    articles = {source: article.sections(text) for source, text in texts.items()}
    breaches += [*rules.breaches(document), *proofs.breaches(document, articles)]
    told = [*document.problems, *_told(document, breaches)]
    if file is None or told:
        raise FaqError([Problem(name, *mark, message[:MESSAGE_LIMIT]) for mark, message in told])
    return File(name, values.faq(file, texts, articles), document)


def ids(text: str | bytes) -> tuple[str, ...]:
    """The ids of a file's entries, whatever else is wrong with it; none if it cannot be read."""
    try:
        return tuple(id for _, id in tree.read(text).texts("entries", int, "id"))
    except UnreadableError:
        return ()


def _told(document: Document, breaches: Iterable[tuple[Path, str]]) -> Iterator[tuple[Mark, str]]:
    """Each breach as an editor would say it: `entry russia-territory, quotes 1, text: is empty`."""
    ids = {path[:2]: id for path, id in document.texts("entries", int, "id")}
    for path, message in breaches:
        spoken = [
            f" {part + 1}" if isinstance(part, int) else f", {part}"
            for part in path
            if part != tree.KEY
        ]
        if path[:2] in ids:
            spoken[1] = f" {ids[path[:2]]}"
        label = "".join(spoken).removeprefix(", ").replace("entries ", "entry ", 1)
        yield document.mark(path), f"{label}: {message}"
