"""When a message may go, so that Telegram's limits are kept and no chat waits for another.

Telegram allows about one message a second in a chat, 20 a minute in a group, 30 a second over all
(core.telegram.org/bots/faq), and is not specific about bursts. None is made use of in a chat: an
answer is one message, and the next one may wait a second. Each limit is kept with something in
reserve, because on the way to Telegram messages catch up with one another; and a turn is given when
its time has come and never in advance, so that after a stall none catch up with those before.

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

OVERALL = 1 / 25
"""Seconds between two messages to anybody: five of a second's 30 may be late by as much as they
like."""

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
        self._one_by_one = asyncio.Lock()

    async def turn(self, chat: Chat, *, patience: float = PATIENCE) -> None:
        """Returns when a message to this chat may go. Raises RetryAfter if the chat's own turn is
        further away than `patience`."""
        while not await self._takes_turn(chat):
            while wait := self._wait(chat):
                if wait > patience:
                    raise RetryAfter(timedelta(seconds=wait))
                await self._sleep(wait)

    def arrived(self, chat: Chat) -> None:
        """A message to this chat has: the next is a second behind, however fast it travels."""
        self._chats.hold(chat, IN_A_CHAT, self._clock())

    def pause(self, chat: Chat, seconds: float) -> None:
        """Telegram wants nothing more in this chat for so long."""
        self._chats.hold(chat, seconds, self._clock())

    async def _takes_turn(self, chat: Chat) -> bool:
        """True when it has; False if it is not the chat's turn, perhaps no longer."""
        if self._wait(chat):
            return False
        async with self._one_by_one:
            await self._sleep(max(self._next - self._clock(), 0))
            if self._wait(chat):
                return False
            now = self._clock()
            self._next = now + OVERALL
            self._chats.take(chat, now)
            if _is_group(chat):
                self._groups.take(chat, now)
            return True

    def _wait(self, chat: Chat) -> float:
        now = self._clock()
        in_chat = self._chats.wait(chat, now)
        return max(in_chat, self._groups.wait(chat, now)) if _is_group(chat) else in_chat


def _is_group(chat: Chat) -> bool:
    """Groups and channels have ids below zero; people write to channels by name."""
    return isinstance(chat, str) or chat < 0
