"""Taps on buttons. Whatever comes back, stale or forged, gets an answer and is never an error.

Only in the private chat do our messages have buttons; elsewhere a tap changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.buttons import Action, NoneOfThese, NotAsked, Show, Topic, Topics, decode
from bot.handlers.misses import Misses
from bot.handlers.sending import keyboard, language_of_user, unless_late
from bot.language import language_of
from bot.replies import Replies, Reply


@dataclass(frozen=True, slots=True)
class Buttons:
    replies: Replies
    misses: Misses

    async def tapped(self, update: Update, context: Any) -> None:
        query = update.callback_query
        assert query is not None
        language = _language(query)
        action = decode(query.data or "")
        toast, reply = None, None
        try:
            toast, reply = self._effect(query, action, language)
        finally:
            # Also if that fails, else the button keeps turning.
            await unless_late(query.answer(toast))
        if reply is not None:
            shown = query.edit_message_text(reply.html, reply_markup=keyboard(reply.buttons))
            await unless_late(shown)
            if isinstance(action, NoneOfThese):
                self.misses.none_of_these(query, context.bot)
        elif isinstance(action, NotAsked) and self.replies.knows(action.entry):
            self.misses.not_asked(action.entry, query, context.bot)

    def _effect(
        self, query: CallbackQuery, action: Action | None, language: str
    ) -> tuple[str | None, Reply | None]:
        """What a tap is answered with, if anything, and what its message turns into, if it does."""
        if isinstance(action, NotAsked) and self.replies.knows(action.entry):
            return self.replies.toast("toast-noted", language), None
        reply = None if action is None else self._reply(action, language)
        if reply is None or not _can_be_edited(query):
            return self.replies.toast("toast-out-of-date", language), None
        return None, reply

    def _reply(self, action: Action, language: str) -> Reply | None:
        """What the message turns into; None if it is about something that is no more."""
        match action:
            case Show(entry):
                return self.replies.entry(entry, language)
            case NoneOfThese():
                return self.replies.no_answer(language)
            case Topics():
                return self.replies.topics(language)
            case Topic(topic, page):
                return self.replies.topic(topic, page, language)
            case NotAsked():
                return None
            case _:
                assert_never(action)


def _language(query: CallbackQuery) -> str:
    """That of our message, where it can be told by the first line, in which no quote stands; else
    that of the person's app."""
    message = query.message
    text = (message.text or "") if isinstance(message, Message) else ""
    return language_of(text.partition("\n")[0]) or language_of_user(query.from_user)


def _can_be_edited(query: CallbackQuery) -> bool:
    message = query.message
    # PTB makes a Message of it even if Telegram holds it back, as it does when it is old.
    return (
        message is not None
        and bool(message.is_accessible)
        and message.chat.type == ChatType.PRIVATE
    )
