"""The composition root: which handler gets which update, in order. It only registers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.desk import AnyHandler, Desk
from bot.flood import Floods
from bot.handlers.admins import Admins
from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands, GroupCommands
from bot.handlers.edits import Edits
from bot.handlers.errors import Errors
from bot.handlers.flood import Guard
from bot.handlers.groups import Groups
from bot.handlers.guests import Guests
from bot.handlers.inline import Inline
from bot.handlers.lately import Lately
from bot.handlers.listening import (
    ASKED_IN_GROUPS,
    COMMANDS,
    EDITED,
    GUESTS,
    IN_GROUPS,
    PRIVATE,
    UPDATES,
    WRITTEN,
)
from bot.handlers.misses import Misses
from bot.handlers.questions import Questions
from bot.intake import AnyApplication, Handling, Intake, Pace, Poller
from bot.journal import Journal
from bot.library import Edition, News
from bot.metrics import Metrics
from bot.pacing import Pacing
from bot.recording import Recorder
from bot.running import Bot, Place
from bot.sending import Sending
from bot.store import IN_MEMORY, InboxFull, Store, StoreUnavailable, inbox
from bot.store.inbox import Waiting
from bot.transport import AiohttpRequest
from bot.watching import Watching
from bot.webhook import Webhook

if TYPE_CHECKING:
    from starlette.types import ASGIApp

# A switch of python-telegram-bot that exists only as a variable: times come as timedelta, as they
# always will from its next major version, and no warning is given at each.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 40
"""To Telegram at the same time: one for each worker, and some for what goes on beside them."""


def build(
    token: str,
    edition: Edition,
    *,
    news: AsyncIterator[News] | None = None,
    admins: Collection[int] = (),
    api_url: str = "https://api.telegram.org",
    operator: str = "",
    database: str = IN_MEMORY,
    place: Place | None = None,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    pace: Pace | None = None,
    pacing: Pacing | None = None,
    floods: Floods | None = None,
    metrics: Metrics | None = None,
    now: Callable[[], float] = monotonic,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Bot:
    """Wires everything up.

    `edition` is served first, and those that `news` brings after it; `admins` are the accounts of
    whom to tell of bad news. `database` is the URL of the store; `place` is where to listen, if
    anywhere; `requests` are the transports for updates and for all else, by default over the
    network; `pacing` says when a message may go, and `floods` what is too much to ask, both by
    default by the clock; `now` tells the seconds of a clock that never goes back, for what is
    remembered a while, and `clock` day and hour, in UTC. Raises BotError if the URL is wrong.
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

    floods, lately, journal = floods or Floods(monotonic), Lately(now), Journal(clock)
    store = Store(database, metrics.count_store_error)
    recorder = Recorder(store, metrics, lambda: clock().date())

    async def waiting() -> Waiting:
        return await store.transact(inbox.waiting)

    def handlers(edition: Edition) -> list[AnyHandler]:
        guard = Guard(floods, edition.replies, metrics)
        misses = Misses(edition.answerer, recorder.note, recorder.today)
        served = edition.faq, edition.answerer, edition.version
        in_charge = Admins(*served, journal, metrics, recorder.listed, waiting)
        made = [
            *_for_admins(in_charge, admins),
            *_handlers(edition, lately, misses, operator),
        ]
        for handler in made:
            handler.callback = guard.before(handler.callback)
        return made

    desk = Desk(application, handlers, metrics, journal, admins)
    desk.serve(edition)
    pace = pace or Pace()
    handling = Handling(application, pace.pause, metrics.count_update)
    application.add_error_handler(handling.keep)
    application.add_error_handler(Errors(edition.replies, journal).apologise)
    intake = Intake(store, handling, pace, kinds=UPDATES)
    watching = Watching(metrics, waiting, store.wal_bytes, intake.results)
    source = _source(application, intake, pace, metrics, place)

    def web() -> ASGIApp:
        # Whoever only polls does not hold the server and what it brings, 4 MB.
        from bot.web import Web

        return Web(
            metrics=metrics,
            hindrances=lambda: intake.ready().reasons,
            accept=intake.accept,
            refusals=(StoreUnavailable, InboxFull),
            refresh=watching.refresh,
            secret=place.webhook_secret if place else "",
            metrics_token=place.metrics_token if place else "",
        ).app()

    beside: list[Callable[[], Coroutine[Any, Any, None]]] = [watching.feel_the_pulse, recorder.run]
    if news:
        beside.append(partial(desk.follow, news))
    return Bot(application, store, intake, source, tuple(beside), web, place, pace.pause, admins)


def _for_admins(in_charge: Admins, admins: Collection[int]) -> list[AnyHandler]:
    """For nobody else: from others these are unknown commands."""
    theirs = COMMANDS & filters.User(tuple(admins))
    return [
        CommandHandler("status", in_charge.status, theirs),
        CommandHandler("misses", in_charge.missed, theirs),
    ]


def _handlers(edition: Edition, lately: Lately, misses: Misses, operator: str) -> list[AnyHandler]:
    """The first one that takes an update handles it."""
    answerer, replies, briefs = edition.answerer, edition.replies, edition.briefs
    questions = Questions(answerer, replies, lately, misses)
    groups = Groups(answerer, briefs, lately, misses)
    private, group = Commands(replies, operator), GroupCommands(briefs)
    return [
        CommandHandler("start", private.start, COMMANDS),
        CommandHandler("help", private.help, COMMANDS),
        CommandHandler("topics", private.topics, COMMANDS),
        CommandHandler("privacy", private.privacy, COMMANDS),
        MessageHandler(PRIVATE & filters.TEXT, questions.answer),
        MessageHandler(WRITTEN, questions.not_text),
        CommandHandler("start", group.start, IN_GROUPS),
        CommandHandler("help", group.help, IN_GROUPS),
        CommandHandler("topics", group.topics, IN_GROUPS),
        CommandHandler("privacy", group.privacy, IN_GROUPS),
        MessageHandler(ASKED_IN_GROUPS, groups.answer),
        MessageHandler(GUESTS, Guests(groups).called),
        MessageHandler(EDITED, Edits(questions, groups).edited),
        InlineQueryHandler(Inline(edition.faq, answerer, briefs).asked),
        CallbackQueryHandler(Buttons(replies, misses).tapped),
    ]


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
        UPDATES,
        metrics=metrics,
        hinder=intake.hinder,
        clock=monotonic,
        pause=pace.pause,
    )
