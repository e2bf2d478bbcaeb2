"""Groups: we speak only when we are addressed, briefly, without a sound, where we were asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Bot, Message, Update
from telegram.error import BadRequest

from bot.answering import Abstain, Answer, Answerer, Decision, Reason
from bot.handlers.asking import ASK, Asked, question_in
from bot.handlers.lately import Lately
from bot.handlers.misses import Misses
from bot.handlers.sending import language_of_user, reply_in_group
from bot.replies import Address, Briefs, Reply

ANSWER_IS_GONE = "message to be replied not found"

NEEDS_NO_REPLY = (Reason.THANKS, Reason.NO_WORDS)
"""What somebody who merely replies to us says for the others, not for us: "ok", an emoji."""


def in_group(bot: Bot) -> Address:
    """A command with our name reaches us whatever the settings of the group."""
    return Address(bot.username, f"/{ASK}@{bot.username}")


@dataclass(frozen=True, slots=True)
class Groups:
    answerer: Answerer
    briefs: Briefs
    lately: Lately
    misses: Misses

    async def answer(self, update: Update, context: Any) -> None:
        """A text that asks us something."""
        message = update.message
        assert message is not None
        asked = question_in(message, context.bot)
        assert asked is not None
        if self.lately.given(message):
            return
        decision, reply = self.decide(asked, message, in_group(context.bot))
        if _is_small_talk(asked, decision):
            return
        sent = await self._point(message, decision, in_group(context.bot))
        pointed = sent is not None
        sent = sent or await reply_in_group(message, reply, to=asked.message_id)
        self.lately.answered(message, asked, decision, sent.message_id, pointed=pointed)
        self.misses.unanswered(decision, asked, message)

    def decide(self, asked: Asked, message: Message, at: Address) -> tuple[Decision, Reply]:
        spoken = self.answerer.language_of(asked.text)
        language = spoken or language_of_user(message.from_user)
        decision = self.answerer.answer(asked.text, language)
        return decision, self.briefs.render(decision, at)

    async def _point(self, message: Message, decision: Decision, at: Address) -> Message | None:
        """A reply to the same answer of some minutes ago; None if there is none (any more)."""
        earlier = self.lately.earlier(message, decision)
        if earlier is None or not isinstance(decision, Answer):
            return None
        reply = self.briefs.earlier(decision.entry, decision.language, at)
        try:
            return await reply_in_group(message, reply, to=earlier, if_gone=False)
        except BadRequest as error:
            if ANSWER_IS_GONE not in str(error).lower():
                raise
            return None


def _is_small_talk(asked: Asked, decision: Decision) -> bool:
    silent = isinstance(decision, Abstain) and decision.reason in NEEDS_NO_REPLY
    return silent and not asked.called
