"""The queue of updates: what is put there, who may fetch it, and when it is forgotten.

The rules are those of Client.cpp (process_get_updates_query, do_get_updates, abort_long_poll):

    - an offset confirms every update before it; a negative one keeps that many from the end; one
      far in the future is passed over;
    - a poll finds updates or waits; a poll that is about to wait ends the one already waiting;
    - asking again with the same offset within 3 s waits at least 3 s, within 0.5 s yields one
      update: a bot that confirms nothing is slowed down;
    - kinds that the bot does not want are dropped when they come about, not when it polls.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping

from bot.playground.backlog import Backlog, Queue, Update
from bot.playground.clock import Clock
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Json

_KINDS = frozenset(
    (
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "message_reaction",
        "message_reaction_count",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "purchased_paid_media",
        "managed_bot",
        "guest_message",
    )
)
_KINDS_BY_DEFAULT = _KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
_SECONDS_TO_LIVE: Mapping[str, float] = {
    "callback_query": 150,
    "inline_query": 30,
    "chosen_inline_result": 600,
}
_SECONDS_TO_LIVE_ELSE = 24 * 3600.0
_FUTURE = 10  # TQueue takes offsets up to this far behind the last update


class Updates:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = itertools.count(1)
        self._backlog = Backlog(clock)
        self._last_id = 0
        self._kinds = _KINDS_BY_DEFAULT
        self._waiting: asyncio.Future[Rule | None] | None = None
        self._previous = (0, float("-inf"))  # offset and time of the last poll
        self._next_conflict = float("-inf")
        self.webhook_url = ""
        self._carry: Callable[[Queue], None] | None = None

    def add(self, kind: str, content: Mapping[str, Json]) -> None:
        if kind not in self._kinds:
            return
        self._last_id = next(self._ids)
        lives = _SECONDS_TO_LIVE.get(kind, _SECONDS_TO_LIVE_ELSE)
        update = Update(self._last_id, kind, content, self._clock.now() + lives)
        self._backlog.add(update)
        self._end_poll()
        if self._carry:
            self._carry(update.queue)

    @property
    def pending(self) -> tuple[Update, ...]:
        """What the bot has not confirmed and is not too old, the oldest first."""
        return tuple(self._backlog)

    @property
    def polled(self) -> bool:
        """Whether a long poll waits."""
        return self._waiting is not None

    async def get_updates(
        self, offset: int = 0, limit: int = 100, timeout: int = 0, allowed_updates: Json = None
    ) -> Json:
        if self.webhook_url:
            await self._refuse(Rule.WEBHOOK_ACTIVE)
        self.want(allowed_updates)
        timeout, limit = self._slowed(offset, _clamp(timeout, 0, 50), _clamp(limit, 1, 100))
        self._confirm(offset)
        if timeout and not len(self._backlog):
            await self._wait(timeout)
        return [update.as_json() for update in itertools.islice(self._backlog, limit)]

    @property
    def chosen_kinds(self) -> list[str]:
        """What the bot wants, if that is not the default."""
        return [] if self._kinds == _KINDS_BY_DEFAULT else sorted(self._kinds)

    def give_to(self, url: str, carry: Callable[[Queue], None] | None) -> None:
        """Ends polling for a webhook, whose carrier is told the queues that are to be emptied."""
        self.webhook_url, self._carry = url, carry
        if carry:
            self._end_poll(Rule.POLL_ENDED)
            for queue in self._backlog.queues:
                carry(queue)

    def first(self, queue: Queue) -> Update | None:
        return self._backlog.first(queue)

    def forget(self, update: Update) -> None:
        self._backlog.forget(update.id)

    def clear(self) -> None:
        self._backlog.forget_all_but(0)

    def want(self, allowed_updates: Json) -> None:
        """Not said means as before; nothing known means the default."""
        if isinstance(allowed_updates, list):
            named = {str(kind).lower() for kind in allowed_updates}
            self._kinds = _KINDS & named or _KINDS_BY_DEFAULT
        elif allowed_updates is not None:
            raise ApiError(Rule.ARRAY_EXPECTED, what="String")

    def _slowed(self, offset: int, timeout: int, limit: int) -> tuple[int, int]:
        now = self._clock.now()
        same, age = offset == self._previous[0], now - self._previous[1]
        self._previous = (offset, now)
        return (
            max(timeout, 3) if same and age < 3 else timeout,
            1 if same and age < 0.5 else limit,
        )

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._backlog.forget_all_but(-offset)
        elif offset <= self._last_id + _FUTURE:
            self._backlog.forget_before(offset)

    async def _wait(self, seconds: float) -> None:
        self._end_poll(Rule.OTHER_POLLER)
        self._waiting = waiting = asyncio.get_running_loop().create_future()
        try:
            why = await self._clock.wait(waiting, seconds)
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if why:
            await self._refuse(why)

    def _end_poll(self, why: Rule | None = None) -> None:
        """Ends the poll that waits; if no refusal says why, updates came."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(why)

    async def _refuse(self, rule: Rule) -> None:
        """Conflicts closer than 3 s apart are told 3 s late."""
        if self._clock.now() < self._next_conflict:
            await self._clock.sleep(3)
        else:
            self._next_conflict = self._clock.now() + 3
        raise ApiError(rule)


def _clamp(number: int, least: int, most: int) -> int:
    return max(least, min(number, most))
