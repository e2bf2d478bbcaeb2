from __future__ import annotations

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram


async def send(telegram: Telegram, chat_id: int) -> int:
    """The seconds that the bot is told to wait, 0 if the message went out."""
    answer = await telegram.call("sendMessage", {"chat_id": chat_id, "text": "a"})
    if answer.ok:
        return 0
    wait = int(answer.envelope["parameters"]["retry_after"])
    assert answer.status == 429
    assert answer.description == f"Too Many Requests: retry after {wait}"
    return wait


async def test_nothing_is_held_back_unless_it_is_wanted(telegram: Telegram, olena: Person) -> None:
    assert [await send(telegram, olena.id) for _ in range(50)] == [0] * 50


class TestLimits:
    @pytest.fixture(autouse=True)
    def switched_on(self, telegram: Telegram) -> None:
        telegram.flood.on = True

    async def test_one_message_a_second_goes_to_a_chat(
        self, telegram: Telegram, olena: Person
    ) -> None:
        assert await send(telegram, olena.id) == 0
        assert await send(telegram, olena.id) == 1
        assert await send(telegram, telegram.person("Ivan").id) == 0
        telegram.clock.shift(1)
        assert await send(telegram, olena.id) == 0
        assert len(olena.received) == 2

    async def test_20_a_minute_go_to_a_group(self, telegram: Telegram, olena: Person) -> None:
        group = telegram.supergroup("Talks", olena)
        for _ in range(20):
            assert await send(telegram, group.id) == 0
            telegram.clock.shift(2)
        assert await send(telegram, group.id) == 20
        telegram.clock.shift(20)
        assert await send(telegram, group.id) == 0

    async def test_30_a_second_go_out_at_all(self, telegram: Telegram) -> None:
        people = [telegram.person() for _ in range(31)]
        waits = [await send(telegram, person.id) for person in people]
        assert waits == [0] * 30 + [1]

    async def test_other_methods_are_not_counted(self, telegram: Telegram, olena: Person) -> None:
        typing = {"chat_id": olena.id, "action": "typing"}
        assert all([(await telegram.call("sendChatAction", typing)).ok for _ in range(50)])
