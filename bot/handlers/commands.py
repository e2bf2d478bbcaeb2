"""Commands in a private chat, and the menu in which Telegram shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, Update

from bot.buttons import entry_of_payload
from bot.handlers.sending import language_of_user, reply_to
from bot.replies import Replies, Reply
from bot.wording import Wording, available

NAMES = ("start", "help", "topics", "privacy")
"""The commands, in the order of the menu."""


@dataclass(frozen=True, slots=True)
class Commands:
    replies: Replies
    operator: str

    async def start(self, update: Update, context: Any) -> None:
        """What the bot does; or the answer of the entry that a permalink names."""
        language = language_of_user(update.effective_user)
        entry = entry_of_payload(context.args[0]) if context.args else None
        reply = self.replies.entry(entry, language) if entry else None
        await self._send(update, reply or self.replies.start(language))

    async def help(self, update: Update, _: Any) -> None:
        await self._send(update, self.replies.help(language_of_user(update.effective_user)))

    async def topics(self, update: Update, _: Any) -> None:
        await self._send(update, self.replies.topics(language_of_user(update.effective_user)))

    async def privacy(self, update: Update, _: Any) -> None:
        language = language_of_user(update.effective_user)
        await self._send(update, self.replies.privacy(language, self.operator))

    async def _send(self, update: Update, reply: Reply) -> None:
        assert update.message is not None
        await reply_to(update.message, reply)


async def publish_menu(bot: Bot) -> None:
    """Tells Telegram the commands, in each language that we have; English is for all others."""
    for language in available():
        say = Wording(language).text
        await bot.set_my_commands(
            [BotCommand(name, say(f"command-{name}")) for name in NAMES],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=None if language == available()[0] else language,
        )
