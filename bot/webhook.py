"""Telegram is told where to bring updates, and watched whether it does.

Replicas all say the same, which for Telegram is no change. Nothing is taken back when one of them
stops: its successor would be deaf. And if Telegram brings updates elsewhere, somebody wanted that:
it is told, not fought over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.metrics import Metrics
from bot.retrying import UNREADABLE, or_stopped, persistently, told
from bot.spacing import Spacing

logger = logging.getLogger(__name__)

CONNECTIONS = 40
"""Over which Telegram brings updates at once, at most; each until its update is stored."""

LOOK = 60.0
"""Seconds between looks at what Telegram says of its webhook."""

AGAIN = 300.0
"""Seconds until the same trouble is told again."""


class Webhook:
    """`hinder` is told what is in the way of taking updates, and that it no longer is; `clock` is
    in seconds and never jumps; `pause` is the wait after a first failure, in seconds."""

    def __init__(
        self,
        bot: Bot,
        url: str,
        secret: str,
        kinds: Sequence[str],
        *,
        metrics: Metrics,
        hinder: Callable[[str, str], None],
        clock: Callable[[], float],
        pause: float = 1.0,
        look: float = LOOK,
    ) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._kinds = kinds
        self._metrics = metrics
        self._hinder = hinder
        self._clock = clock
        self._pause = pause
        self._look = look
        self._told = Spacing(AGAIN)
        self._last_error = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Returns once `stop` is set. Raises InvalidToken when Telegram does not know the token."""
        self._hinder("webhook", "Telegram does not know of it yet")
        await or_stopped(persistently(self._set_up, "no webhook yet", self._pause), stop)
        while not stop.is_set():
            await or_stopped(self._watch(), stop)

    async def _set_up(self) -> None:
        await self._bot.set_webhook(
            self._url,
            max_connections=CONNECTIONS,
            allowed_updates=self._kinds,
            secret_token=self._secret,
        )
        self._hinder("webhook", "")

    async def _watch(self) -> None:
        await asyncio.sleep(self._look)
        try:
            self._judge(await self._bot.get_webhook_info())
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.info("no news of the webhook: %s", told(error))
        except UNREADABLE:
            logger.info("no news of the webhook: Telegram's answer cannot be read")

    def _judge(self, info: WebhookInfo) -> None:
        self._metrics.telegram_pending.set(info.pending_update_count)
        self._metrics.webhook_url_wrong.set(info.url != self._url)
        if info.url != self._url:
            self._warn("url", "Telegram brings updates elsewhere; see WEBHOOK_URL")
        if info.last_error_date is None:
            return
        last_error = info.last_error_date.timestamp()
        self._metrics.telegram_last_error.set(last_error)
        if last_error > self._last_error > 0:
            self._warn("error", f"Telegram could not bring an update: {info.last_error_message}")
        self._last_error = last_error

    def _warn(self, what: str, message: str) -> None:
        if self._told.allow(what, self._clock()):
            logger.warning("%s", message)
