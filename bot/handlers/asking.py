"""Where the question stands in a message, if it holds one for us."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType

ASK = "ask"
"""The command before a question; a private chat needs none, but takes it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the message that it stands in: perhaps another than the one that asks it.

    `called` tells that we were called by name or command, not merely replied to; `own`, that who
    asks has written it.
    """

    text: str
    message_id: int
    called: bool = True
    own: bool = True


def question_in(message: Message, bot: Bot) -> Asked | None:
    """What `message` asks us; None if it does not address us, or asks for something else."""
    command, mentions = _command(message), _mentions(message, bot)
    text = (message.text or "")[len(command) :]
    for mention in mentions:
        text = text.replace(mention, " ", 1)
    if command:
        name, _, addressee = command.lower().removeprefix("/").partition("@")
        ours = name == ASK and addressee in ("", bot.username.lower())
        return _or_replied_to(text, message, bot) if ours else None
    if message.chat.type == ChatType.PRIVATE and not message.guest_query_id:
        return Asked(text, message.message_id)
    if mentions:
        return _or_replied_to(text, message, bot)
    return Asked(text, message.message_id, called=False) if _answers_us(message, bot) else None


def _command(message: Message) -> str:
    """The command that the message begins with, as it was written."""
    commands = message.parse_entities([MessageEntity.BOT_COMMAND])
    return next((text for entity, text in commands.items() if entity.offset == 0), "")


def _mentions(message: Message, bot: Bot) -> list[str]:
    """The parts of the text that name us."""
    named = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    return [
        text
        for entity, text in named.items()
        if text.lower() == bot.name.lower() or (entity.user and entity.user.id == bot.id)
    ]


def _answers_us(message: Message, bot: Bot) -> bool:
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot.id)


def _or_replied_to(text: str, message: Message, bot: Bot) -> Asked:
    """The text; if it is blank, the words that the message quotes or replies to, if there are any.

    Our own words are no question.
    """
    own = Asked(text.strip(), message.message_id)
    replied = message.reply_to_message
    if own.text or _answers_us(message, bot):
        return own
    if message.quote:
        place = replied.message_id if replied else message.message_id
        return Asked(message.quote.text, place, own=False)
    said = replied and (replied.text or replied.caption)
    return Asked(said, replied.message_id, own=False) if replied and said else own
