"""Which chats a method may use (Client.cpp, check_chat and check_chat_access)."""

from __future__ import annotations

from enum import IntEnum

from bot.playground.errors import ApiError, Rule
from bot.playground.fields import as_integer
from bot.playground.groups import Group
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
    place = world.find(as_integer(chat_id) or 0)
    if not place:
        raise ApiError(Rule.CHAT_NOT_FOUND)
    if isinstance(place, Person):
        _check_person(place, access)
    elif place.chat.type == "supergroup":
        # The double has private ones only: who is not in there cannot even look.
        _check_presence(place, world)
    elif access != Access.READ:
        _check_basic_group(place, access, world)
    return place


def _check_person(person: Person, access: Access) -> None:
    if person.deactivated and access >= Access.EDIT:
        raise ApiError(Rule.DEACTIVATED)
    if person.blocked and access == Access.WRITE:
        raise ApiError(Rule.BLOCKED)


def _check_basic_group(group: Group, access: Access, world: World) -> None:
    if access != Access.EDIT:
        if group.migrated_to:
            raise ApiError(Rule.MIGRATED, {"migrate_to_chat_id": group.migrated_to.id})
        if group.deleted:
            raise ApiError(Rule.GROUP_DELETED)
    _check_presence(group, world)


def _check_presence(group: Group, world: World) -> None:
    kind = group.chat.type
    if group.status(world.bot) == "kicked":
        raise ApiError(Rule.KICKED, kind=kind)
    if not group.has(world.bot):
        raise ApiError(Rule.NOT_MEMBER, kind=kind)
