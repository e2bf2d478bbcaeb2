"""Messages in a private chat: every one gets exactly one reply, an album one for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Message, Update

from bot.answering import Abstain, Answerer, Decision
from bot.handlers.asking import Asked, question_in
from bot.handlers.lately import Lately
from bot.handlers.misses import Misses
from bot.handlers.sending import language_of_user, reply_to
from bot.replies import Replies, Reply


@dataclass(frozen=True, slots=True)
class Questions:
    answerer: Answerer
    replies: Replies
    lately: Lately
    misses: Misses

    async def answer(self, update: Update, context: Any) -> None:
        """A text."""
        message = update.message
        assert message is not None
        asked = question_in(message, context.bot)
        if asked is None:
            await self._say("unknown-command", message)
            return
        decision, reply = self.decide(asked, message)
        # Its buttons may tell that it misses the question, which Telegram then tells with it.
        to = None if isinstance(decision, Abstain) else message.message_id
        sent = await reply_to(message, reply, to=to)
        self.lately.answered(message, asked, decision, sent.message_id)
        self.misses.unanswered(decision, asked, message)

    def decide(self, asked: Asked, message: Message) -> tuple[Decision, Reply]:
        spoken = self.answerer.language_of(asked.text)
        language = spoken or language_of_user(message.from_user)
        decision = self.answerer.answer(asked.text, language)
        return decision, self.replies.render(decision)

    async def not_text(self, update: Update, _: Any) -> None:
        """A photo, a voice, a sticker, whatever else people send."""
        message = update.message
        assert message is not None
        if not self.lately.is_of_known_album(message):
            await self._say("not-text", message)
            self.lately.note_album(message)

    async def _say(self, name: str, message: Message) -> None:
        language = language_of_user(message.from_user)
        await reply_to(message, self.replies.text(name, language))
