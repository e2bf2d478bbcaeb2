"""The updates that wait for the bot, at a cost that does not grow with their number."""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.fields import Json

_KINDS_OF_MESSAGES = ("message", "edited_message", "guest_message")

Queue = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    content: Mapping[str, Json]
    expires: float

    @property
    def queue(self) -> Queue:
        """Updates of one queue go to a webhook one after another (Client.cpp, add_update)."""
        if self.kind in _KINDS_OF_MESSAGES:
            return "message", self.content["chat"]["id"]
        if self.kind == "chat_member":
            return self.kind, self.content["new_chat_member"]["user"]["id"]
        place = self.content.get("chat") or self.content["from"]
        return self.kind, place["id"]

    def as_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.content}


class Backlog:
    """Updates by id and by queue, the oldest first; those that are too old are gone.

    A plain dict would search for its first item past all that were removed before it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._updates: OrderedDict[int, Update] = OrderedDict()
        self._queues: dict[Queue, OrderedDict[int, Update]] = {}
        self._ends: list[tuple[float, int]] = []  # a heap of when an update expires, and its id

    def __iter__(self) -> Iterator[Update]:
        self._forget_expired()
        return iter(self._updates.values())

    def __len__(self) -> int:
        self._forget_expired()
        return len(self._updates)

    @property
    def queues(self) -> tuple[Queue, ...]:
        """Those in which something waits."""
        self._forget_expired()
        return tuple(self._queues)

    def add(self, update: Update) -> None:
        self._updates[update.id] = update
        self._queues.setdefault(update.queue, OrderedDict())[update.id] = update
        heapq.heappush(self._ends, (update.expires, update.id))

    def first(self, queue: Queue) -> Update | None:
        self._forget_expired()
        return next(iter(self._queues.get(queue, {}).values()), None)

    def forget(self, update_id: int) -> None:
        """Forgets an update, if it has not been before."""
        update = self._updates.pop(update_id, None)
        if update:
            queue = self._queues[update.queue]
            del queue[update_id]
            if not queue:
                del self._queues[update.queue]

    def forget_before(self, update_id: int) -> None:
        while self._updates and next(iter(self._updates)) < update_id:
            self.forget(next(iter(self._updates)))

    def forget_all_but(self, most: int) -> None:
        """Keeps the last ones."""
        while len(self) > most:
            self.forget(next(iter(self._updates)))

    def _forget_expired(self) -> None:
        now = self._clock.now()
        while self._ends and self._ends[0][0] <= now:
            self.forget(heapq.heappop(self._ends)[1])
