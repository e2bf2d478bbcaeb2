"""How much a bot may send (core.telegram.org/bots/faq#broadcasting-to-users), if it is held to it.

Telegram lets short bursts pass; the double does not, so that a bot which keeps to its limits is
never refused by either.
"""

from __future__ import annotations

import math
from collections import deque

from bot.playground.clock import Clock
from bot.playground.errors import ApiError, Rule

_OVERALL = 30, 1.0  # messages in so many seconds
_IN_A_CHAT = 1, 1.0
_IN_A_GROUP = 20, 60.0


class Flood:
    def __init__(self, clock: Clock) -> None:
        self.on = False
        self._clock = clock
        self._sent: deque[tuple[float, str]] = deque()

    def check(self, chat_id: str) -> None:
        """Counts a message to this chat, or refuses it."""
        if not self.on:
            return
        limits = [_IN_A_CHAT, _IN_A_GROUP] if chat_id.startswith("-") else [_IN_A_CHAT]
        here = [time for time, chat in self._sent if chat == chat_id]
        everywhere = [time for time, _ in self._sent]
        waits = [self._wait(here, *limit) for limit in limits]
        wait = math.ceil(max(self._wait(everywhere, *_OVERALL), *waits))
        if wait:
            raise ApiError(Rule.FLOOD, {"retry_after": wait}, seconds=wait)
        self._sent.append((self._clock.now(), chat_id))

    def _wait(self, times: list[float], most: int, seconds: float) -> float:
        """Seconds until there is room for one more."""
        if len(times) < most:
            return 0
        return max(0, times[-most] + seconds - self._clock.now())
