"""When a handler fails: one record in the log, one apology in a private chat, and on we go."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError

from bot.handlers.sending import language_of_user
from bot.journal import Journal
from bot.replies import Replies

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errors:
    replies: Replies
    journal: Journal

    async def apologise(self, update: object, context: Any) -> None:
        if isinstance(update, Update) and isinstance(context.error, Forbidden):
            told = "update %s: nobody to reply to: %s"
            logger.info(told, update.update_id, context.error)
            return
        self.journal.note_failure(type(context.error).__name__)
        if not isinstance(update, Update):
            logger.error("failed outside of any update", exc_info=context.error)
            return
        id = update.update_id
        logger.error("update %s failed", id, exc_info=context.error)
        chat = update.effective_chat
        # A private chat that we are a guest in is between others, and may bear our chats' numbers.
        if chat is None or chat.type != ChatType.PRIVATE or update.guest_message:
            return
        language = language_of_user(update.effective_user)
        try:
            await chat.send_message(self.replies.text("apology", language).html)
        except TelegramError as error:
            logger.warning("update %s: no apology could be sent: %s", id, type(error).__name__)
