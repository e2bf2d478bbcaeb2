"""Questions that are edited within ten minutes of their answer: the answer is edited, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import ChatType

from bot.handlers.asking import question_in
from bot.handlers.groups import Groups, in_group
from bot.handlers.questions import Questions
from bot.handlers.sending import keyboard, unless_late


@dataclass(frozen=True, slots=True)
class Edits:
    questions: Questions
    groups: Groups

    async def edited(self, update: Update, context: Any) -> None:
        """Telegram also tells of edits that nobody sees, such as that a link got a preview."""
        message, bot = update.edited_message, context.bot
        assert message is not None
        lately = self.questions.lately
        given, asked = lately.given(message), question_in(message, bot)
        assert asked is not None
        if given is None or lately.is_same(given, asked):
            return
        if message.chat.type == ChatType.PRIVATE:
            decision, reply = self.questions.decide(asked, message)
        else:
            decision, reply = self.groups.decide(asked, message, in_group(bot))
        edited = bot.edit_message_text(
            reply.html,
            chat_id=message.chat_id,
            message_id=given.message_id,
            reply_markup=keyboard(reply.buttons),
        )
        await unless_late(edited)
        lately.answered(message, asked, decision, given.message_id)
        self.questions.misses.unanswered(decision, asked, message)
