"""Scripted faults: what befalls the next calls of a method."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace

from bot.playground.answers import Answer, Ending

SECONDS_TOO_LONG = 60.0
"""Nobody waits so long for an answer."""

ANY = "*"
"""Stands for every method."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls a call: it is not carried out if an `answer` is given instead of the true one.

    Whichever it is comes after `delay` seconds, and as far as its `ending` lets it.
    """

    answer: Answer | None = None
    delay: float = 0.0
    ending: Ending = Ending.WHOLE

    def befall(self, answer: Answer) -> Answer:
        return replace(answer, delay=self.delay, ending=self.ending)


@dataclass(slots=True)
class Faults:
    """Faults to come, by method (in lower case), the next one first."""

    _coming: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def script(self, method: str, fault: Fault, times: int) -> None:
        self._coming[method.lower()].extend([fault] * times)

    def next(self, method: str) -> Fault | None:
        coming = self._coming[method.lower()] or self._coming[ANY]
        return coming.popleft() if coming else None

    def clear(self) -> None:
        self._coming.clear()
