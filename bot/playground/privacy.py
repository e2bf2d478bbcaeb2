"""Which messages of a group reach a bot (core.telegram.org/bots/features#privacy-mode).

A bot never sees what other bots write. An admin, or a bot whose owner has switched privacy off,
sees everything else. All others see:

    - what happens to the group;
    - what answers a message of the bot, and what was sent through it;
    - messages that begin with a command that names the bot, or none if no other bot spoke since;
    - mentions of it, as @BotFather says at /setprivacy.
"""

from __future__ import annotations

from bot.playground.entities import part
from bot.playground.messages import Message, User


def meant_for(bot: User, message: Message, *, spoke_last: bool, by_mention: bool) -> bool:
    """Whether the message reaches a bot in privacy mode."""
    answers = message.reply_to and message.reply_to.from_bot
    if message.is_service or answers or message.via_bot == bot:
        return True
    if by_mention and mentions(bot, message):
        return True
    command = _named(message, "bot_command")[:1] if message.text.startswith("/") else []
    return bot.username.lower() in command or (spoke_last and "" in command)


def mentions(bot: User, message: Message) -> bool:
    return bot.username.lower() in _named(message, "mention")


def _named(message: Message, kind: str) -> list[str]:
    """Whom the message's entities of this kind name."""
    words = (part(message.text, entity) for entity in message.entities if entity.type == kind)
    return [word.lower().partition("@")[2] for word in words]
