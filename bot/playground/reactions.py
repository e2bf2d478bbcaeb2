"""Reactions: small emoji under messages."""

from __future__ import annotations

from dataclasses import replace

from telegram.constants import ReactionEmoji

from bot.playground.access import Access, find_message
from bot.playground.errors import ApiError, Rule, within
from bot.playground.fields import Fields, Json, as_items
from bot.playground.world import World

EMOJI = frozenset(emoji.value for emoji in ReactionEmoji)


class Reactions:
    def __init__(self, world: World) -> None:
        self._world = world

    def set_message_reaction(
        self, chat_id: str = "", message_id: int = 0, reaction: Json = None, is_big: bool = False
    ) -> Json:
        """A bot has one reaction at most, and only an emoji that everybody may use."""
        emojis = _read_reaction(reaction)
        message = find_message(
            self._world, chat_id, message_id, Access.READ, Rule.REACTED_NOT_FOUND
        )
        if len(emojis) > 1:
            raise ApiError(Rule.REACTIONS_MANY)
        if not EMOJI.issuperset(emojis):
            raise ApiError(Rule.REACTION)
        reactions = {**message.reactions, self._world.bot: emojis}
        self._world.messages.keep(replace(message, reactions=reactions))
        return True


def _read_reaction(values: Json) -> tuple[str, ...]:
    items = as_items(values, "ReactionType")
    with within("Can't parse ReactionType"):
        return tuple(_read_type(item) for item in items)


def _read_type(value: Json) -> str:
    fields = Fields(value, ("type", "emoji"), ApiError(Rule.ITEM_OBJECT))
    if fields.string("type") != "emoji":
        raise ApiError(Rule.REACTION_TYPE)
    return fields.string("emoji")
