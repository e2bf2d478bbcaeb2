"""How much a bot may send (core.telegram.org/bots/faq#broadcasting-to-users), if it is held to it.

Telegram lets short bursts pass; the double does not, so that a bot which keeps to its limits is
never refused by either.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.playground.clock import Clock
from bot.playground.errors import ApiError, Rule

_OVERALL = 30, 1.0  # messages in so many seconds
_IN_A_CHAT = 1, 1.0
_IN_A_GROUP = 20, 60.0


class Flood:
    def __init__(self, clock: Clock) -> None:
        self.on = False
        self._clock = clock
        self._sent: deque[float] = deque(maxlen=_OVERALL[0])  # when
        self._sent_to: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_IN_A_GROUP[0]))

    def check(self, chat_id: str) -> None:
        """Counts a message to this chat, or refuses it."""
        if not self.on:
            return
        here = self._sent_to[chat_id]
        waits = [self._wait(self._sent, *_OVERALL), self._wait(here, *_IN_A_CHAT)]
        if chat_id.startswith("-"):
            waits.append(self._wait(here, *_IN_A_GROUP))
        wait = math.ceil(max(waits))
        if wait:
            raise ApiError(Rule.FLOOD, {"retry_after": wait}, seconds=wait)
        self._sent.append(self._clock.now())
        here.append(self._clock.now())

    def _wait(self, times: deque[float], most: int, seconds: float) -> float:
        """Seconds until there is room for one more."""
        if len(times) < most:
            return 0
        return max(0, times[-most] + seconds - self._clock.now())
