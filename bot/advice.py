"""What the bot's owner may want to change with @BotFather, or at Telegram, told at the start."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from telegram import Bot, User, WebhookInfo
from telegram.error import TelegramError

from bot.retrying import UNREADABLE, told

logger = logging.getLogger(__name__)


async def give_advice(bot: Bot, url: str = "") -> None:
    """Tells it in the log. `url` is where updates are to be brought, if anywhere."""
    try:
        webhook = await bot.get_webhook_info()
    except TelegramError as error:
        logger.info("no advice: %s", told(error))
        return
    except UNREADABLE:
        logger.info("no advice: Telegram's answer cannot be read")
        return
    for line in advice(bot.bot, webhook, url):
        logger.info("advice: %s", line)


def advice(me: User, webhook: WebhookInfo, url: str = "") -> Iterator[str]:
    """`me` is what getMe tells."""
    if webhook.url and not url:
        yield (
            "a webhook is set at Telegram, so no updates can be asked for: set WEBHOOK_URL, or "
            "have it removed (deleteWebhook)"
        )
    if me.can_join_groups is False:
        yield "nobody can add this bot to a group: @BotFather, /setjoingroups"
    if me.can_read_all_group_messages:
        yield "privacy mode is off, which is not needed: @BotFather, /setprivacy"
    if me.supports_inline_queries is False:
        yield "nobody can ask by the bot's name in other chats: @BotFather, /setinline"
