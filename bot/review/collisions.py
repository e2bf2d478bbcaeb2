"""Phrasings that, left out, would be answered by another entry."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering import matcher_of
from bot.faq import ENGLISH, Entry, Faq
from bot.loading.tree import Path


def warnings(faq: Faq) -> Iterator[tuple[Path, str]]:
    places = {id: place for place, id in enumerate(faq.entries)}
    for one in matcher_of(faq).collisions():
        path = ("entries", places[one.id], *_place(faq.entries[one.id], one.phrasing))
        yield (
            path,
            f'"{one.phrasing}" is nearer to {one.winner}: "{one.nearest}"; left out, it would have '
            f"{one.winning:.2f} there and {one.value:.2f} here; move or reword one of them",
        )


def _place(entry: Entry, phrasing: str) -> Path:
    """Where in the entry the phrasing stands."""
    return next(
        (*(() if language == ENGLISH else (language,)), *key)
        for language, text in entry.texts.items()
        for key, asked in (
            (("question",), text.question),
            *((("phrasings", at), it) for at, it in enumerate(text.phrasings)),
        )
        if asked == phrasing
    )
