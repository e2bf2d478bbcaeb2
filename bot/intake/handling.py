"""One update is handled; what comes back is what is to become of it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application, ApplicationHandlerStop

from bot.intake.updates import RawUpdate, is_stale, kind_of
from bot.retrying import LONGEST_PAUSE, UNREADABLE, asked_for, is_dark, told
from bot.store.inbox import Claim, Postponed, Settled

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

TRIES_IN_ORDER = 10
"""After so many, in some 4 minutes, those behind it in its chat go ahead."""

TRIES_IN_THE_DARK = 2
"""When the reply may have arrived, and another try would double it."""

SECONDS_TO_TRY = 24 * 3600.0
"""Telegram, too, gives an update up after a day."""

CRASHES = 5
"""How often the process may end while it works on an update."""


def passes(error: Exception) -> bool:
    """PTB counts a BadRequest as a NetworkError, but Telegram refuses it each time. A token that is
    refused ends the bot; the update waits for the next start."""
    lasts = isinstance(error, BadRequest)
    return isinstance(error, NetworkError | RetryAfter | InvalidToken) and not lasts


@dataclass(frozen=True, slots=True)
class Handling:
    """`pause` is the wait after a first failure, in seconds. `results` counts what became of
    updates: answered, stale, postponed, given up, poison. `observe` is told of each its kind, what
    became of it, and how old it was then, in seconds.

    `keep` is an error handler, to be registered first: what is tried again needs no apology.
    """

    application: AnyApplication
    pause: float
    observe: Callable[[str, str, float], None] = lambda kind, result, age: None
    results: Counter[str] = field(default_factory=Counter)
    _errors: dict[int, Exception] = field(default_factory=dict)

    async def keep(self, update: object, context: Any) -> None:
        if isinstance(update, Update):
            self._errors[update.update_id] = context.error
            if passes(context.error):
                raise ApplicationHandlerStop

    async def handle(self, claim: Claim) -> Settled | Postponed:
        raw, time = json.loads(claim.body), asyncio.get_running_loop().time
        started = time()
        result, outcome = await self._handled(claim, raw)
        self.results[result] += 1
        self.observe(kind_of(raw), result, claim.age + time() - started)
        return outcome

    async def _handled(self, claim: Claim, raw: RawUpdate) -> tuple[str, Settled | Postponed]:
        if is_stale(raw, claim.age):
            return "stale", Settled(claim.update_id)
        if claim.crashes >= CRASHES:
            logger.error("update %s given up: it ends the process", claim.update_id)
            return "poison", Settled(claim.update_id, "Crash")
        try:
            update = Update.de_json(dict(raw), self.application.bot)
        except UNREADABLE as error:
            # The error's text may hold the update's.
            logger.error("update %s cannot be read and is passed over", claim.update_id)
            return "poison", Settled(claim.update_id, type(error).__name__)
        if claim.in_the_dark and (silence := await self._silence()):
            return self._another_try(claim, silence)
        await self.application.process_update(update)
        return self._judged(claim, self._errors.pop(claim.update_id, None))

    async def _silence(self) -> NetworkError | None:
        """Why Telegram cannot be heard, if it cannot. Before that a reply which perhaps arrived is
        not sent again: in an outage that cuts connections off, that would be the last try."""
        try:
            await self.application.bot.get_me()
        except TelegramError as error:
            return NetworkError(f"before another try: {type(error).__name__}")
        return None

    def _judged(self, claim: Claim, error: Exception | None) -> tuple[str, Settled | Postponed]:
        # Whoever has blocked the bot wants no answer.
        if error is None or isinstance(error, Forbidden):
            return "answered", Settled(claim.update_id)
        if passes(error):
            return self._another_try(claim, error)
        return "poison", Settled(claim.update_id, type(error).__name__)

    def _another_try(self, claim: Claim, error: Exception) -> tuple[str, Settled | Postponed]:
        dark, tries = claim.in_the_dark + is_dark(error), claim.tries + 1
        if dark >= TRIES_IN_THE_DARK or claim.age > SECONDS_TO_TRY:
            logger.error("update %s given up: its reply did not get through", claim.update_id)
            return "given up", Settled(claim.update_id, type(error).__name__)
        seconds = asked_for(error)
        if seconds is None:
            seconds = min(self.pause * 2 ** min(claim.tries, 10), LONGEST_PAUSE)
        logger.info("update %s waits %g s: %s", claim.update_id, seconds, told(error))
        aside = tries == TRIES_IN_ORDER
        return "postponed", Postponed(claim.update_id, seconds, tries, dark, aside)
