"""What is accepted is answered once, through crashes, outages of the store, and stops."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BotError
from bot.intake import Intake, Pace
from bot.metrics import Metrics
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.store import InboxFull, Store, StoreUnavailable, inbox
from bot.store.inbox import Settled
from tests.bot_on_telegram import ANSWERED, ASKED, AtWork, Line, at_work, build_on, texts, until
from tests.databases import Role
from tests.tcp_proxy import wire_to

AN_HOUR = 3600.0


def asked(person: Person, update_id: int, text: str = ASKED) -> dict[str, Any]:
    """An update as it comes by a webhook."""
    message = {
        "message_id": update_id,
        "date": 1_770_000_000,
        "chat": person.user.as_chat(),
        "from": person.user.as_json(),
        "text": text,
    }
    return {"update_id": update_id, "message": message}


async def accepted(intake: Intake, *updates: dict[str, Any]) -> None:
    """Brings updates until they are taken, as Telegram would."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await intake.accept(updates)
            except (StoreUnavailable, InboxFull):
                await asyncio.sleep(0.05)


@asynccontextmanager
async def lock_on(url: str) -> AsyncIterator[None]:
    """Another process writes into the file of the store."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        while not other.in_transaction:
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(0.001)
        yield


async def at_its_work(bot: AtWork) -> Intake:
    await until(lambda: bot.bot.intake.ready())
    return bot.bot.intake


class TestAccepting:
    async def test_what_is_accepted_is_stored_and_answered(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        async with at_work(telegram, database=file) as bot:
            intake = await at_its_work(bot)
            with bot.line.holding(olena):
                await intake.accept([asked(olena, 1), asked(olena, 2, "hello")])
                assert (await bot.waiting()).open == 2
            await bot.done()
        assert len(olena.received) == 2
        assert ANSWERED in texts(olena)[0]

    async def test_the_same_update_is_answered_once_also_after_a_restart(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        async with at_work(telegram, database=file) as bot:
            intake = await at_its_work(bot)
            await intake.accept([asked(olena, 1)])
            await bot.done()
            await intake.accept([asked(olena, 1)])
            await asyncio.gather(*(intake.accept([asked(olena, 1)]) for _ in range(20)))
            assert intake.results["repeated"] == 21
        async with at_work(telegram, database=file) as bot:
            await (await at_its_work(bot)).accept([asked(olena, 1)])
            await bot.done()
        assert len(olena.received) == 1

    async def test_a_lower_id_after_a_higher_one_is_answered_too(
        self, telegram: Telegram, olena: Person
    ) -> None:
        async with at_work(telegram) as bot:
            intake = await at_its_work(bot)
            await intake.accept([asked(olena, 12)])
            await intake.accept([asked(olena, 11, "hello")])
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [True, False]

    async def test_unknown_kinds_are_done_at_once(self, telegram: Telegram) -> None:
        async with at_work(telegram) as bot:
            intake = await at_its_work(bot)
            await intake.accept([{"update_id": 1}, {"update_id": 2, "of_next_year": {}}])
            assert (await bot.waiting()).open == 0

    async def test_a_full_inbox_is_told_and_drains_by_itself(
        self, telegram: Telegram, olena: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inbox, "MOST_OPEN", 3)
        async with at_work(telegram) as bot:
            intake = await at_its_work(bot)
            with bot.line.holding(olena):
                for number in range(3):
                    await intake.accept([asked(olena, number)])
                with pytest.raises(InboxFull):
                    await intake.accept([asked(olena, 3)])
            await bot.done()
            await intake.accept([asked(olena, 3)])
            await bot.done()
        assert len(olena.received) == 4

    async def test_before_it_is_at_work_nothing_is_taken(
        self, telegram: Telegram, olena: Person
    ) -> None:
        bot = build_on(Line(telegram), pace=Pace(commit=0.05))
        assert bot.intake.ready().reasons == ("intake: not at work yet",)
        for _ in range(2):
            with pytest.raises(StoreUnavailable) as refused:
                await bot.intake.accept([asked(olena, 1)])
            assert 1 <= refused.value.retry_after <= 30
        assert not bot.intake._batches


class TestStoreInTrouble:
    async def test_a_slow_store_is_told_in_time_and_still_answers_once(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        async with at_work(telegram, database=file, pace=Pace(commit=0.1)) as bot:
            intake = await at_its_work(bot)
            async with lock_on(file):
                with pytest.raises(StoreUnavailable):
                    await intake.accept([asked(olena, 1)])
            await accepted(intake, asked(olena, 1))
            await bot.done()
        assert len(olena.received) == 1

    async def test_what_was_answered_while_the_store_was_away_is_not_answered_again(
        self, telegram: Telegram, olena: Person, file: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = Path(file.removeprefix("sqlite:///"))
        metrics, pace = Metrics(), Pace(look=0.05)
        async with at_work(telegram, database=file, pace=pace, metrics=metrics) as bot:
            intake = await at_its_work(bot)
            with bot.line.holding(olena):
                await intake.accept([asked(olena, 1)])
                await bot.stuck_with(olena)
                path.chmod(0o444)
            await until(lambda: f"store: {path} is read-only" in intake.ready().reasons)
            assert intake.in_flight == 1
            # Counted where it failed: nobody has asked for the metrics.
            failures = metrics.registry.get_sample_value("store_errors_total", {"kind": "file"})
            assert failures
            path.chmod(0o644)
            await until(lambda: intake.ready())
            await bot.done()
            assert intake.in_flight == 0
        assert len(olena.received) == 1
        assert "the store is unavailable" in caplog.text

    async def test_an_outage_of_postgresql_loses_nothing(
        self, telegram: Telegram, olena: Person, postgresql: Role
    ) -> None:
        async with wire_to("127.0.0.1", 5432) as wire:
            url = postgresql.url.replace(":5432", f":{wire.port}")
            async with at_work(telegram, database=url, pause=0.05, pace=Pace(look=0.05)) as bot:
                intake = await at_its_work(bot)
                await intake.accept([asked(olena, 1)])
                wire.cut()
                with pytest.raises(StoreUnavailable):
                    await intake.accept([asked(olena, 2)])
                await until(lambda: not intake.ready())
                wire.mend()
                await accepted(intake, asked(olena, 2))
                for number in range(3, 13):
                    await accepted(intake, asked(olena, number))
                    if number % 3 == 0:
                        await postgresql.cut_off()
                await until(lambda: len(olena.received) >= 12)
                await until(lambda: intake.ready())
                await bot.done()
        assert len(olena.received) == 12


class TestTidying:
    async def test_the_store_is_tidied_now_and_then(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        folder = Path(file.removeprefix("sqlite:///")).parent
        async with at_work(telegram, database=file, pace=Pace(look=0.02, tidy=0.02)) as bot:
            olena.send(ASKED)
            await bot.done()
            assert await bot.bot.store.transact(lambda _: True)
            await until(lambda: not any(ASKED.encode() in f.read_bytes() for f in folder.iterdir()))

    async def test_leases_are_renewed_while_a_reply_takes_long(
        self, telegram: Telegram, olena: Person, postgresql: Role
    ) -> None:
        async def lease() -> float:
            query = f"SELECT max(lease) FROM {postgresql.name}.inbox"
            return float(await postgresql.admin.fetchval(query) or 0)

        async with at_work(telegram, database=postgresql.url, pace=Pace(look=0.02)) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                first = await lease()
                async with asyncio.timeout(10):
                    while await lease() == first:
                        await asyncio.sleep(0.01)
            await bot.done()


class TestReplicas:
    async def test_two_that_are_given_the_same_500_updates_send_500_answers(
        self, telegram: Telegram, postgresql: Role
    ) -> None:
        people = [telegram.person() for _ in range(50)]
        updates = [asked(people[number % 50], number) for number in range(500)]
        bots = [build_on(Line(telegram), database=postgresql.url) for _ in range(2)]
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for bot in bots:
                await bot.application.initialize()
                await bot.store.__aenter__()
                group.create_task(bot.intake.run(stop))
            for start in range(0, 500, 25):
                batch = updates[start : start + 25]
                await asyncio.gather(*(accepted(bot.intake, *batch) for bot in bots))
            await until(lambda: sum(len(person.received) for person in people) >= 500, 30)
            stop.set()
        for bot in bots:
            await bot.store.close()
            await bot.application.shutdown()
        assert [len(person.received) for person in people] == [10] * 50
        assert all(bot.intake.results["answered"] for bot in bots)

    async def test_what_a_dead_replica_held_is_done_by_another(
        self, telegram: Telegram, olena: Person, postgresql: Role
    ) -> None:
        pace = Pace(look=0.05)
        async with at_work(telegram, database=postgresql.url, pace=pace) as dead:
            with dead.line.holding(olena):
                olena.send(ASKED)
                await dead.stuck_with(olena)
                await dead.die()
        async with at_work(telegram, database=postgresql.url, pace=pace) as bot:
            await at_its_work(bot)
            assert (await bot.waiting()).open == 1
            lapse = f"UPDATE {postgresql.name}.inbox SET lease = lease - 60"
            await postgresql.admin.execute(lapse)
            await bot.done()
        assert len(olena.received) == 1


class TestCrash:
    async def test_after_a_crash_what_was_in_work_is_done_again(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        async with at_work(telegram, database=file) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                olena.send("/help")
                await bot.stuck_with(olena)
                await bot.die()
        async with at_work(telegram, database=file) as bot:
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [True, False]

    async def test_a_bug_in_our_own_workers_ends_the_bot(
        self, telegram: Telegram, olena: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def bug(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("bot.intake.handling.is_stale", bug)
        olena.send(ASKED)
        bot = build_on(Line(telegram))
        with pytest.raises(ZeroDivisionError):
            await bot.run(asyncio.Event())


class TestStopping:
    async def test_what_is_in_work_is_finished_and_the_rest_is_left(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        async with at_work(telegram, database=file) as bot:
            intake = await at_its_work(bot)
            with bot.line.holding(olena):
                await intake.accept([asked(olena, 1), asked(olena, 2, "hello")])
                await bot.stuck_with(olena)
                bot.stop.set()
                await until(lambda: not intake.ready())
                assert intake.ready().reasons == ("intake: stopping",)
                with pytest.raises(StoreUnavailable, match="stopping"):
                    await intake.accept([asked(olena, 3)])
            await quickly(bot.stopped())
        assert len(olena.received) == 1
        async with at_work(telegram, database=file) as bot:
            await bot.done()
        assert [ANSWERED in text for text in texts(olena)] == [True, False]

    async def test_what_takes_too_long_is_counted_and_left_to_the_next_start(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        assert Pace().drain + Pace().commit <= 8
        async with at_work(telegram, database=file, pace=Pace(drain=0.1)) as bot:
            with bot.line.holding(olena):
                olena.send(ASKED)
                await bot.stuck_with(olena)
                with pytest.raises(BotError, match=r"^stopped in the midst of 1 updates; "):
                    await quickly(bot.stopped())
        async with at_work(telegram, database=file) as bot:
            await bot.done()
        assert len(olena.received) == 1

    async def test_a_reply_that_waits_for_another_try_is_left_to_the_next_start(
        self, telegram: Telegram, olena: Person, petro: Person, file: str
    ) -> None:
        petro.send("/help")
        for text in (ASKED, "/topics"):
            olena.send(text)
        async with at_work(telegram, pause=AN_HOUR, database=file) as bot:
            bot.line.broken.add(olena.id)
            await until(lambda: petro.received and bot.bot.intake.results["postponed"])
            await quickly(bot.stopped())
        async with Store(file) as store:
            assert (await store.transact(inbox.waiting)).open == 2

            def settle(connection: Any) -> None:
                inbox.settle(connection, [Settled(2)])

            await store.transact(settle)
        async with at_work(telegram, database=file) as bot:
            await bot.done()
        assert (len(olena.received), len(petro.received)) == (1, 1)

    async def test_it_stops_though_the_store_is_away(
        self, telegram: Telegram, olena: Person, file: str
    ) -> None:
        pace = Pace(commit=0.1, drain=0.5, pause=0.01)
        async with at_work(telegram, database=file, pace=pace) as bot:
            await at_its_work(bot)
            Path(file.removeprefix("sqlite:///")).unlink()
            olena.send(ASKED)
            await until(lambda: not bot.bot.intake.ready())
            await quickly(bot.stopped())
        assert texts(olena) == []


async def quickly(work: Any) -> None:
    started = time.monotonic()
    await work
    assert time.monotonic() - started < 5
