from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

from bot.playground.people import Person
from bot.playground.telegram import Telegram


@pytest.fixture(autouse=True)
async def wanted(telegram: Telegram) -> None:
    await telegram.call("getUpdates", {"allowed_updates": ["message_reaction"]})


async def react(telegram: Telegram, chat: int, message: int, *emojis: str) -> Any:
    reaction = [{"type": "emoji", "emoji": emoji} for emoji in emojis]
    params = {"chat_id": chat, "message_id": message, "reaction": reaction}
    return (await telegram.call("setMessageReaction", params)).result


async def test_the_bot_reacts_and_thinks_again(telegram: Telegram, olena: Person) -> None:
    message = olena.send("Who mediates?")
    for emojis in (("👀",), ("👍",), ()):
        assert await react(telegram, olena.id, message.id, *emojis) is True
        assert olena.messages[0].reactions[telegram.bot] == emojis


async def test_somebody_reacts(telegram: Telegram, olena: Person) -> None:
    message = olena.send("Who mediates?")
    olena.react(message.id, "👍")
    olena.react(message.id, "🔥", "👏")
    changes = []
    for update in telegram.updates.pending:
        change = Update.de_json(update.as_json(), Bot(telegram.token)).message_reaction
        assert change is not None
        assert (change.message_id, change.user and change.user.id) == (message.id, olena.id)
        changes.append([[kind.emoji for kind in kinds] for kinds in _kinds(change)])
    assert changes == [[[], ["👍"]], [["👍"], ["🔥", "👏"]]]
    assert olena.messages[0].reactions == {olena.user: ("🔥", "👏")}


def _kinds(change: Any) -> tuple[Any, Any]:
    return change.old_reaction, change.new_reaction


async def test_in_a_group_only_an_admin_bot_is_told(telegram: Telegram, olena: Person) -> None:
    group = telegram.supergroup("Talks", olena)
    message = olena.send("Who mediates?", chat=group)
    olena.react(message.id, "👍", chat=group)
    assert not telegram.updates.pending
    group.promote_bot(by=olena)
    olena.react(message.id, chat=group)
    assert [update.kind for update in telegram.updates.pending] == ["message_reaction"]
