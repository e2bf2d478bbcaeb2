"""Commands, and the menus in which Telegram shows them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import BadRequest, Forbidden

from bot.buttons import PRIVACY_PAYLOAD, TOPICS_PAYLOAD, entry_of_payload
from bot.handlers.asking import ASK
from bot.handlers.groups import in_group
from bot.handlers.sending import language_of_user, reply_in_group, reply_to
from bot.replies import Address, Briefs, Replies, Reply
from bot.wording import Wording, available

logger = logging.getLogger(__name__)

MENUS: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), ("start", "help", "topics", "privacy")),
    (BotCommandScopeAllGroupChats(), (ASK, "help", "topics", "privacy")),
)
"""Who is shown which commands, in the order of the menu."""

FOR_ADMINS = ("status", "misses")
"""What those in charge are shown beside these, in their private chats."""


@dataclass(frozen=True, slots=True)
class Commands:
    """In the private chat."""

    replies: Replies
    operator: str

    async def start(self, update: Update, context: Any) -> None:
        """What the bot does; or what a link that led here names."""
        language = language_of_user(update.effective_user)
        payload = context.args[0] if context.args else ""
        await self._send(update, self._linked(payload, language) or self.replies.start(language))

    async def help(self, update: Update, _: Any) -> None:
        await self._send(update, self.replies.help(language_of_user(update.effective_user)))

    async def topics(self, update: Update, _: Any) -> None:
        await self._send(update, self.replies.topics(language_of_user(update.effective_user)))

    async def privacy(self, update: Update, _: Any) -> None:
        await self._send(update, self._privacy(language_of_user(update.effective_user)))

    def _linked(self, payload: str, language: str) -> Reply | None:
        """What the payload of a link of ours names; None for any other."""
        if payload == TOPICS_PAYLOAD:
            return self.replies.topics(language)
        if payload == PRIVACY_PAYLOAD:
            return self._privacy(language)
        entry = entry_of_payload(payload)
        return self.replies.entry(entry, language) if entry else None

    def _privacy(self, language: str) -> Reply:
        return self.replies.privacy(language, self.operator)

    async def _send(self, update: Update, reply: Reply) -> None:
        assert update.message is not None
        await reply_to(update.message, reply)


@dataclass(frozen=True, slots=True)
class GroupCommands:
    """In groups; a link leads to what is more to say."""

    briefs: Briefs

    async def start(self, update: Update, context: Any) -> None:
        await self._send(update, context, self.briefs.start)

    async def help(self, update: Update, context: Any) -> None:
        await self._send(update, context, self.briefs.usage)

    async def topics(self, update: Update, context: Any) -> None:
        await self._send(update, context, self.briefs.topics)

    async def privacy(self, update: Update, context: Any) -> None:
        await self._send(update, context, self.briefs.privacy)

    async def _send(
        self, update: Update, context: Any, brief: Callable[[str, Address], Reply]
    ) -> None:
        message = update.message
        assert message is not None
        reply = brief(language_of_user(message.from_user), in_group(context.bot))
        await reply_in_group(message, reply, to=message.message_id)


async def publish_menu(bot: Bot, admins: Collection[int] = ()) -> None:
    """Tells Telegram the commands, in each language that we have; English is for all others."""
    for scope, names in MENUS:
        await _publish(bot, scope, names)
    for admin in admins:
        try:
            await _publish(bot, BotCommandScopeChat(admin), (*MENUS[0][1], *FOR_ADMINS))
        except (BadRequest, Forbidden) as error:
            # There is no chat before a person has begun it.
            logger.info("no menu for an admin: %s", error)


async def _publish(bot: Bot, scope: BotCommandScope, names: Sequence[str]) -> None:
    for language in available():
        say = Wording(language).text
        await bot.set_my_commands(
            [BotCommand(name, say(f"command-{name}")) for name in names],
            scope=scope,
            language_code=None if language == available()[0] else language,
        )
