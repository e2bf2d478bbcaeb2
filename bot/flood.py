"""How much one person, and one group as a whole, may ask, so that all others are answered, too.

Each process counts for itself: behind a webhook with n replicas one may ask at most n times as much
in a group's or person's name. Telegram's own limits hold all the same (`pacing`).

What came in the midst of an outage is handled all at once, much faster than it was asked. So a
query is too many only if it is both by the clock and by the dates that Telegram gave the messages.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from bot.spacing import Spacing

BURST = 5
"""Queries at once; so many a quick reader has."""

OF_A_PERSON = 3.0
OF_A_GROUP = 5.0
"""Seconds from one query to the next, after those. A group's come to 17 in the first minute: fewer
than the 20 messages that Telegram lets through there."""

NOTICE = 60.0
"""Seconds without a query too many, until the next such one is told about again."""

RETRIED = 600.0
"""Seconds in which an update that was let through once is not counted when it is tried again."""


class Verdict(Enum):
    ANSWER = auto()
    TELL = auto()
    """That it was too much: once, and then nothing until it is over."""
    IGNORE = auto()


class _Limits:
    """What people and groups may ask, by one clock."""

    def __init__(self) -> None:
        self._people = Spacing(OF_A_PERSON, burst=BURST)
        self._groups = Spacing(OF_A_GROUP, burst=BURST)

    def over(self, person: int | None, group: int | None, now: float) -> int | None:
        """Whose limit a query is over."""
        if person is not None and self._people.wait(person, now):
            return person
        if group is not None and self._groups.wait(group, now):
            return group
        return None

    def take(self, person: int | None, group: int | None, now: float) -> None:
        if person is not None:
            self._people.take(person, now)
        if group is not None:
            self._groups.take(group, now)


class Floods:
    """`clock` is in seconds and never jumps."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._by_the_clock = _Limits()
        self._by_dates = _Limits()
        self._told = Spacing(NOTICE)
        self._let_through = Spacing(RETRIED)

    def judge(
        self, update: int, *, person: int | None, group: int | None, asked: float | None = None
    ) -> Verdict:
        """What to do about a query. `asked` is when, in seconds since 1970, if Telegram tells.

        Of one that is refused on the group's account nothing counts against the person, nor the
        other way round."""
        now = self._clock()
        if self._let_through.wait(update, now):
            return Verdict.ANSWER
        over = self._by_the_clock.over(person, group, now)
        if over is not None and asked is not None:
            over = self._by_dates.over(person, group, asked)
        if over is not None:
            told = self._told.wait(over, now)
            self._told.hold(over, NOTICE, now)
            return Verdict.IGNORE if told else Verdict.TELL
        self._by_the_clock.take(person, group, now)
        if asked is not None:
            self._by_dates.take(person, group, asked)
        self._let_through.take(update, now)
        return Verdict.ANSWER
