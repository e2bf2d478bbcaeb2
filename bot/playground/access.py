"""Which chats and messages a method may use (Client.cpp, check_chat_access, check_message)."""

from __future__ import annotations

from enum import IntEnum

from bot.playground.errors import ApiError, Rule
from bot.playground.fields import as_integer
from bot.playground.groups import Channel, Group
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.world import World


class Access(IntEnum):
    """What a method is going to do; who may do one thing may do those before it."""

    READ = 0
    READ_MEMBERS = 1
    EDIT = 2
    WRITE = 3


def find_chat(world: World, chat_id: str, access: Access) -> Person | Group:
    if not chat_id:
        raise ApiError(Rule.CHAT_EMPTY)
    place = world.find(world.usernames.get(chat_id.lower()) or as_integer(chat_id) or 0)
    if not place:
        raise ApiError(Rule.CHAT_NOT_FOUND)
    if isinstance(place, Channel):
        # The double's bot is in none. Telegram would tell of a public one.
        raise ApiError(Rule.NOT_MEMBER, kind="channel")
    if isinstance(place, Person):
        _check_person(place, access)
    elif place.chat.type == "supergroup":
        _check_supergroup(place, access, world)
    elif access != Access.READ:
        _check_basic_group(place, access, world)
    return place


def find_message(
    world: World, chat_id: str, message_id: int, access: Access, otherwise: Rule
) -> Message:
    """Nobody sees messages of a group without being in there, though it be public."""
    place = find_chat(world, chat_id, access)
    message = world.messages.find(place.id, message_id)
    if not message or world.bot not in place.users:
        raise ApiError(otherwise)
    return message


def _check_person(person: Person, access: Access) -> None:
    if person.deactivated and access >= Access.EDIT:
        raise ApiError(Rule.DEACTIVATED)
    if access == Access.WRITE and (person.stranger or person.blocked):
        raise ApiError(Rule.STRANGER if person.stranger else Rule.BLOCKED)


def _check_supergroup(group: Group, access: Access, world: World) -> None:
    """Into a public one everybody may look but those who were thrown out."""
    may_look = group.chat.username and group.status(world.bot) != "kicked"
    if access > Access.READ_MEMBERS or not may_look:
        _check_presence(group, world)


def _check_basic_group(group: Group, access: Access, world: World) -> None:
    """In one that is no more, what was written can still be edited."""
    if not group.migrated_to and not group.deleted:
        _check_presence(group, world)
    elif access != Access.EDIT:
        if group.migrated_to:
            raise ApiError(Rule.MIGRATED, {"migrate_to_chat_id": group.migrated_to.id})
        raise ApiError(Rule.GROUP_DELETED)


def _check_presence(group: Group, world: World) -> None:
    kind = group.chat.type
    if group.status(world.bot) == "kicked":
        raise ApiError(Rule.KICKED, kind=kind)
    if not group.has(world.bot):
        raise ApiError(Rule.NOT_MEMBER, kind=kind)
