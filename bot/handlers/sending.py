"""A Reply on its way to Telegram, and the language to write it in."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, User

from bot.buttons import encode
from bot.faq import ENGLISH
from bot.replies import Button, Reply


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


async def reply_to(message: Message, reply: Reply) -> None:
    await message.chat.send_message(reply.html, reply_markup=keyboard(reply.buttons))
