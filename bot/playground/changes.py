"""What changes in the world, told to whoever watches: the people's side lives on it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bot.playground.fields import Json


class Change(NamedTuple):
    """`what` is a person, group or message as it is now, or the facts of what happened."""

    kind: str
    what: Json


class Changes:
    def __init__(self) -> None:
        self._watches: set[asyncio.Queue[Change]] = set()

    @property
    def watchers(self) -> int:
        return len(self._watches)

    def tell(self, kind: str, what: object) -> None:
        for watch in self._watches:
            watch.put_nowait(Change(kind, what))

    @contextmanager
    def watched(self) -> Iterator[asyncio.Queue[Change]]:
        """What changes from now on."""
        watch: asyncio.Queue[Change] = asyncio.Queue()
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)
