"""Updates in: what is lost, doubled, delayed or out of order when things go wrong. Nothing should
be."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from itertools import islice, pairwise
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from bot.errors import BotError
from bot.intake import TRIES, TRIES_IN_THE_DARK
from bot.playground.clock import StillClock
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.retrying import LONGEST_PAUSE, growing, is_dark, or_stopped
from tests.bot_on_telegram import (
    ANSWERED,
    ASKED,
    at_work,
    params_of,
    run_until_it_fails,
    texts,
    until,
)

FOREVER = 1_000_000
AN_HOUR = 3600.0


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    return telegram.person("Olena")


@pytest.fixture
def petro(telegram: Telegram) -> Person:
    return telegram.person("Petro")


class TestConfirming:
    async def test_an_update_is_confirmed_only_after_its_reply(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                assert [update["offset"] for update in params_of(telegram, "getUpdates")] == [0]
            await bot.done()
        called = [(call.method, call.params.get("offset")) for call in telegram.calls]
        assert called.index(("sendMessage", None)) < called.index(("getUpdates", 2))

    async def test_what_waited_while_the_bot_was_away_is_answered(
        self, telegram: Telegram, olena: Person
    ) -> None:
        for _ in range(5):
            olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert len(olena.received) == 5

    async def test_after_a_crash_the_update_comes_again(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                await bot.crash()
        assert texts(olena) == []
        async with at_work(telegram) as bot:
            await bot.done()
        assert len(olena.received) == 1

    async def test_update_ids_may_start_anew(self, telegram: Telegram, olena: Person) -> None:
        message = olena.send(ASKED).as_json()
        old = {"ok": True, "result": [{"update_id": 900_000, "message": message}]}
        telegram.fail("getUpdates", 200, body=json.dumps(old).encode())
        async with at_work(telegram) as bot:
            await bot.done()
        assert [update["offset"] for update in params_of(telegram, "getUpdates")] == [0, 900_001, 2]
        assert len(olena.received) == 2

    async def test_every_poll_asks_for_what_is_handled_and_drops_nothing(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                bot.stop.set()
        polls = params_of(telegram, "getUpdates")
        assert len(polls) == 2
        assert all(poll["allowed_updates"] == ["message", "callback_query"] for poll in polls)
        assert not any("drop_pending_updates" in call.params for call in telegram.calls)
        assert {call.method for call in telegram.calls} <= {
            "getMe",
            "getUpdates",
            "sendMessage",
            "setMyCommands",
        }


class TestOrder:
    async def test_a_chat_is_answered_in_order(self, telegram: Telegram, olena: Person) -> None:
        sent = ["/help", ASKED, "/privacy", "/topics", "/start"] * 3
        for text in sent:
            olena.send(text)
        async with at_work(telegram) as bot:
            await bot.done()
        assert texts(olena)[:5] == texts(olena)[5:10] == texts(olena)[10:]
        assert len(set(texts(olena))) == 5
        assert ANSWERED in texts(olena)[1]

    async def test_a_slow_chat_holds_up_no_other(
        self, telegram: Telegram, olena: Person, petro: Person
    ) -> None:
        for text in (ASKED, "/help"):
            olena.send(text)
            petro.send(text)
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                await until(lambda: len(petro.received) == 2)
                assert texts(olena) == []
            await bot.done()
        assert texts(olena) == texts(petro)
        assert ANSWERED in texts(olena)[0]


class TestTryingAgain:
    @pytest.mark.parametrize(
        ("status", "parameters", "body"),
        [
            pytest.param(502, None, None, id="bad gateway"),
            pytest.param(500, None, b"<html>oops</html>", id="an error page"),
            pytest.param(429, {"retry_after": 0.02}, None, id="too many requests"),
            pytest.param(429, None, None, id="too many requests, no time given"),
        ],
    )
    async def test_a_reply_is_sent_once_telegram_takes_it(
        self, telegram: Telegram, olena: Person, status: int, parameters: Any, body: bytes | None
    ) -> None:
        telegram.fail("sendMessage", status, parameters=parameters, body=body, times=TRIES - 1)
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await bot.done()
        assert len(olena.received) == 1
        assert ANSWERED in texts(olena)[0]

    async def test_telegram_is_given_the_time_it_asks_for(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("sendMessage", 429, parameters={"retry_after": 0.2})
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await bot.done()
        assert _gaps(telegram, "sendMessage")[0] >= 0.2

    async def test_pauses_grow(self, telegram: Telegram, olena: Person) -> None:
        telegram.fail("sendMessage", 502, times=3)
        async with at_work(telegram, pause=0.02) as bot:
            olena.send(ASKED)
            await bot.done()
        for gap, least in zip(_gaps(telegram, "sendMessage"), [0.02, 0.04, 0.08], strict=True):
            assert gap >= least

    async def test_a_reply_that_never_gets_through_is_given_up(
        self, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram.fail("sendMessage", 502, times=TRIES)
        async with at_work(telegram, pause=0.001) as bot:
            olena.send(ASKED)
            olena.send("/help")
            await bot.done()
        assert len(olena.received) == 1
        assert texts(olena)[0].startswith("Write a question in your own words")
        errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert [record.getMessage() for record in errors] == [
            "update 1 given up: its reply did not get through"
        ]
        assert ASKED not in caplog.text

    async def test_a_reply_that_perhaps_arrived_is_sent_again_once(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.slow("sendMessage", times=FOREVER)
        async with at_work(telegram, pause=0.001) as bot:
            olena.send(ASKED)
            await bot.done()
        assert len(olena.received) == TRIES_IN_THE_DARK == 2

    async def test_a_time_out_counts_by_itself(self, telegram: Telegram, olena: Person) -> None:
        telegram.fail("sendMessage", 502, times=2)
        telegram.slow("sendMessage")
        async with at_work(telegram, pause=0.001) as bot:
            olena.send(ASKED)
            await bot.done()
        assert len(olena.received) == 2

    @pytest.mark.parametrize(
        ("cause", "dark"),
        [
            pytest.param(None, False, id="Telegram answered"),
            pytest.param(httpx.ConnectError("refused"), False, id="no connection came about"),
            pytest.param(httpx.ReadError("cut"), True, id="the connection was cut"),
        ],
    )
    def test_the_dark_is_where_telegram_may_have_got_it(
        self, cause: Exception | None, dark: bool
    ) -> None:
        error = NetworkError("failed")
        error.__cause__ = cause
        assert is_dark(error) is dark
        assert is_dark(TimedOut())

    async def test_a_chat_that_waits_for_another_try_keeps_its_order(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("sendMessage", 502)
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            olena.send("/help")
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [True, False]

    async def test_an_update_that_cannot_be_read_is_passed_over(
        self, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        olena.send("/help")
        undated = {"message_id": 1, "chat": olena.user.as_chat(), "text": "a secret of Olena's"}
        telegram.updates.add("message", undated)
        olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [False, True]
        assert "update 2 cannot be read and is passed over" in caplog.messages

    def test_pauses_double_up_to_the_longest(self) -> None:
        assert list(islice(growing(1), 7)) == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
        assert next(growing(100)) == LONGEST_PAUSE


class TestPolling:
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
        gaps = _gaps(telegram, "getUpdates")[:3]
        for gap, least in zip(gaps, [0.02, 0.04, 0.08], strict=True):
            assert gap >= least
        assert "next try in 0.08 s" in caplog.text

    async def test_it_gives_telegram_the_time_it_asks_for(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("getUpdates", 429, parameters={"retry_after": 0.2})
        olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert _gaps(telegram, "getUpdates")[0] >= 0.2

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


class TestStopping:
    async def test_what_is_in_work_is_finished_and_confirmed(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                olena.send("/help")
                await bot.stuck_with(olena)
                bot.stop.set()
            await _quick(bot.stopped())
        assert len(olena.received) == 2
        assert not telegram.updates.pending

    async def test_what_is_confirmed_is_not_confirmed_again(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await bot.done()
            await _quick(bot.stopped())
        assert [update["offset"] for update in params_of(telegram, "getUpdates")] == [0, 2]

    async def test_what_a_failed_poll_did_not_confirm_is_confirmed_at_the_end(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram, pause=AN_HOUR) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                telegram.fail("getUpdates", 502)
            await until(lambda: len(params_of(telegram, "getUpdates")) == 2)
            assert len(telegram.updates.pending) == 1
            await _quick(bot.stopped())
        assert not telegram.updates.pending

    async def test_it_stops_though_nothing_can_be_confirmed(
        self, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                bot.stop.set()
                telegram.fail("getUpdates", 502)
            await _quick(bot.stopped())
        assert "the last updates could not be confirmed: NetworkError" in caplog.text

    async def test_it_stops_though_telegram_cannot_be_reached(self, telegram: Telegram) -> None:
        telegram.fail("getUpdates", 502, times=FOREVER)
        async with at_work(telegram, pause=AN_HOUR) as bot:
            await until(lambda: params_of(telegram, "getUpdates"))
            await _quick(bot.stopped())

    async def test_a_reply_that_waits_for_another_try_is_left_to_the_next_start(
        self, telegram: Telegram, olena: Person, petro: Person
    ) -> None:
        petro.send("/help")
        for text in (ASKED, "/topics"):
            olena.send(text)
        async with at_work(telegram, pause=AN_HOUR) as bot:
            bot.line.broken.add(olena.id)
            await until(lambda: petro.received)
            await _quick(bot.stopped())
        assert [update.id for update in telegram.updates.pending] == [2, 3]
        async with at_work(telegram) as bot:
            await bot.done()
        assert (len(olena.received), len(petro.received)) == (2, 1)
        assert ANSWERED in texts(olena)[0]


async def test_what_is_stopped_is_cancelled_and_has_no_result() -> None:
    stop, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> str:
        try:
            await asyncio.sleep(AN_HOUR)
        finally:
            cancelled.set()
        return "done"

    asyncio.get_running_loop().call_soon(stop.set)
    assert await or_stopped(work(), stop) is None
    assert cancelled.is_set()


async def test_what_is_not_stopped_gives_its_result_or_error() -> None:
    async def fail() -> None:
        raise ValueError("work")

    assert await or_stopped(asyncio.sleep(0, "done"), asyncio.Event()) == "done"
    with pytest.raises(ValueError, match="work"):
        await or_stopped(fail(), asyncio.Event())


def _gaps(telegram: Telegram, method: str) -> list[float]:
    """Seconds from each call of the method to the next."""
    times = [call.time for call in telegram.calls if call.method == method]
    return [after - before for before, after in pairwise(times)]


async def _quick(work: Any) -> None:
    started = time.monotonic()
    await work
    assert time.monotonic() - started < 2
