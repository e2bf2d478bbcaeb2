"""The menu of commands, by scope and language (td: BotCommand.cpp, BotCommandScope.cpp)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.playground.errors import ApiError, Rule, within
from bot.playground.fields import Fields, Json

if TYPE_CHECKING:
    from bot.playground.groups import Group
    from bot.playground.people import Person

_SCOPES_OF_ALL = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_SCOPES_OF_CHATS = ("chat", "chat_administrators", "chat_member")
_MOST = 100

Scope = tuple[str, str, int]  # its type, its chat, its member
Key = tuple[Scope, str]  # and the language


class Commands:
    """`check_chat` refuses a chat that does not exist."""

    def __init__(self, check_chat: Callable[[str], object]) -> None:
        self._check_chat = check_chat
        self._menus: dict[Key, list[Json]] = {}

    def set_my_commands(
        self, commands: Json = None, scope: Json = None, language_code: str = ""
    ) -> Json:
        if not isinstance(commands or [], list):
            raise ApiError(Rule.ARRAY_EXPECTED, what="BotCommand")
        with within("Can't parse BotCommand"):
            read = [_read(command) for command in commands or []]
        key = self._key(scope, language_code)
        menu = [_checked(*command) for command in read]
        if len(menu) > _MOST:
            raise ApiError(Rule.COMMANDS_MANY)
        self._menus[key] = menu
        return True

    def get_my_commands(self, scope: Json = None, language_code: str = "") -> Json:
        return self._menus.get(self._key(scope, language_code), [])

    def menu(self, person: Person, group: Group | None = None) -> list[Json]:
        """What somebody's app offers (core.telegram.org/bots/api#determining-list-of-commands)."""
        chat, admin = str((group or person).id), group and group.is_admin(person.user)
        scopes = (
            ("chat_member", chat, person.id),
            ("chat_administrators", chat, 0) if admin else None,
            ("chat", chat, 0),
            ("all_chat_administrators", "", 0) if admin else None,
            ("all_group_chats" if group else "all_private_chats", "", 0),
            ("default", "", 0),
        )
        languages = (person.user.language_code[:2], "")
        keys = [(scope, language) for scope in scopes if scope for language in languages]
        return next((self._menus[key] for key in keys if key in self._menus), [])

    def delete_my_commands(self, scope: Json = None, language_code: str = "") -> Json:
        self._menus.pop(self._key(scope, language_code), None)
        return True

    def _key(self, scope: Json, language_code: str) -> Key:
        with within("Can't parse BotCommandScope"):
            read = _, chat_id, _ = _read_scope(scope)
        if chat_id:
            self._check_chat(chat_id)
        if not re.fullmatch("([a-z]{2})?", language_code):
            raise ApiError(Rule.LANGUAGE)
        return read, language_code


def _read_scope(scope: Json) -> Scope:
    if scope is None:
        return "default", "", 0
    fields = Fields(scope, ("type", "chat_id", "user_id"), ApiError(Rule.SCOPE_OBJECT))
    kind = fields.string("type")
    if kind in _SCOPES_OF_ALL:
        return kind, "", 0
    if kind not in _SCOPES_OF_CHATS:
        raise ApiError(Rule.SCOPE_TYPE)
    chat_id = fields.string("chat_id")
    if not chat_id:
        raise ApiError(Rule.SCOPE_CHAT)
    user_id = 0
    if kind == "chat_member" and (user_id := fields.integer("user_id")) <= 0:
        raise ApiError(Rule.USER_INVALID)
    return kind, chat_id, user_id


def _read(command: Json) -> tuple[str, str]:
    fields = Fields(command, ("command", "description"), ApiError(Rule.ITEM_OBJECT))
    return fields.string("command"), fields.string("description")


def _checked(command: str, description: str) -> Json:
    command, description = command.strip().removeprefix("/"), description.strip()
    for broken, rule in (
        (not command, Rule.COMMAND_EMPTY),
        (len(command) > 32, Rule.COMMAND_LONG),
        (not description, Rule.DESCRIPTION_EMPTY),
        (len(description) > 256, Rule.DESCRIPTION_LONG),
        (not re.fullmatch("[a-z0-9_]+", command), Rule.COMMAND_CHARACTERS),
    ):
        if broken:
            raise ApiError(rule)
    return {"command": command, "description": description}
