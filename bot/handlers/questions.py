"""Messages in a private chat: every one gets exactly one reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.answering import Answerer
from bot.handlers.sending import language_of_user, reply_to
from bot.replies import Replies
from bot.text import language_of


@dataclass(frozen=True, slots=True)
class Questions:
    answerer: Answerer
    replies: Replies

    async def answer(self, update: Update, _: Any) -> None:
        """A text."""
        message = update.message
        assert message is not None
        assert message.text is not None
        language = language_of(message.text) or language_of_user(message.from_user)
        decision = self.answerer.answer(message.text, language)
        await reply_to(message, self.replies.render(decision))

    async def unknown_command(self, update: Update, _: Any) -> None:
        assert update.message is not None
        language = language_of_user(update.effective_user)
        await reply_to(update.message, self.replies.text("unknown-command", language))

    async def not_text(self, update: Update, _: Any) -> None:
        """A photo, a voice, a sticker, whatever else people send."""
        assert update.message is not None
        language = language_of_user(update.effective_user)
        await reply_to(update.message, self.replies.text("not-text", language))
