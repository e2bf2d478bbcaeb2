"""`python -m bot run`: the bot in Telegram."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from typing import TYPE_CHECKING

from bot import library, logs, memory, reading
from bot.cli.errors import plain_errors
from bot.cli.stopping import until_told_to_stop
from bot.errors import SettingsError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.running import Place


def run() -> None:
    """Run the bot in Telegram: behind a webhook if WEBHOOK_URL is set, else by long polling."""
    with plain_errors():
        start(read_settings())


def start(settings: Settings) -> None:
    """Runs the bot until it is told to stop."""
    if settings.telegram_token is None:
        raise SettingsError("TELEGRAM_TOKEN: must be set; @BotFather gives one")
    # Telegram's library brings httpx, and that its command line with all that paints it, if it is
    # to be had: 4 MB that nobody would use.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    memory.spare()
    from bot.metrics import Metrics
    from bot.watching import MeasuredAnswerer

    logs.set_up(settings.log_level, settings.secrets)
    metrics = Metrics()
    measured = partial(MeasuredAnswerer, metrics=metrics)
    edition = partial(library.edition, today=reading.today, answerer=measured)
    books = library.Library(settings.faq_path, edition)
    # What talks to Telegram is imported only now, into memory that the loading took for a while.
    # That takes half a second, for which `--help` need not wait.
    import uvloop

    from bot.app import build

    bot = build(
        settings.telegram_token.get_secret_value(),
        books.edition,
        news=books.watch(),
        admins=settings.admin_ids,
        metrics=metrics,
        api_url=str(settings.bot_api_url),
        operator=settings.operator,
        database=settings.database_url.get_secret_value(),
        place=_place(settings),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_told_to_stop(bot.run, lambda: bot.intake.in_flight))


def _place(settings: Settings) -> Place | None:
    from bot.running import Place

    if settings.port_to_serve is None:
        return None
    secret, token = settings.webhook_secret, settings.metrics_token
    return Place(
        settings.host,
        settings.port_to_serve,
        webhook_url=str(settings.webhook_url or ""),
        webhook_secret=secret.get_secret_value() if secret and settings.webhook_url else "",
        metrics_token=token.get_secret_value() if token else "",
    )
