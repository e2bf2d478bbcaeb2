"""The composition root: which handler gets which update, in order. It only registers."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from time import monotonic

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.faq import Faq
from bot.flood import Floods
from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands
from bot.handlers.errors import Errors
from bot.handlers.flood import Guard
from bot.handlers.questions import Questions
from bot.intake import ALLOWED_UPDATES, AnyApplication, Handling, Intake, Pace, Poller
from bot.metrics import Metrics
from bot.pacing import Pacing
from bot.replies import Replies
from bot.running import Bot, Place
from bot.sending import Sending
from bot.store import IN_MEMORY, InboxFull, Store, StoreUnavailable, inbox
from bot.transport import AiohttpRequest
from bot.watching import MeasuredAnswerer, Watching
from bot.web import Web
from bot.webhook import Webhook

# A switch of python-telegram-bot that exists only as a variable: times come as timedelta, as they
# always will from its next major version, and no warning is given at each.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 40
"""To Telegram at the same time: one for each worker, and some for what goes on beside them."""

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
"""New messages of people who write to the bot itself; not edits, not groups, not channels."""

WRITTEN = PRIVATE & ~filters.StatusUpdate.ALL
"""Of these, what somebody sent; not what the app tells by itself, such as that one was pinned."""


def build(
    token: str,
    faq: Faq,
    *,
    api_url: str = "https://api.telegram.org",
    operator: str = "",
    database: str = IN_MEMORY,
    place: Place | None = None,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    pace: Pace | None = None,
    pacing: Pacing | None = None,
    floods: Floods | None = None,
    metrics: Metrics | None = None,
) -> Bot:
    """Wires everything up.

    `database` is the URL of the store; `place` is where to listen, if anywhere; `requests` are the
    transports for updates and for all else, by default over the network; `pacing` says when a
    message may go, and `floods` what is too much to ask, both by default by the clock. Raises
    BotError if the URL is wrong.
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
    questions = Questions(MeasuredAnswerer(faq, metrics), replies)
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
    watching = Watching(metrics, lambda: store.transact(inbox.waiting), intake.results)
    source = _source(application, intake, pace, metrics, place)
    web = Web(
        metrics=metrics,
        hindrances=lambda: intake.ready().reasons,
        accept=intake.accept,
        refusals=(StoreUnavailable, InboxFull),
        refresh=watching.refresh,
        secret=place.webhook_secret if place else "",
        metrics_token=place.metrics_token if place else "",
    )
    return Bot(application, store, intake, source, watching, web, place, pace.pause)


def _source(
    application: AnyApplication, intake: Intake, pace: Pace, metrics: Metrics, place: Place | None
) -> Poller | Webhook:
    """Where updates come from."""
    if place is None or not place.webhook_url:
        return Poller(application.bot, intake, pace)
    return Webhook(
        application.bot,
        place.webhook_url,
        place.webhook_secret,
        ALLOWED_UPDATES,
        metrics=metrics,
        hinder=intake.hinder,
        clock=monotonic,
        pause=pace.pause,
    )


def _today() -> date:
    return datetime.now(UTC).date()
