"""What comes is stored, then worked off: chats side by side, each in its order.

One loop owns the store. Each of its turns is one transaction: what came is added, what was handled
is settled, and what there is room for is claimed. Under load a turn serves many updates at once.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from bot.errors import BotError
from bot.intake.handling import Handling
from bot.intake.pace import Pace
from bot.intake.updates import RawUpdate, arrival, kind_of
from bot.store import InboxFull, Store, StoreUnavailable, inbox
from bot.store.inbox import Arrival, Claim, Postponed, Settled

logger = logging.getLogger(__name__)

MOST_AT_WORK = 32
"""Updates in work at a time: no more can be answered twice because of a crash."""

Refusal: TypeAlias = StoreUnavailable | InboxFull
Outcome: TypeAlias = Settled | Postponed


@dataclass(frozen=True, slots=True)
class Readiness:
    """True if the bot can take updates and answer them; else `reasons` says what is in the way."""

    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """What one call of `accept` brought; `stored` gets None, or why it was not."""

    arrivals: Sequence[Arrival]
    stored: asyncio.Future[Refusal | None]


class Intake:
    """`kinds` of updates are taken in; others that come all the same are passed over."""

    def __init__(
        self, store: Store, handling: Handling, pace: Pace, *, kinds: Collection[str]
    ) -> None:
        self.kinds = kinds
        self._store = store
        self._handling = handling
        self._pace = pace
        self._holder = uuid.uuid4().hex
        # What a process left that was killed is ours if nobody else can be at work on it.
        self._inherits = store.is_sole
        self._batches: list[_Batch] = []
        self._at_work: dict[int, asyncio.Task[Outcome]] = {}
        self._outcomes: list[Outcome] = []
        self._wake = asyncio.Event()
        self._next_renewal = self._next_tidying = 0.0
        self._is_closed = False
        self._hindrances = {"intake": "not at work yet"}

    @property
    def results(self) -> Counter[str]:
        """How many updates were answered, stale, postponed, given up, poison, or repeated."""
        return self._handling.results

    @property
    def in_flight(self) -> int:
        """Updates claimed and not settled: what may be answered twice if the process dies now."""
        return len(self._at_work) + len(self._outcomes)

    def ready(self) -> Readiness:
        return Readiness(tuple(f"{what}: {why}" for what, why in self._hindrances.items()))

    def hinder(self, what: str, why: str = "") -> None:
        """Says what is in the way of being ready; with no reason, that it no longer is."""
        if why:
            self._hindrances[what] = why
        else:
            self._hindrances.pop(what, None)

    async def accept(self, updates: Sequence[RawUpdate]) -> None:
        """Stores updates; once it returns they will be answered, whatever happens.

        Each is an object with an integer `update_id`. Raises StoreUnavailable or InboxFull; whether
        they were stored is then unknown, and it does no harm to bring them again.
        """
        if self._is_closed:
            raise StoreUnavailable("stopping")
        arrivals = [arrival(update) for update in updates if kind_of(update) in self.kinds]
        if not arrivals:
            return
        batch = _Batch(arrivals, asyncio.get_running_loop().create_future())
        self._batches.append(batch)
        self._wake.set()
        try:
            async with asyncio.timeout(self._pace.commit):
                refusal = await asyncio.shield(batch.stored)
        except TimeoutError:
            with suppress(ValueError):  # being stored at this moment
                self._batches.remove(batch)
            raise StoreUnavailable("the store takes its time") from None
        if refusal:
            raise refusal

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set and what is in work is done.

        Raises BotError if that takes too long; what is left stays in the store for the next start.
        """
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self._wake.set())
        try:
            while not stop.is_set():
                await self._turn(MOST_AT_WORK)
                await self._tidy()
                await self._woken(self._pace.look)
            self._close()
            await self._drain()
        finally:
            self._close()
            stopping.cancel()
            await self._leave()

    def _close(self) -> None:
        self._is_closed = True
        self.hinder("intake", "stopping")

    async def _turn(self, most: int) -> None:
        """One transaction; of one that fails nothing has happened, and it will be tried again."""
        self._reap()
        batches, self._batches = self._batches, []
        outcomes = tuple(self._outcomes)
        room = most - len(self._at_work)

        def work(connection: Connection) -> tuple[Refusal | None, list[Claim]]:
            self._settle(connection, outcomes)
            refusal = self._add(connection, batches)
            return refusal, inbox.claim(connection, self._holder, room) if room > 0 else []

        try:
            refusal, claims = await self._store.transact(work)
        except StoreUnavailable as error:
            self._tell(batches, error)
            self.hinder("store", str(error))
            logger.warning("the store is unavailable: %s", error)
            await asyncio.sleep(self._pace.pause)
            return
        self._inherits = False
        self.hinder("store")
        if not self._is_closed:
            self.hinder("intake")
        del self._outcomes[: len(outcomes)]
        for outcome in outcomes:
            if isinstance(outcome, Postponed):
                asyncio.get_running_loop().call_later(outcome.seconds, self._wake.set)
        self._tell(batches, refusal)
        for claim in claims:
            self._start(claim)

    def _settle(self, connection: Connection, outcomes: Sequence[Outcome]) -> None:
        if self._inherits:
            inbox.release_all(connection)
        inbox.settle(connection, [one for one in outcomes if isinstance(one, Settled)])
        inbox.postpone(connection, [one for one in outcomes if isinstance(one, Postponed)])
        now = asyncio.get_running_loop().time()
        if self._at_work and now >= self._next_renewal:
            inbox.renew(connection, self._holder)
            self._next_renewal = now + self._pace.look

    def _add(self, connection: Connection, batches: Sequence[_Batch]) -> Refusal | None:
        arrivals = [arrival for batch in batches for arrival in batch.arrivals]
        try:
            added = inbox.add(connection, arrivals) if arrivals else 0
        except InboxFull as refusal:
            return refusal
        self.results["repeated"] += len(arrivals) - added
        return None

    def _tell(self, batches: Sequence[_Batch], refusal: Refusal | None) -> None:
        for batch in batches:
            batch.stored.set_result(refusal)

    def _start(self, claim: Claim) -> None:
        task = asyncio.create_task(self._handling.handle(claim))
        task.add_done_callback(lambda _: self._wake.set())
        self._at_work[claim.update_id] = task

    def _reap(self) -> None:
        for update_id, task in list(self._at_work.items()):
            if task.done():
                self._outcomes.append(task.result())
                del self._at_work[update_id]

    async def _woken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next_tidying:
            return
        self._next_tidying = now + self._pace.tidy
        with suppress(StoreUnavailable):
            await self._store.transact(inbox.forget_old)
            await self._store.tidy()

    async def _drain(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.drain):
                await self._turn(0)
                while self._at_work:
                    await self._woken(self._pace.look)
                    self._reap()
        if self._at_work:
            raise BotError(
                f"stopped in the midst of {len(self._at_work)} updates; the next start answers them"
            )

    async def _leave(self) -> None:
        """Gives back what was claimed, if the store lets it in time; else the claims run out."""
        for task in self._at_work.values():
            task.cancel()
        await asyncio.gather(*self._at_work.values(), return_exceptions=True)
        outcomes = tuple(self._outcomes)

        def work(connection: Connection) -> None:
            self._settle(connection, outcomes)
            inbox.release(connection, self._holder)

        self._tell(self._batches, StoreUnavailable("stopped"))
        with suppress(StoreUnavailable, TimeoutError):
            async with asyncio.timeout(self._pace.commit):
                await self._store.transact(work)
