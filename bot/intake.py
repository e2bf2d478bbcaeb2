"""Updates in, by long polling. An update is confirmed to Telegram only once it has been handled.

PTB's own Updater confirms a batch before it works on it, so a crash loses what was waiting; here a
crash makes Telegram send the batch again.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Update
from telegram.error import (
    BadRequest,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import Application, ApplicationHandlerStop

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
T = TypeVar("T")

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)

POLL_TIME = timedelta(seconds=30)
"""How long Telegram holds a request for updates open when there are none; it allows 50 s."""

TRIES = 4
"""How often an update is handled while its replies do not get through."""

TRIES_IN_THE_DARK = 2
"""The same after a time-out: the reply may have arrived, and another try would double it."""

LONGEST_PAUSE = 30.0
"""Seconds to wait at most after a failure; each further one doubles the wait up to here."""


class Retries:
    """Errors that may pass by themselves, by the id of the update that met them.

    `keep` is an error handler to be registered first: what is tried again needs no apology.
    """

    def __init__(self) -> None:
        self._errors: dict[int, Exception] = {}

    async def keep(self, update: object, context: Any) -> None:
        error = context.error
        may_pass = isinstance(error, NetworkError | RetryAfter)
        # PTB counts a BadRequest as a NetworkError, but Telegram refuses it each time.
        if may_pass and not isinstance(error, BadRequest) and isinstance(update, Update):
            self._errors[update.update_id] = error
            raise ApplicationHandlerStop

    def take(self, update: Update) -> Exception | None:
        return self._errors.pop(update.update_id, None)


class Poller:
    """Fetches updates and hands them to `application`: the chats of a batch side by side, the
    updates of each chat in order.

    `pause` is the wait after a first failure, in seconds.
    """

    def __init__(
        self, application: AnyApplication, retries: Retries, *, pause: float = 1.0
    ) -> None:
        self._application = application
        self._retries = retries
        self._pause = pause
        self._confirmed = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Returns once `stop` is set and what was fetched is handled and confirmed.

        An update that waits for another try then stays at Telegram for the next start, and so do
        those fetched after it. Raises InvalidToken when Telegram does not know the token (any
        more).
        """
        offset = 0
        while not stop.is_set():
            updates = await or_stopped(self._fetch(offset), stop) or ()
            undone = await self._handle(updates, stop)
            if undone:
                offset = min(update.update_id for update in undone)
            elif updates:
                # Not the highest id so far: after a quiet week Telegram starts from a new one.
                offset = updates[-1].update_id + 1
        # Asking again with the same offset would take Telegram 3 s.
        if offset != self._confirmed:
            await self._confirm(offset)

    async def _fetch(self, offset: int) -> Sequence[Update]:
        return await persistently(
            lambda: self._get_updates(offset, POLL_TIME), "no updates", self._pause
        )

    async def _confirm(self, offset: int) -> None:
        """Tells Telegram what is done, so that a restart does not answer it again."""
        try:
            await self._get_updates(offset, timedelta(0), limit=1)
        except TelegramError as error:
            logger.warning("the last updates could not be confirmed: %s", told(error))

    async def _get_updates(
        self, offset: int, timeout: timedelta, *, limit: int = 100
    ) -> Sequence[Update]:
        """The updates from `offset` on; those before it are confirmed once the request is out."""
        self._confirmed = offset
        try:
            updates: Sequence[Update] = await self._application.bot.get_updates(
                offset=offset, limit=limit, timeout=timeout, allowed_updates=ALLOWED_UPDATES
            )
            return updates
        except TelegramError:
            self._confirmed = 0
            raise

    async def _handle(self, updates: Sequence[Update], stop: asyncio.Event) -> list[Update]:
        """Handles a batch. What comes back is undone, because of `stop`."""
        by_chat: dict[int | None, list[Update]] = defaultdict(list)
        for update in updates:
            chat = update.effective_chat
            by_chat[chat.id if chat else None].append(update)
        undone = await asyncio.gather(
            *(self._handle_in_order(updates, stop) for updates in by_chat.values())
        )
        return list(itertools.chain(*undone))

    async def _handle_in_order(
        self, updates: Sequence[Update], stop: asyncio.Event
    ) -> Sequence[Update]:
        for position, update in enumerate(updates):
            if not await self._handle_one(update, stop):
                return updates[position:]
        return ()

    async def _handle_one(self, update: Update, stop: asyncio.Event) -> bool:
        """True once the update is answered or given up; False if `stop` came before that."""
        pauses = growing(self._pause)
        for tried in itertools.count(1):  # pragma: no branch
            await self._application.process_update(update)
            error = self._retries.take(update)
            if error is None:
                break
            if tried >= (TRIES_IN_THE_DARK if isinstance(error, TimedOut) else TRIES):
                logger.error("update %s given up: its reply did not get through", update.update_id)
                break
            pause = _pause_after(error, pauses)
            logger.info("update %s waits %g s: %s", update.update_id, pause, told(error))
            if not await or_stopped(asyncio.sleep(pause, True), stop):
                return False
        return True


async def persistently(
    request: Callable[[], Awaitable[T]],
    failing: str,
    pause: float,
    *,
    final: tuple[type[TelegramError], ...] = (InvalidToken,),
) -> T:
    """The result of a request that is made until it succeeds, with growing pauses.

    `failing` says in the log what there is not, meanwhile; `final` errors are raised.
    """
    pauses = growing(pause)
    while True:
        try:
            return await request()
        except final:
            raise
        except TelegramError as error:
            pause = _pause_after(error, pauses)
            logger.warning("%s: %s; next try in %g s", failing, told(error), pause)
        await asyncio.sleep(pause)


async def or_stopped(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """What `work` returns; None, with the work cancelled, if `stop` is set before it is done."""
    tasks = working, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        stopped.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def growing(pause: float) -> Iterator[float]:
    """Seconds to wait after one failure and the next: twice as long each time, within reason."""
    while True:
        pause = min(pause, LONGEST_PAUSE)
        yield pause
        pause *= 2


def told(error: Exception) -> str:
    """An error for the log. Its text may come from Telegram's side, but never from a person."""
    return f"{type(error).__name__}: {error}"


def _pause_after(error: Exception, pauses: Iterator[float]) -> float:
    """The time that Telegram asks for, if it does; else the next of `pauses`."""
    if not isinstance(error, RetryAfter):
        return next(pauses)
    time = error.retry_after
    return time.total_seconds() if isinstance(time, timedelta) else time
