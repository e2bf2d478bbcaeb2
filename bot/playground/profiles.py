"""The methods that tell of chats and of people's places in them."""

from __future__ import annotations

from bot.playground.access import Access, find_chat
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Json
from bot.playground.members import as_member
from bot.playground.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


class Profiles:
    def __init__(self, world: World) -> None:
        self._world = world

    def get_chat(self, chat_id: str = "") -> Json:
        """The least that a ChatFullInfo tells."""
        place = find_chat(self._world, chat_id, Access.READ)
        gifts = dict.fromkeys(_GIFTS, False)
        full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        return place.chat.as_json() | full

    def get_chat_member(self, chat_id: str = "", user_id: int = 0) -> Json:
        if user_id <= 0:
            raise ApiError(Rule.USER_INVALID)
        place = find_chat(self._world, chat_id, Access.READ_MEMBERS)
        person = self._world.people.get(user_id)
        known = (person.user,) if person else (*place.users, self._world.bot)
        user = next((user for user in known if user.id == user_id), None)
        if not user:
            raise ApiError(Rule.PARTICIPANT_INVALID)
        return as_member(user, place.status(user))
