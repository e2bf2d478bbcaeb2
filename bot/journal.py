"""What happened to this process last, for those in charge; never a word of anybody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    what: str


class Journal:
    """`now` tells the time, in UTC. `refused` says what is wrong with the FAQ file, if it became
    worse since it was `reloaded`; `failed` is the name of the last error."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.started = self.reloaded = now()
        self.refused: Event | None = None
        self.failed: Event | None = None

    def note_reload(self) -> None:
        self.reloaded, self.refused = self._now(), None

    def note_refusal(self, why: str) -> None:
        self.refused = Event(self._now(), why)

    def note_failure(self, error: str) -> None:
        self.failed = Event(self._now(), error)
