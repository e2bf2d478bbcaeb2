"""Updates in, by long polling. An update is confirmed to Telegram only once it has been handled.

PTB's own Updater confirms a batch before it works on it, so a crash loses what was waiting; here a
crash makes Telegram send the batch again.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import warnings
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationHandlerStop

from bot.retrying import growing, is_dark, or_stopped, pause_after, persistently, told

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)

POLL_TIME = timedelta(seconds=30)
"""How long Telegram holds a request for updates open when there are none; it allows 50 s."""

BATCH = 20
"""Updates fetched at a time: few enough to be done with when the bot is told to stop."""

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError)
"""What PTB raises at an update that is not as the Bot API describes it."""

TRIES = 4
"""How often an update is handled while its replies do not get through."""

TRIES_IN_THE_DARK = 2
"""Of these, how often in the dark: the reply may have arrived, and another try would double it."""


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
        those fetched after it; what of these other chats was answered will be answered again.
        Raises InvalidToken when Telegram does not know the token (any
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

    async def _fetch(self, offset: int, *, limit: int = BATCH) -> Sequence[Update]:
        """The next updates. One that cannot be read would take all others of its batch with it, so
        then they come one by one, and it comes with nothing in it."""
        try:
            return await persistently(
                lambda: self._get_updates(offset, POLL_TIME, limit=limit), "no updates", self._pause
            )
        except UNREADABLE:
            return await (self._pass_over(offset) if limit == 1 else self._fetch(offset, limit=1))

    async def _pass_over(self, offset: int) -> Sequence[Update]:
        with warnings.catch_warnings():
            # PTB would rather have its own method called, which is the one that cannot read it.
            warnings.simplefilter("ignore")
            raw: Any = await self._application.bot.do_api_request(
                "getUpdates", {"offset": offset, "limit": 1}
            )
        logger.error("update %s cannot be read and is passed over", raw[0]["update_id"])
        return [Update(raw[0]["update_id"])]

    async def _confirm(self, offset: int) -> None:
        """Tells Telegram what is done, so that a restart does not answer it again."""
        try:
            await self._get_updates(offset, timedelta(0), limit=1)
        except TelegramError as error:
            logger.warning("the last updates could not be confirmed: %s", told(error))

    async def _get_updates(
        self, offset: int, timeout: timedelta, *, limit: int
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
        pauses, dark = growing(self._pause), 0
        for tried in itertools.count(1):  # pragma: no branch
            await self._application.process_update(update)
            error = self._retries.take(update)
            if error is None:
                break
            dark += is_dark(error)
            if tried >= TRIES or dark >= TRIES_IN_THE_DARK:
                logger.error("update %s given up: its reply did not get through", update.update_id)
                break
            pause = pause_after(error, pauses)
            logger.info("update %s waits %g s: %s", update.update_id, pause, told(error))
            if not await or_stopped(asyncio.sleep(pause, True), stop):
                return False
        return True
