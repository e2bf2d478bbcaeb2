"""Texts that a # may have cut: without quote marks, what stands behind it is a comment."""

from __future__ import annotations

from collections.abc import Iterator

from bot.loading.tree import Document, Path

WRITTEN_OUT = {"question", "phrasings", "answer", "short", "text", "note"}
"""The keys of texts in which people write sentences; behind a key word a comment is one."""


def warnings(document: Document) -> Iterator[tuple[Path, str]]:
    for path in document.commented:
        if WRITTEN_OUT.intersection(path[-2:]):
            yield path, "ends before the #; if that belongs to it, put all between quote marks"
