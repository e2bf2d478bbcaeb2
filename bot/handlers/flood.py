"""Whoever asks too much is told so once, and then not answered until it is over."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import ChatType

from bot.flood import Floods, Verdict
from bot.handlers.sending import language_of_user, reply_in_group, reply_to, unless_late
from bot.metrics import Metrics
from bot.replies import Replies

Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Guard:
    floods: Floods
    replies: Replies
    metrics: Metrics

    def before(self, callback: Callback) -> Callback:
        """The callback, for updates that are not too many."""

        async def guarded(update: Update, context: Any) -> None:
            if await self.lets_through(update):
                await callback(update, context)

        return guarded

    async def lets_through(self, update: Update) -> bool:
        """Counts an update that we would reply to. If it is one too many, it is done with."""
        # Of somebody who speaks for a group or a channel, that is the sender.
        sender, chat = update.effective_sender, update.effective_chat
        in_group = chat is not None and chat.type != ChatType.PRIVATE
        verdict = self.floods.judge(
            update.update_id,
            person=sender.id if sender else None,
            group=chat.id if chat and in_group else None,
            asked=_asked(update),
        )
        if verdict is Verdict.ANSWER:
            return True
        self.metrics.rate_limited.labels("group" if in_group else "person").inc()
        await self._refuse(update, tell=verdict is Verdict.TELL)
        return False

    async def _refuse(self, update: Update, *, tell: bool) -> None:
        language = language_of_user(update.effective_user)
        if query := update.callback_query:
            # Every tap is answered, else the button keeps turning.
            toast = self.replies.toast("too-fast", language) if tell else None
            await unless_late(query.answer(toast))
        elif tell and (message := update.message):
            notice = self.replies.text("too-fast", language)
            if message.chat.type == ChatType.PRIVATE:
                await reply_to(message, notice)
            else:
                await reply_in_group(message, notice, to=message.message_id)


def _asked(update: Update) -> float | None:
    """When it was written, in seconds since 1970. A tap has no date: its message is an old one."""
    message = update.effective_message
    if message is None or update.callback_query:
        return None
    return (message.edit_date or message.date).timestamp()
