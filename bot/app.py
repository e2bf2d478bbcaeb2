"""The composition root: which handler gets which update, in order. It only registers."""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import monotonic

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.answering import Answerer
from bot.errors import BotError
from bot.faq import Faq
from bot.flood import Floods
from bot.handlers import commands
from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands
from bot.handlers.errors import Errors
from bot.handlers.flood import Guard
from bot.handlers.questions import Questions
from bot.intake import AnyApplication, Handling, Intake, Pace, Poller
from bot.metrics import Metrics
from bot.pacing import Pacing
from bot.replies import Replies
from bot.retrying import or_stopped, persistently, told
from bot.sending import Sending
from bot.store import IN_MEMORY, Store
from bot.transport import AiohttpRequest

logger = logging.getLogger(__name__)

# A switch of python-telegram-bot that exists only as a variable: times come as timedelta, as they
# always will from its next major version, and no warning is given at each.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 40
"""To Telegram at the same time: one for each worker, and some for what goes on beside them."""

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
"""New messages of people who write to the bot itself; not edits, not groups, not channels."""

WRITTEN = PRIVATE & ~filters.StatusUpdate.ALL
"""Of these, what somebody sent; not what the app tells by itself, such as that one was pinned."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The whole bot, ready to run."""

    application: AnyApplication
    store: Store
    intake: Intake
    poller: Poller
    pause: float

    async def run(self, stop: asyncio.Event) -> None:
        """Answers until `stop` is set. Raises BotError if it cannot go on."""
        try:
            async with self.store:
                await or_stopped(self._begin(), stop)
                if stop.is_set():
                    return
                menu = asyncio.create_task(self._publish_menu())
                try:
                    await self._work(stop)
                finally:
                    menu.cancel()
                    await asyncio.gather(menu, return_exceptions=True)
        except InvalidToken:
            raise BotError("TELEGRAM_TOKEN: Telegram does not accept this token") from None
        finally:
            await self.application.shutdown()
            # Of an application that never began, PTB leaves the connections open.
            await self.application.bot.shutdown()

    async def _work(self, stop: asyncio.Event) -> None:
        """Updates come in and are worked off; if one of both fails, the other ends at once."""
        tasks = [
            asyncio.create_task(self.intake.run(stop)),
            asyncio.create_task(self.poller.run(stop)),
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _begin(self) -> None:
        await persistently(self.application.initialize, "not at work yet", self.pause)
        logger.info("at work as @%s", self.application.bot.username)

    async def _publish_menu(self) -> None:
        """Beside the work: people can ask without a menu, too."""
        try:
            await persistently(
                lambda: commands.publish_menu(self.application.bot),
                "no menu of commands",
                self.pause,
                final=(InvalidToken, BadRequest),
            )
        except TelegramError as error:
            logger.warning("no menu of commands: %s", told(error))


def build(
    token: str,
    faq: Faq,
    *,
    api_url: str = "https://api.telegram.org",
    operator: str = "",
    database: str = IN_MEMORY,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    pace: Pace | None = None,
    pacing: Pacing | None = None,
    floods: Floods | None = None,
    metrics: Metrics | None = None,
) -> Bot:
    """Wires everything up.

    `database` is the URL of the store; `requests` are the transports for updates and for all else,
    by default over the network; `pacing` says when a message may go, and `floods` what is too much
    to ask, both by default by the clock. Raises BotError if the URL is wrong.
    """
    metrics = metrics or Metrics()
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .updater(None)
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
    )
    for_updates, for_all_else = requests or (
        AiohttpRequest(1, metrics.count_call),
        AiohttpRequest(CONNECTIONS, metrics.count_call),
    )
    builder = builder.get_updates_request(for_updates).request(for_all_else)
    pacing = pacing or Pacing(monotonic)
    builder = builder.rate_limiter(Sending(pacing, metrics, monotonic))
    application: AnyApplication = builder.build()

    replies = Replies(faq, _today)
    questions = Questions(Answerer(faq), replies)
    command = Commands(replies, operator)
    handlers = [
        CommandHandler("start", command.start, PRIVATE),
        CommandHandler("help", command.help, PRIVATE),
        CommandHandler("topics", command.topics, PRIVATE),
        CommandHandler("privacy", command.privacy, PRIVATE),
        MessageHandler(PRIVATE & filters.COMMAND, questions.unknown_command),
        MessageHandler(PRIVATE & filters.TEXT, questions.answer),
        MessageHandler(WRITTEN, questions.not_text),
        CallbackQueryHandler(Buttons(replies).tapped),
    ]
    guard = Guard(floods or Floods(monotonic), replies, metrics)
    for handler in handlers:
        handler.callback = guard.before(handler.callback)
    application.add_handlers(handlers)
    pace = pace or Pace()
    handling = Handling(application, pace.pause)
    application.add_error_handler(handling.keep)
    application.add_error_handler(Errors(replies).apologise)
    store = Store(database)
    intake = Intake(store, handling, pace)
    poller = Poller(application.bot, intake, pace)
    return Bot(application, store, intake, poller, pace.pause)


def _today() -> date:
    return datetime.now(UTC).date()
