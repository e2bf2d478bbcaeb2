"""Long polling: a batch is confirmed once it is stored; trouble passes, or ends the bot."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

import pytest

from bot.errors import BotError
from bot.handlers.listening import UPDATES
from bot.intake import Pace
from bot.playground.clock import StillClock
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.store import inbox
from tests.bot_on_telegram import (
    ASKED,
    at_work,
    params_of,
    run_until_it_fails,
    until,
)

FOREVER = 1_000_000
AN_HOUR = 3600.0


def gaps(telegram: Telegram) -> list[float]:
    """Seconds from each request for updates to the next."""
    times = [call.time for call in telegram.calls if call.method == "getUpdates"]
    return [after - before for before, after in pairwise(times)]


def offsets(telegram: Telegram) -> list[int]:
    return [poll["offset"] for poll in params_of(telegram, "getUpdates")]


class TestConfirming:
    async def test_an_update_is_confirmed_once_it_is_stored_not_when_it_is_answered(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                await until(lambda: offsets(telegram) == [0, 2])
                assert (await bot.waiting()).open == 1
            await bot.done()
        assert len(olena.received) == 1

    async def test_while_there_is_no_place_nothing_is_confirmed(
        self,
        telegram: Telegram,
        olena: Person,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(inbox, "MOST_OPEN", 0)
            async with at_work(telegram) as bot:
                olena.send(ASKED)
                await until(lambda: "no place for updates" in caplog.text)
                assert len(telegram.updates.pending) == 1
                patched.undo()
                await bot.done()
        assert len(olena.received) == 1

    async def test_what_waited_while_the_bot_was_away_is_answered(
        self, telegram: Telegram, olena: Person
    ) -> None:
        for _ in range(5):
            olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert len(olena.received) == 5

    async def test_update_ids_may_start_anew(self, telegram: Telegram, olena: Person) -> None:
        message = olena.send(ASKED).as_json()
        old = {"ok": True, "result": [{"update_id": 900_000, "message": message}]}
        telegram.fail("getUpdates", 200, body=json.dumps(old).encode())
        async with at_work(telegram) as bot:
            await until(lambda: offsets(telegram) == [0, 900_001, 2])
            await bot.done()
        assert len(olena.received) == 2

    async def test_every_poll_asks_for_what_is_handled_and_drops_nothing(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await bot.done()
            await bot.stopped()
        polls = params_of(telegram, "getUpdates")
        assert len(polls) == 2
        assert all(poll["allowed_updates"] == list(UPDATES) for poll in polls)
        assert not any("drop_pending_updates" in call.params for call in telegram.calls)
        assert not {"deleteWebhook", "setWebhook"} & {call.method for call in telegram.calls}


class TestTrouble:
    @pytest.mark.parametrize(
        ("status", "description"),
        [
            pytest.param(502, "", id="bad gateway"),
            pytest.param(409, "Conflict: terminated by other getUpdates request", id="conflict"),
            pytest.param(400, "Bad Request: whatever", id="bad request"),
        ],
    )
    async def test_it_tries_on_with_growing_pauses(
        self,
        telegram: Telegram,
        olena: Person,
        caplog: pytest.LogCaptureFixture,
        status: int,
        description: str,
    ) -> None:
        telegram.fail("getUpdates", status, description, times=3)
        olena.send(ASKED)
        async with at_work(telegram, pause=0.02) as bot:
            await bot.done()
        assert len(olena.received) == 1
        for gap, least in zip(gaps(telegram)[:3], [0.02, 0.04, 0.08], strict=True):
            assert gap >= least
        assert "next try in 0.08 s" in caplog.text

    async def test_it_gives_telegram_the_time_it_asks_for(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("getUpdates", 429, parameters={"retry_after": 0.2})
        olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert gaps(telegram)[0] >= 0.2

    @pytest.mark.parametrize("result", [True, {"update_id": 1}])
    async def test_an_answer_that_is_no_list_is_none(
        self, telegram: Telegram, olena: Person, result: object
    ) -> None:
        telegram.fail("getUpdates", 200, body=json.dumps({"ok": True, "result": result}).encode())
        olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert len(olena.received) == 1

    async def test_another_bot_with_the_same_token_does_not_end_it(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            await until(lambda: params_of(telegram, "getUpdates"))
            other = asyncio.create_task(telegram.call("getUpdates", {"timeout": 9}))
            await until(lambda: len(params_of(telegram, "getUpdates")) == 3)
            olena.send(ASKED)
            await bot.done()
            other.cancel()
        assert len(olena.received) == 1

    async def test_conflicts_are_borne_with_few_calls_and_it_is_not_ready_meanwhile(
        self, telegram: Telegram
    ) -> None:
        telegram.fail("getUpdates", 409, times=5)
        pace = Pace(unready=0.05, silence=0.4)
        async with at_work(telegram, pause=0.02, pace=pace) as bot:
            await until(lambda: "polling: no updates come" in bot.bot.intake.ready().reasons)
            await until(lambda: bot.bot.intake.ready())
        for gap, least in zip(gaps(telegram)[:5], [0.02, 0.04, 0.08, 0.16, 0.32], strict=True):
            assert gap >= least

    async def test_a_request_that_hangs_is_given_up_and_made_again(
        self, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with at_work(telegram, pace=Pace(poll=0, hung=0.1)) as bot:
            with bot.line.hanging("getUpdates"):
                await until(lambda: "no updates: TimedOut: no answer in 0.1 s" in caplog.text)
            olena.send(ASKED)
            await bot.done()
        assert len(olena.received) == 1

    async def test_two_minutes_without_any_answer_end_the_bot(self, telegram: Telegram) -> None:
        assert Pace().silence == 120
        telegram.fail("getUpdates", 502, times=FOREVER)
        with pytest.raises(BotError, match=r"^Telegram has not answered for 0\.2 s; start the bot"):
            await run_until_it_fails(telegram, Pace(pause=0.01, silence=0.2))

    async def test_taps_of_more_than_150_seconds_ago_do_not_come(self) -> None:
        telegram = Telegram(clock=StillClock())
        olena = telegram.person()
        async with at_work(telegram) as bot:
            olena.send("/start")
            await bot.done()
        olena.tap(olena.received[0].id, "All topics")
        telegram.clock.shift(151)
        async with at_work(telegram) as bot:
            olena.send("/help")
            await bot.done()
        assert len(olena.received) == 2

    @pytest.mark.parametrize("status", [401, 404])
    async def test_a_token_that_was_revoked_ends_the_bot(
        self, telegram: Telegram, status: int
    ) -> None:
        telegram.fail("getUpdates", status)
        with pytest.raises(
            BotError, match=r"^TELEGRAM_TOKEN: Telegram does not accept this token$"
        ):
            await run_until_it_fails(telegram)

    async def test_it_stops_though_telegram_cannot_be_reached(self, telegram: Telegram) -> None:
        telegram.fail("getUpdates", 502, times=FOREVER)
        async with at_work(telegram, pause=AN_HOUR) as bot:
            await until(lambda: params_of(telegram, "getUpdates"))
            async with asyncio.timeout(5):
                await bot.stopped()
