"""Puts editions of the FAQ into service while the bot runs, and tells what became of the file."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from typing import Any, assert_never

from telegram.error import TelegramError
from telegram.ext import BaseHandler

from bot.errors import Problem
from bot.faq import ENGLISH
from bot.intake import AnyApplication
from bot.journal import Journal
from bot.library import Adopted, Edition, Held, News, Refused
from bot.markup import plain
from bot.metrics import Metrics
from bot.wording import Wording

logger = logging.getLogger(__name__)

AnyHandler = BaseHandler[Any, Any, Any]

SHOWN = 5
"""Mistakes that a notice tells in full."""


class Desk:
    """`handlers` makes those of an edition; `admins` are told in Telegram when the file is bad.
    What becomes of it is noted in `journal`, too."""

    def __init__(
        self,
        application: AnyApplication,
        handlers: Callable[[Edition], Sequence[AnyHandler]],
        metrics: Metrics,
        journal: Journal,
        admins: Collection[int] = (),
    ) -> None:
        self._application = application
        self._handlers = handlers
        self._metrics = metrics
        self._journal = journal
        self._admins = admins
        self._in_service: Sequence[AnyHandler] = ()
        self._say = Wording(ENGLISH).text

    def serve(self, edition: Edition) -> None:
        """From now on. An update stays with the handlers that it began with, and so with their
        edition: no answer is made of two."""
        before, self._in_service = self._in_service, self._handlers(edition)
        # In this order PTB's list of handlers is never empty, which it takes badly.
        self._application.add_handlers(list(self._in_service))
        for handler in before:
            self._application.remove_handler(handler)
        self._journal.note_reload()
        metrics = self._metrics
        metrics.faq_reload_ok.set(1)
        metrics.faq_reload_time.set(time.time())
        metrics.faq_entries.set(len(edition.faq.entries))
        metrics.faq_version.clear()
        metrics.faq_version.labels(edition.version).set(1)

    async def follow(self, news: AsyncIterator[News]) -> None:
        """For ever."""
        async for item in news:
            match item:
                case Adopted(edition):
                    self.serve(edition)
                    logger.info("the FAQ is served in version %s", edition.version)
                case Refused(problems):
                    await self._tell(self._say("admin-refused", problems=_listed(problems)))
                case Held(lost, known):
                    await self._tell(self._say("admin-held", lost=lost, known=known))
                case _:
                    assert_never(item)

    async def _tell(self, what: str) -> None:
        """To those in charge, once: in the log, and in Telegram."""
        self._metrics.faq_reload_ok.set(0)
        self._journal.note_refusal(what)
        logger.warning("%s", " ".join(what.split()))
        for admin in self._admins:
            try:
                await self._application.bot.send_message(admin, plain(what))
            except TelegramError as error:
                logger.warning("an admin could not be told: %s", type(error).__name__)


def _listed(problems: Sequence[Problem]) -> str:
    more = len(problems) - SHOWN
    lines = [*map(str, problems[:SHOWN]), *([f"… +{more}"] if more > 0 else [])]
    return "\n".join(lines)
