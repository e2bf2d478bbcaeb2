"""Fetches updates by long polling. A batch is confirmed, by the next request, once it is stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, cast

from telegram import Bot
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import BotError
from bot.intake.intake import Intake
from bot.intake.pace import Pace
from bot.intake.updates import RawUpdate
from bot.promised import is_promised
from bot.retrying import growing, or_stopped, pause_after, told
from bot.store import InboxFull, StoreUnavailable

logger = logging.getLogger(__name__)

BATCH = 100
"""Updates fetched at a time: as many as Telegram gives."""

ANSWERS = (Conflict, RetryAfter, BadRequest)
"""Refusals by Telegram itself; anything else may come from the way to it."""

REFUSED = (InvalidToken, EndPointNotFound)
"""What PTB raises at a 401 or 404."""


class Poller:
    def __init__(self, bot: Bot, intake: Intake, pace: Pace) -> None:
        self._bot = bot
        self._intake = intake
        self._pace = pace

    async def run(self, stop: asyncio.Event) -> None:
        """Returns once `stop` is set. What was stored and not confirmed will come again.

        Raises InvalidToken when Telegram does not know the token (any more), and BotError when
        nothing has answered for long: a process that starts anew has better chances.
        """
        offset = 0
        while not stop.is_set():
            offset = await or_stopped(self._carry(offset), stop) or offset

    async def _carry(self, offset: int) -> int:
        """Fetches updates and stores them; returns the offset that confirms them."""
        if not (updates := await self._fetch(offset)):
            return offset
        await self._store(updates)
        # Not the highest id so far: after a quiet week Telegram starts from a new one.
        return int(updates[-1]["update_id"]) + 1

    async def _fetch(self, offset: int) -> Sequence[RawUpdate]:
        """The next updates, or none, however often that has to be tried."""
        pauses, time = growing(self._pace.pause), asyncio.get_running_loop().time
        started, patience = time(), self._pace.poll
        try:
            async with asyncio.timeout(self._pace.silence) as silence:
                while True:
                    try:
                        updates = await self._get_updates(offset, patience)
                        break
                    except REFUSED:
                        raise InvalidToken from None
                    except TelegramError as error:
                        pause = pause_after(error, pauses)
                        logger.warning("no updates: %s; next try in %g s", told(error), pause)
                        if isinstance(error, ANSWERS):
                            silence.reschedule(time() + pause + self._pace.silence)
                    # It does not wait for updates to learn that Telegram is back.
                    patience = 0
                    if time() - started >= self._pace.unready:
                        self._intake.hinder("polling", "no updates come")
                    await asyncio.sleep(pause)
        except TimeoutError:
            raise BotError(
                f"Telegram has not answered for {self._pace.silence:g} s; "
                "start the bot again when it can be reached"
            ) from None
        self._intake.hinder("polling")
        return updates

    async def _store(self, updates: Sequence[RawUpdate]) -> None:
        """However long there is no place for them; Telegram keeps the further ones meanwhile."""
        pauses = growing(self._pace.pause)
        while True:
            try:
                await self._intake.accept(updates)
            except (StoreUnavailable, InboxFull) as refusal:
                pause = next(pauses)
                logger.warning("no place for updates: %s; next try in %g s", refusal, pause)
                await asyncio.sleep(pause)
            else:
                return

    async def _get_updates(self, offset: int, patience: float) -> Sequence[RawUpdate]:
        """The updates from `offset` on; those before it are confirmed once the request is out."""
        params: Mapping[str, Any] = {
            "offset": offset,
            "limit": BATCH,
            "timeout": int(patience),
            "allowed_updates": list(self._intake.kinds),
        }
        lost = patience + self._pace.hung
        try:
            async with asyncio.timeout(lost):
                # PTB's own method would parse them, and fail at all for one that it cannot read.
                # It warns whoever calls that one by its name; this is no name, and becomes it.
                updates: Any = await self._bot.do_api_request(
                    "get_updates_", dict(params), read_timeout=lost
                )
        except TimeoutError:
            raise TimedOut(f"no answer in {lost:g} s") from None
        if not is_promised("getUpdates", updates):
            raise NetworkError("an answer that is no list of updates")
        return cast(Sequence[RawUpdate], updates)
