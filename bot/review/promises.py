"""Ids of entries are promises: permalinks and buttons that are out there carry them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from bot.faq import Faq
from bot.loading.tree import Path


def warnings(faq: Faq, published: Collection[str]) -> Iterator[tuple[Path, str]]:
    """The ids that are gone, each with the new id that is most like it."""
    new = [id for id in faq.entries if id not in published]
    places = {id: place for place, id in enumerate(faq.entries)}
    for id in published:
        if id not in faq.entries:
            near = get_close_matches(id, new, 1, 0.7)
            told = f'the id "{id}" is gone: links and buttons with it open nothing any more'
            if near:
                yield ("entries", places[near[0]], "id"), f"{told}; is this its new name?"
            else:
                yield ("entries",), told
