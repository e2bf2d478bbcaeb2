from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, ChatFullInfo, ChatMember

from bot.playground.people import Person
from bot.playground.telegram import Telegram


@pytest.mark.parametrize("where", ["private", "group", "supergroup"])
async def test_a_chat_tells_what_it_is(telegram: Telegram, olena: Person, where: str) -> None:
    places: Any = {
        "private": olena,
        "group": telegram.group("Talks", olena),
        "supergroup": telegram.supergroup("Talks", olena, forum=True),
    }
    place = places[where]
    told = (await telegram.call("getChat", {"chat_id": place.id})).result
    chat = ChatFullInfo.de_json(told, Bot(telegram.token))
    assert (chat.id, chat.type, chat.effective_name) == (place.id, where, place.chat.name)
    assert chat.api_kwargs == {}


async def test_a_basic_group_can_be_looked_at_from_outside(
    telegram: Telegram, olena: Person
) -> None:
    group = telegram.group("Talks", olena, bot=False)
    assert (await telegram.call("getChat", {"chat_id": group.id})).ok


async def test_everybody_has_a_place_in_a_group(telegram: Telegram, olena: Person) -> None:
    ivan, mia, petro, zoe = (telegram.person(name) for name in ("Ivan", "Mia", "Petro", "Zoe"))
    group = telegram.supergroup("Talks", olena, ivan, mia, petro)
    group.promote(ivan)
    group.leave(mia)
    statuses = []
    for user_id in (olena.id, ivan.id, mia.id, petro.id, zoe.id, telegram.bot.id):
        asked = {"chat_id": group.id, "user_id": user_id}
        told = (await telegram.call("getChatMember", asked)).result
        member = ChatMember.de_json(told, Bot(telegram.token))
        assert (member.user.id, member.api_kwargs) == (user_id, {})
        statuses.append(member.status)
    assert statuses == ["creator", "administrator", "left", "member", "left", "member"]


async def test_two_are_in_a_private_chat(telegram: Telegram, olena: Person) -> None:
    ivan = telegram.person("Ivan")
    statuses = [
        (await telegram.call("getChatMember", {"chat_id": olena.id, "user_id": user_id})).result
        for user_id in (olena.id, telegram.bot.id, ivan.id)
    ]
    assert [status["status"] for status in statuses] == ["member", "member", "left"]
