"""A Reply on its way to Telegram, and the language to write it in."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    ReplyParameters,
    User,
)
from telegram.error import BadRequest

from bot.buttons import encode
from bot.faq import ENGLISH
from bot.replies import Article, Button, Reply

LATE = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "query is too old",
)
"""Telegram's words for a button tapped twice, a message deleted since, one that is not ours, a tap
of minutes ago or one answered before."""


def language_of_user(user: User | None) -> str:
    """The language of a person's app, for want of a text: "uk" of "uk-UA"."""
    code = user.language_code if user else None
    return code.split("-")[0].lower() if code else ENGLISH


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """The buttons, each in a row of its own."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=encode(button.action))]
            for button in buttons
        ]
    )


def listed(article: Article) -> InlineQueryResultArticle:
    content = InputTextMessageContent(article.html)
    return InlineQueryResultArticle(
        article.id, article.title, content, description=article.description
    )


async def reply_to(message: Message, reply: Reply, *, to: int | None = None) -> Message:
    """In a private chat; as a reply to the message `to`, if it is given and still there."""
    parameters = ReplyParameters(to, allow_sending_without_reply=True) if to else None
    return await _send(message, reply, reply_parameters=parameters)


async def reply_in_group(
    message: Message, reply: Reply, *, to: int, if_gone: bool = True
) -> Message:
    """As a reply to the message `to`, without a sound; if that one has been deleted, `if_gone` says
    whether the reply is sent all the same."""
    parameters = ReplyParameters(to, allow_sending_without_reply=if_gone)
    return await _send(message, reply, reply_parameters=parameters, disable_notification=True)


async def _send(message: Message, reply: Reply, **options: Any) -> Message:
    # A reply stands in the topic of what it answers, but not if that is deleted. Elsewhere than in
    # topics a thread is a row of replies, and Telegram takes no number for a forum's General topic.
    topic = message.message_thread_id if message.is_topic_message else None
    return await message.chat.send_message(
        reply.html, reply_markup=keyboard(reply.buttons), message_thread_id=topic, **options
    )


async def unless_late(request: Awaitable[object]) -> None:
    """Lets pass what Telegram refuses only because people were quicker than we."""
    try:
        await request
    except BadRequest as error:
        if not any(late in str(error).lower() for late in LATE):
            raise
