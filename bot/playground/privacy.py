"""Which messages of a group reach a bot (core.telegram.org/bots/features#privacy-mode).

A bot never sees what other bots write. An admin, or a bot whose owner has switched privacy off,
sees everything else. All others see:

    - what happens to the group;
    - what answers a message of the bot;
    - messages that begin with a command that names the bot, or none if no other bot spoke since;
    - mentions of it, as @BotFather says at /setprivacy.
"""

from __future__ import annotations

from bot.playground.entities import part
from bot.playground.messages import Message, User


def meant_for(bot: User, message: Message, *, spoke_last: bool, mentions: bool) -> bool:
    """Whether the message reaches a bot in privacy mode."""
    if message.is_service or (message.reply_to and message.reply_to.from_bot):
        return True
    name = bot.username.lower()
    for entity in message.entities:
        _, _, named = part(message.text, entity).lower().partition("@")
        if entity.type == "bot_command" and entity.offset == 0:
            return named == name if named else spoke_last
        if entity.type == "mention" and named == name:
            return mentions
    return False
