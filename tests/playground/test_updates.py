from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Answer, Telegram

OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def poll(telegram: Telegram, **params: Any) -> list[int]:
    """The ids of the updates that come. The clock moves on, so that nothing slows the poll."""
    telegram.clock.shift(5)
    updates = (await telegram.call("getUpdates", params)).result
    return [update["update_id"] for update in updates]


@pytest.fixture
def five(olena: Person) -> None:
    for number in range(5):
        olena.send(f"question {number}")


@pytest.mark.usefixtures("five")
class TestOffsets:
    async def test_what_is_not_confirmed_comes_again(self, telegram: Telegram) -> None:
        assert await poll(telegram) == await poll(telegram) == [1, 2, 3, 4, 5]

    async def test_an_offset_confirms_what_is_before_it(self, telegram: Telegram) -> None:
        assert await poll(telegram, offset=3) == [3, 4, 5]
        assert await poll(telegram, offset=1) == [3, 4, 5]
        assert await poll(telegram, offset=0) == [3, 4, 5]

    async def test_a_negative_offset_keeps_that_many(self, telegram: Telegram) -> None:
        assert await poll(telegram, offset=-2) == [4, 5]
        assert await poll(telegram) == [4, 5]

    async def test_an_offset_far_in_the_future_confirms_nothing(self, telegram: Telegram) -> None:
        assert await poll(telegram, offset=99) == [1, 2, 3, 4, 5]

    @pytest.mark.parametrize(("limit", "ids"), [(2, [1, 2]), (0, [1]), (1000, [1, 2, 3, 4, 5])])
    async def test_the_limit_is_kept_between_1_and_100(
        self, telegram: Telegram, limit: int, ids: list[int]
    ) -> None:
        assert await poll(telegram, limit=limit) == ids

    async def test_ids_rise_after_everything_was_confirmed(
        self, telegram: Telegram, olena: Person
    ) -> None:
        assert await poll(telegram, offset=6) == []
        olena.send("and now?")
        assert await poll(telegram) == [6]

    async def test_who_hurries_back_gets_one_update(self, telegram: Telegram) -> None:
        first = await telegram.call("getUpdates", {})
        again = await telegram.call("getUpdates", {"limit": 100})
        assert (len(first.result), len(again.result)) == (5, 1)

    async def test_updates_are_kept_for_a_day(self, telegram: Telegram) -> None:
        telegram.clock.shift(24 * 3600 - 10)
        assert len(await poll(telegram)) == 5
        assert await poll(telegram) == []


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("message", 24 * 3600),
        ("my_chat_member", 24 * 3600),
        ("callback_query", 150),
        ("inline_query", 30),
        ("chosen_inline_result", 600),
    ],
)
async def test_each_kind_waits_for_its_time(telegram: Telegram, kind: str, seconds: int) -> None:
    telegram.updates.add(kind, {"chat": {"id": 1}, "from": {"id": 1}})
    telegram.clock.shift(seconds - 1)
    assert [update.kind for update in telegram.updates.pending] == [kind]
    telegram.clock.shift(1)
    assert not telegram.updates.pending


async def begin(telegram: Telegram, **params: Any) -> asyncio.Task[Answer]:
    """A poll that waits, unless it need not."""
    task = asyncio.create_task(telegram.call("getUpdates", params))
    await others()
    return task


async def others() -> None:
    """Lets the other tasks do what they can."""
    for _ in range(10):
        await asyncio.sleep(0)


class TestLongPolling:
    async def test_it_ends_when_somebody_writes(self, telegram: Telegram, olena: Person) -> None:
        polling = await begin(telegram, timeout=50)
        olena.send("hello")
        answer = await polling
        assert answer.result[0]["message"]["text"] == "hello"

    @pytest.mark.parametrize(("timeout", "seconds"), [(2, 2), (50, 50), (1000, 50)])
    async def test_it_ends_empty_when_nobody_does(
        self, telegram: Telegram, timeout: int, seconds: int
    ) -> None:
        polling = await begin(telegram, timeout=timeout)
        telegram.clock.shift(seconds - 0.1)
        await others()
        assert not polling.done()
        telegram.clock.shift(0.2)
        assert (await polling).result == []

    async def test_who_asks_again_without_waiting_waits_3_seconds(self, telegram: Telegram) -> None:
        assert (await begin(telegram, offset=1)).done()
        polling = await begin(telegram, offset=1)
        telegram.clock.shift(2.9)
        await others()
        assert not polling.done()
        telegram.clock.shift(0.2)
        assert (await polling).result == []

    async def test_the_older_of_two_pollers_is_ended(
        self, telegram: Telegram, olena: Person
    ) -> None:
        older = await begin(telegram, timeout=50)
        newer = await begin(telegram, timeout=50)
        refused = await older
        assert (refused.status, refused.description) == (409, OTHER_POLLER)
        olena.send("hello")
        assert len((await newer).result) == 1

    async def test_conflicts_close_together_are_told_3_seconds_late(
        self, telegram: Telegram
    ) -> None:
        first, second, third = [await begin(telegram, timeout=50) for _ in range(3)]
        telegram.clock.shift(2.9)
        await others()
        assert (first.done(), second.done()) == (True, False)
        telegram.clock.shift(0.2)
        assert (await second).status == 409
        fourth = await begin(telegram, timeout=50)
        assert third.done()
        fourth.cancel()

    async def test_a_poller_that_went_away_is_in_nobodys_way(
        self, telegram: Telegram, olena: Person
    ) -> None:
        gone = await begin(telegram, timeout=50)
        gone.cancel()
        await others()
        olena.send("hello")
        assert await poll(telegram) == [1]

    async def test_time_is_real_unless_it_is_held(self) -> None:
        telegram = Telegram()
        polling = await begin(telegram, timeout=50)
        message = telegram.person().send("hello")
        assert len((await polling).result) == 1
        assert abs(message.date - time.time()) < 60


class TestAllowedUpdates:
    async def test_a_kind_not_wanted_never_comes(self, telegram: Telegram, olena: Person) -> None:
        await poll(telegram, allowed_updates='["edited_message"]')
        message = olena.send("hello")
        olena.edit(message.id, "hello!")
        await poll(telegram, allowed_updates=["message", "Edited_Message"])
        assert [update.kind for update in telegram.updates.pending] == ["edited_message"]

    async def test_not_saying_means_as_before(self, telegram: Telegram, olena: Person) -> None:
        await poll(telegram, allowed_updates=["edited_message"])
        await poll(telegram)
        olena.send("hello")
        assert await poll(telegram) == []

    @pytest.mark.parametrize("nothing", [[], ["no_such_kind"]])
    async def test_naming_nothing_means_the_default(
        self, telegram: Telegram, olena: Person, nothing: list[str]
    ) -> None:
        await poll(telegram, allowed_updates=["edited_message"])
        await poll(telegram, allowed_updates=nothing)
        olena.send("hello")
        telegram.updates.add("chat_member", {})
        assert await poll(telegram) == [1]


class TestWebhook:
    async def test_polling_is_refused_while_it_is_set(self, telegram: Telegram) -> None:
        telegram.updates.webhook_url = "https://example.org/telegram"
        refused = await telegram.call("getUpdates")
        assert (refused.status, refused.description) == (409, WEBHOOK_ACTIVE)
        await telegram.call("deleteWebhook")
        assert (await telegram.call("getUpdates")).ok

    @pytest.mark.parametrize(("drop", "pending"), [(False, 5), (True, 0)])
    @pytest.mark.usefixtures("five")
    async def test_its_end_may_drop_what_waits(
        self, telegram: Telegram, drop: bool, pending: int
    ) -> None:
        await telegram.call("deleteWebhook", {"drop_pending_updates": drop})
        info = (await telegram.call("getWebhookInfo")).result
        assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": pending}

    async def test_its_info_names_the_kinds_if_they_were_chosen(self, telegram: Telegram) -> None:
        await poll(telegram, allowed_updates=["message", "callback_query"])
        info = (await telegram.call("getWebhookInfo")).result
        assert info["allowed_updates"] == ["callback_query", "message"]
