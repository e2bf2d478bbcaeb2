"""Commands of those in charge: how the bot is, and what it misses. Nothing is changed by them.

They are for the accounts that ADMIN_IDS names, in their private chats with the bot; for anybody
else, and anywhere else, there are no such commands.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Update

from bot.answering import Answerer
from bot.faq import Faq
from bot.handlers.sending import language_of_user, reply_to
from bot.journal import Event, Journal
from bot.markup import plain
from bot.metrics import Metrics
from bot.misses import Miss
from bot.misses.grouping import Missed, grouped
from bot.replies import Reply
from bot.replies.reply import cut
from bot.retention import KEPT_DAYS
from bot.store import StoreUnavailable
from bot.store.inbox import Waiting
from bot.wording import Wording

logger = logging.getLogger(__name__)

LOOKED_AT = 500
"""Different misses, the most frequent ones, that are put together for a message."""

TOP, SHOWN = 3, 15
"""Groups of misses that /status and /misses show."""

LINE_LIMIT, REFUSAL_LIMIT = 120, 1000
"""Characters of a question in a list, and of what is wrong with the FAQ file."""


@dataclass(frozen=True, slots=True)
class Admins:
    """`version` is that of the FAQ's files; `misses` brings the most frequent ones, at most so
    many, and `waiting` what waits in the store; both may raise StoreUnavailable."""

    faq: Faq
    answerer: Answerer
    version: str
    journal: Journal
    metrics: Metrics
    misses: Callable[[int], Awaitable[Sequence[Miss]]]
    waiting: Callable[[], Awaitable[Waiting]]

    async def status(self, update: Update, _: Any) -> None:
        await self._reply(update, "/status", self._status)

    async def missed(self, update: Update, _: Any) -> None:
        await self._reply(update, "/misses", self._missed)

    async def _reply(
        self, update: Update, command: str, told: Callable[[Wording], Awaitable[str]]
    ) -> None:
        message = update.message
        assert message is not None
        assert message.from_user is not None
        logger.info("admin %s: %s", message.from_user.id, command)
        wording = Wording(language_of_user(message.from_user))
        try:
            text = await told(wording)
        except StoreUnavailable:
            text = wording.text("admin-no-store")
        await reply_to(message, Reply(plain(text)))

    async def _status(self, wording: Wording) -> str:
        journal, metrics = self.journal, self.metrics
        waiting = await self.waiting()
        said = wording.text(
            "admin-status",
            started=_time(journal.started),
            answered=metrics.total(metrics.updates, result="answered"),
            failed=metrics.total(metrics.updates, result="poison")
            + metrics.total(metrics.updates, result="given up"),
            waiting=waiting.open,
            answers=metrics.total(metrics.answers, outcome="answer"),
            suggestions=metrics.total(metrics.answers, outcome="suggest"),
            abstentions=metrics.total(metrics.answers, outcome="abstain"),
            entries=len(self.faq.entries),
            version=self.version or "–",
            reloaded=_time(journal.reloaded),
            refused=_event(journal.refused, REFUSAL_LIMIT),
            error=_event(journal.failed, LINE_LIMIT),
        )
        return f"{said}\n\n{await self._listed(wording, TOP)}"

    async def _missed(self, wording: Wording) -> str:
        return await self._listed(wording, SHOWN)

    async def _listed(self, wording: Wording, most: int) -> str:
        misses = await self.misses(LOOKED_AT)
        # It takes a millisecond a miss, and others ask meanwhile.
        missed = await asyncio.to_thread(grouped, misses, self.answerer)
        heading = wording.text("admin-misses", days=KEPT_DAYS, times=missed.times)
        return "\n".join([heading, *_lines(missed, most)])


def _lines(missed: Missed, most: int) -> Iterator[str]:
    for group in missed.groups[:most]:
        near = [candidate.id for candidate in group.candidates[:1]]
        refused = [f"≠ {id}" for id in group.refused]
        text = cut(next(iter(group.texts), "…"), LINE_LIMIT)
        yield f"{group.times} × {text} ({', '.join([*near, *refused]) or '–'})"


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _event(event: Event | None, limit: int) -> str:
    return f"{_time(event.at)}, {cut(event.what, limit)}" if event else "–"
