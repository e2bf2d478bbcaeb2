"""Guest mode: `@bot ...` in a chat that we are not in, if the bot's owner has switched it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.handlers.asking import Asked, question_in
from bot.handlers.groups import Groups
from bot.handlers.sending import listed
from bot.replies import Address, Article


@dataclass(frozen=True, slots=True)
class Guests:
    groups: Groups

    async def called(self, update: Update, context: Any) -> None:
        """Answers once, as Telegram lets us; not what came as a message of a group, too."""
        message, bot = update.guest_message, context.bot
        assert message is not None
        assert message.guest_query_id is not None
        if not bot.bot.supports_guest_queries or self.groups.lately.given(message):
            return
        asked = question_in(message, bot) or Asked("", message.message_id)
        decision, reply = self.groups.decide(asked, message, Address(bot.username, bot.name))
        # Of the article only the message is seen; but Telegram wants a title.
        article = Article("answer", bot.username, "", reply.html)
        await message.answer_guest_query(listed(article))
        self.groups.lately.answered(message, asked, decision, message.message_id, pointed=True)
        self.groups.misses.unanswered(decision, asked, message)
