"""How often a thing may happen, for each of many keys: one each so many seconds, and a few at once.

The generic cell rate algorithm (ITU-T I.371): for each key stands the time at which it would be
rested; a thing moves that time on by one interval, and may happen while the time is at most
`burst - 1` intervals ahead. That is one number a key, and none for a key that is rested. In any
stretch of time t at most `burst + t / interval` things happen.

The library `limits` was weighed: in memory it holds a list, a lock and an object an event for each
key, starts a thread to clear them, and goes by the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Hashable

MOST_KEYS = 40_000
"""Keys that are remembered: some 4 MiB. More at the same time than Telegram lets a bot answer in
twenty minutes."""


class Spacing:
    """`interval` is in seconds, as is every time; times come from a clock that never jumps."""

    def __init__(self, interval: float, *, burst: int = 1, most: int = MOST_KEYS) -> None:
        self._interval = interval
        self._ahead = interval * (burst - 1)
        self._most = most
        self._rested: dict[Hashable, float] = {}

    def __len__(self) -> int:
        return len(self._rested)

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until it may happen; 0 if it may now."""
        return max(self._rested.get(key, now) - self._ahead - now, 0.0)

    def take(self, key: Hashable, now: float) -> None:
        """It happens, whether it may or not."""
        self._remember(key, max(self._rested.get(key, now), now) + self._interval, now)

    def allow(self, key: Hashable, now: float) -> bool:
        """May it happen now? If so, it does."""
        allowed = not self.wait(key, now)
        if allowed:
            self.take(key, now)
        return allowed

    def hold(self, key: Hashable, seconds: float, now: float) -> None:
        """It may not happen for so long."""
        self._remember(key, max(self._rested.get(key, now), now + seconds + self._ahead), now)

    def _remember(self, key: Hashable, rested: float, now: float) -> None:
        if len(self._rested) >= self._most and key not in self._rested:
            self._forget(now)
        self._rested[key] = rested

    def _forget(self, now: float) -> None:
        """Makes room: the rested ones go, and if that is not half of all, those nearest to it. The
        busiest stay, so that no crowd of others sets them free."""
        busy = {key: time for key, time in self._rested.items() if time > now}
        if len(busy) > self._most // 2:
            median = sorted(busy.values())[len(busy) // 2]
            busy = {key: time for key, time in busy.items() if time > median}
        self._rested = busy
