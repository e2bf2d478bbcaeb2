"""When a message may go, so that Telegram's limits are kept and no chat waits for another.

Telegram allows about one message a second in a chat, 20 a minute in a group, 30 a second over all
(core.telegram.org/bots/faq), and is not specific about bursts. None is made use of in a chat: an
answer is one message, and the next one may wait a second. A limit is one of when messages come to
Telegram, not of when they go: on the way they catch up with one another, more so on a busy machine.
So a message counts from its turn until a second after its answer came. Whichever of a second's
messages had its turn last, at that moment all the others of that second still counted.

Over several replicas each keeps these limits by itself, so together they may send as many times as
much; then Telegram's 429, which stops only the chat that it is about, has the last word.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import RetryAfter

from bot.spacing import Spacing

IN_A_CHAT = 1.05
"""Seconds between two messages."""

IN_A_GROUP = 4.2
GROUP_BURST = 5
"""Five at once and then one each so many seconds: 5 + 60 / 4.2 are less than 20 in any minute."""

OVERALL = 30
SECOND = 1.02
"""Messages to anybody that may count at a time, each until so many seconds after its answer: what
is over one second is for two clocks that do not go alike."""

EVENLY = 1 / OVERALL
"""Seconds between two turns: a crowd is answered one by one and not in bursts."""

PATIENCE = 1.1
"""Seconds that a message waits for its chat here; for longer, whoever sends has to come again."""

Chat = int | str


class Pacing:
    """`clock` is in seconds and never jumps."""

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._chats = Spacing(IN_A_CHAT)
        self._groups = Spacing(IN_A_GROUP, burst=GROUP_BURST)
        self._next = -math.inf
        # When each of the places for messages that count is free.
        self._places: asyncio.Queue[float] = asyncio.Queue()
        for _ in range(OVERALL):
            self._places.put_nowait(-math.inf)
        self._one_by_one = asyncio.Lock()

    async def turn(self, chat: Chat, *, patience: float = PATIENCE) -> None:
        """Returns when a message to this chat may go; `done` has to follow. Raises RetryAfter if
        the chat's own turn is further away than `patience`."""
        while not await self._takes_turn(chat):
            while wait := self._wait(chat):
                if wait > patience:
                    raise RetryAfter(timedelta(seconds=wait))
                await self._sleep(wait)

    def done(self, chat: Chat) -> None:
        """A message to this chat has arrived, or it is known that it does not. The next is a second
        behind, however fast it travels."""
        now = self._clock()
        self._places.put_nowait(now + SECOND)
        self._chats.hold(chat, IN_A_CHAT, now)

    def pause(self, chat: Chat, seconds: float) -> None:
        """Telegram wants nothing more in this chat for so long."""
        self._chats.hold(chat, seconds, self._clock())

    async def _takes_turn(self, chat: Chat) -> bool:
        """True when it has; False if it is not the chat's turn, perhaps no longer."""
        if self._wait(chat):
            return False
        async with self._one_by_one:
            free = await self._places.get()
            taken = False
            try:
                await self._sleep(max(max(free, self._next) - self._clock(), 0))
                if taken := not self._wait(chat):
                    self._take(chat, self._clock())
                return taken
            finally:
                if not taken:
                    self._places.put_nowait(free)

    def _take(self, chat: Chat, now: float) -> None:
        self._next = now + EVENLY
        self._chats.take(chat, now)
        if _is_group(chat):
            self._groups.take(chat, now)

    def _wait(self, chat: Chat) -> float:
        now = self._clock()
        in_chat = self._chats.wait(chat, now)
        return max(in_chat, self._groups.wait(chat, now)) if _is_group(chat) else in_chat


def _is_group(chat: Chat) -> bool:
    """Groups and channels have ids below zero; people write to channels by name."""
    return isinstance(chat, str) or chat < 0
