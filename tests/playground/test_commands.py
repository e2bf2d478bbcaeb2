from __future__ import annotations

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram


async def menu(telegram: Telegram, **key: Any) -> list[str]:
    commands = (await telegram.call("getMyCommands", key)).result
    return [command["command"] for command in commands]


async def set_menu(telegram: Telegram, name: str, **key: Any) -> None:
    commands = [{"command": name, "description": " what it does "}]
    assert (await telegram.call("setMyCommands", {"commands": commands, **key})).result is True


KEYS: list[dict[str, Any]] = [
    {},
    {"language_code": "uk"},
    {"scope": {"type": "all_private_chats"}},
    {"scope": {"type": "all_private_chats"}, "language_code": "uk"},
    {"scope": {"type": "chat", "chat_id": 100}},
    {"scope": {"type": "chat", "chat_id": 101}},
    {"scope": {"type": "chat_administrators", "chat_id": 101}},
]


@pytest.mark.usefixtures("olena")
async def test_each_scope_and_language_has_its_own_menu(telegram: Telegram) -> None:
    telegram.person("Ivan")
    for number, key in enumerate(KEYS):
        await set_menu(telegram, f"c{number}", **key)
    assert [await menu(telegram, **key) for key in KEYS] == [[f"c{n}"] for n in range(len(KEYS))]
    await telegram.call("deleteMyCommands", KEYS[1])
    assert [await menu(telegram, **key) for key in KEYS[:3]] == [["c0"], [], ["c2"]]


async def test_a_menu_is_tidied_and_replaced_as_a_whole(telegram: Telegram, olena: Person) -> None:
    await set_menu(telegram, "help")
    await set_menu(telegram, " /topics ")
    answer = await telegram.call("getMyCommands", {"scope": '{"type": "default"}'})
    assert answer.result == [{"command": "topics", "description": "what it does"}]


async def test_a_menu_may_be_emptied(telegram: Telegram) -> None:
    await set_menu(telegram, "help")
    assert (await telegram.call("setMyCommands", {"commands": []})).ok
    assert await menu(telegram) == []


class TestWhatIsOffered:
    """The first menu that is there, from the nearest scope to the farthest."""

    SCOPES = (
        {"type": "default"},
        {"type": "all_group_chats"},
        {"type": "all_chat_administrators"},
        {"type": "chat", "chat_id": -102},
        {"type": "chat_administrators", "chat_id": -102},
        {"type": "chat_member", "chat_id": -102, "user_id": 100},
    )

    async def test_an_admin_of_a_group_has_six_scopes(
        self, telegram: Telegram, olena: Person
    ) -> None:
        ivan = telegram.person("Ivan", language_code="de")
        group = telegram.group("Talks", olena, ivan)
        offered = []
        for scope in self.SCOPES:
            await set_menu(telegram, str(scope["type"]), scope=scope)
            menus = (telegram.commands.menu(person, group) for person in (ivan, olena))
            offered.append([menu[0]["command"] for menu in menus])
        assert offered == [
            ["default", "default"],
            ["all_group_chats", "all_group_chats"],
            ["all_group_chats", "all_chat_administrators"],
            ["chat", "chat"],
            ["chat", "chat_administrators"],
            ["chat", "chat_member"],
        ]

    async def test_the_own_language_comes_before_the_others(
        self, telegram: Telegram, olena: Person
    ) -> None:
        await set_menu(telegram, "private", scope={"type": "all_private_chats"})
        await set_menu(telegram, "default_uk", language_code="uk")
        assert telegram.commands.menu(olena)[0]["command"] == "private"
        await set_menu(
            telegram, "private_uk", scope={"type": "all_private_chats"}, language_code="uk"
        )
        assert telegram.commands.menu(olena)[0]["command"] == "private_uk"
        assert telegram.commands.menu(telegram.person("Ada"))[0]["command"] == "private"

    def test_without_any_menu_nothing_is_offered(self, telegram: Telegram, olena: Person) -> None:
        assert telegram.commands.menu(olena) == []
