"""What becomes of an update: answered, tried again, given up; and what that does to its chat."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.intake import handling
from bot.intake.handling import TRIES_IN_ORDER, TRIES_IN_THE_DARK
from bot.intake.updates import is_stale
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.replies import Replies
from bot.store import Store, inbox
from bot.store.inbox import Arrival
from bot.store.schema import inbox as rows
from tests.bot_on_telegram import ANSWERED, ASKED, at_work, params_of, texts, until

FOREVER = 1_000_000
QUICK = 0.001
APOLOGY = "Something went wrong on my side. Please try again in a minute."


def gaps(telegram: Telegram) -> list[float]:
    """Seconds from each message that the bot tried to send to the next."""
    times = [call.time for call in telegram.calls if call.method == "sendMessage"]
    return [after - before for before, after in pairwise(times)]


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]


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
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                for text in (ASKED, "/help"):
                    olena.send(text)
                    petro.send(text)
                await until(lambda: len(petro.received) == 2)
                assert texts(olena) == []
            await bot.done()
        assert texts(olena) == texts(petro)

    async def test_no_more_than_32_are_in_work(self, telegram: Telegram) -> None:
        people = [telegram.person() for _ in range(40)]
        for person in people:
            person.send(ASKED)
        async with at_work(telegram) as bot:
            with bot.line.hanging("sendMessage"):
                await until(lambda: bot.bot.intake.in_flight == 32)
                await bot.left_with(40)
            await bot.done()
        assert all(len(person.received) == 1 for person in people)


class TestTryingAgain:
    @pytest.mark.parametrize(
        ("status", "parameters", "body"),
        [
            pytest.param(502, None, None, id="bad gateway"),
            pytest.param(500, None, b"<html>oops</html>", id="an error page"),
            pytest.param(429, {"retry_after": 0.02}, None, id="too many requests"),
            pytest.param(401, None, None, id="the token is refused for a moment"),
        ],
    )
    async def test_a_reply_is_sent_once_telegram_takes_it(
        self, telegram: Telegram, olena: Person, status: int, parameters: Any, body: bytes | None
    ) -> None:
        telegram.fail("sendMessage", status, parameters=parameters, body=body, times=3)
        async with at_work(telegram, pause=QUICK) as bot:
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
        assert gaps(telegram)[0] >= 0.2

    async def test_pauses_grow(self, telegram: Telegram, olena: Person) -> None:
        telegram.fail("sendMessage", 502, times=3)
        async with at_work(telegram, pause=0.02) as bot:
            olena.send(ASKED)
            await bot.done()
        for gap, least in zip(gaps(telegram), [0.02, 0.04, 0.08], strict=True):
            assert gap >= least

    async def test_one_chats_429_delays_no_other(
        self, telegram: Telegram, olena: Person, petro: Person
    ) -> None:
        telegram.fail("sendMessage", 429, parameters={"retry_after": 3600})
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await until(lambda: params_of(telegram, "sendMessage"))
            olena.send("/help")
            for _ in range(20):
                petro.send(ASKED)
            await bot.left_with(2)
        assert len(petro.received) == 20
        assert texts(olena) == []

    async def test_a_pause_outlasts_a_restart(
        self, telegram: Telegram, olena: Person, petro: Person, file: str
    ) -> None:
        telegram.fail("sendMessage", 429, parameters={"retry_after": 3600})
        async with at_work(telegram, database=file) as bot:
            olena.send(ASKED)
            await until(lambda: bot.bot.intake.results["postponed"])
        async with at_work(telegram, database=file) as bot:
            petro.send(ASKED)
            await until(lambda: petro.received)
        assert texts(olena) == []
        async with Store(file) as store:
            assert (await store.transact(inbox.waiting)).open == 1

    async def test_a_chat_that_waits_for_another_try_keeps_its_order(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("sendMessage", 502)
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            olena.send("/help")
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [True, False]

    async def test_after_minutes_the_chat_goes_on_without_it(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("sendMessage", 502, times=TRIES_IN_ORDER)
        async with at_work(telegram, pause=QUICK) as bot:
            olena.send(ASKED)
            olena.send("/help")
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [False, True]

    async def test_a_reply_that_perhaps_arrived_is_sent_again_once(
        self, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram.slow("sendMessage", times=FOREVER)
        async with at_work(telegram, pause=QUICK) as bot:
            olena.send(ASKED)
            await bot.done()
            assert bot.bot.intake.results["given up"] == 1
            assert (await bot.waiting()).failed == 1
        assert len(olena.received) == TRIES_IN_THE_DARK == 2
        assert errors(caplog) == ["update 1 given up: its reply did not get through"]

    async def test_in_an_outage_that_cuts_connections_off_nothing_is_given_up(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram, pause=QUICK) as bot:
            olena.send("/help")
            await bot.done()
            telegram.slow("sendMessage")
            telegram.fail("getMe", 502, times=TRIES_IN_THE_DARK)
            olena.send(ASKED)
            await bot.done()
            assert bot.bot.intake.results["postponed"] == 1 + TRIES_IN_THE_DARK
            assert bot.bot.intake.results["given up"] == 0
        assert len(olena.received) == 1 + 2

    async def test_a_time_out_counts_by_itself(self, telegram: Telegram, olena: Person) -> None:
        telegram.fail("sendMessage", 502, times=2)
        telegram.slow("sendMessage")
        async with at_work(telegram, pause=QUICK) as bot:
            olena.send(ASKED)
            await bot.done()
        assert len(olena.received) == 2

    async def test_what_did_not_get_through_in_a_day_is_given_up(
        self, telegram: Telegram, olena: Person, file: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram.fail("sendMessage", 502, times=2)
        async with at_work(telegram, database=file, pause=QUICK) as bot:
            olena.send(ASKED)
            await until(lambda: bot.bot.intake.results["postponed"])
            await bot.done()
        assert len(olena.received) == 1
        telegram.fail("sendMessage", 502, times=FOREVER)
        async with at_work(telegram, database=file, pause=QUICK) as bot:
            olena.send(ASKED)
            await until(lambda: bot.bot.intake.results["postponed"])
            await bot.bot.store.transact(a_day_ago)
            await bot.done()
        assert errors(caplog) == ["update 2 given up: its reply did not get through"]


class TestPoison:
    async def test_one_bad_update_of_twenty_harms_no_other(
        self, telegram: Telegram, olena: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Replies, "help", broken)
        for number in range(20):
            olena.send("/help" if number == 9 else ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
            assert bot.bot.intake.results["poison"] == 1
            assert (await bot.waiting()).failed == 1
        assert [text == APOLOGY for text in texts(olena)] == [n == 9 for n in range(20)]

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
        assert errors(caplog) == ["update 2 cannot be read and is passed over"]
        assert "secret" not in caplog.text

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param({"message": {"date": 10**18, "message_id": 1}}, id="a date of no year"),
            pytest.param({"message": {"date": "x", "chat": 7}}, id="values of other types"),
            pytest.param({"message": None}, id="nothing"),
            pytest.param({"message": []}, id="a list"),
            pytest.param({"callback_query": {"message": {"chat": {}}}}, id="half a tap"),
        ],
    )
    async def test_nothing_that_comes_stops_the_bot(
        self, telegram: Telegram, olena: Person, content: Mapping[str, Any]
    ) -> None:
        body = {"ok": True, "result": [{"update_id": 0, **content}]}
        telegram.fail("getUpdates", 200, body=json.dumps(body).encode())
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await until(lambda: olena.received)
            await bot.done()
        assert len(olena.received) == 1

    async def test_an_update_that_ends_the_process_is_given_up(
        self, telegram: Telegram, olena: Person, file: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        for crashes in range(handling.CRASHES):
            async with at_work(telegram, database=file) as bot:
                with bot.line.holding(olena):
                    if not crashes:
                        olena.send(ASKED)
                        olena.send("/help")
                    await bot.stuck_with(olena)
                    await bot.die()
        async with at_work(telegram, database=file) as bot:
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [False]
        assert errors(caplog) == ["update 1 given up: it ends the process"]

    async def test_who_blocked_the_bot_is_no_failure(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                olena.block_bot()
            await bot.done()
            assert (await bot.waiting()).failed == 0
        assert params_of(telegram, "sendMessage")


class TestStale:
    @pytest.mark.parametrize(
        ("kind", "age", "stale"),
        [
            ("message", 1e6, False),
            ("callback_query", 149, False),
            ("callback_query", 151, True),
            ("inline_query", 29, False),
            ("inline_query", 31, True),
        ],
    )
    def test_some_updates_are_of_no_use_after_a_while(
        self, kind: str, age: float, stale: bool
    ) -> None:
        assert is_stale({"update_id": 1, kind: {}}, age) is stale

    async def test_a_tap_of_long_ago_is_dropped_unanswered(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        tap = {"id": "1", "from": olena.user.as_json(), "data": "t", "chat_instance": "1"}
        body = json.dumps({"update_id": 5, "callback_query": tap})

        def work(connection: Connection) -> None:
            inbox.add(connection, [Arrival(5, "from 1", body)])
            connection.execute(update(rows).values(arrived=rows.c.arrived - 151))

        async with Store(file) as store:
            await store.transact(work)
        async with at_work(telegram, database=file) as bot:
            await bot.done()
            assert bot.bot.intake.results["stale"] == 1
        assert params_of(telegram, "answerCallbackQuery") == []


def broken(*_: Any) -> Any:
    raise RuntimeError("a bug")


def a_day_ago(connection: Connection) -> None:
    connection.execute(update(rows).values(arrived=rows.c.arrived - 24 * 3600, due=0.0))
