"""Updates that wait, on SQLite and on PostgreSQL: the same expectations of both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update

from bot.intake.updates import arrival
from bot.store import InboxFull, Store, inbox
from bot.store.inbox import LEASE, LONGEST_WAIT, REMEMBERED, Arrival, Postponed, Settled, Waiting
from bot.store.schema import inbox as rows
from bot.store.schema import seen
from tests.databases import Role

AN_HOUR = 3600.0
MANY = 1000


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with Store(database) as opened:
        yield opened


async def add(store: Store, *updates: tuple[int, str]) -> int:
    arrivals = [Arrival(update_id, queue, f'{{"n": {update_id}}}') for update_id, queue in updates]
    return await store.transact(partial(inbox.add, arrivals=arrivals))


async def claim(store: Store, holder: str = "we", most: int = MANY) -> list[int]:
    claims = await store.transact(partial(inbox.claim, holder=holder, most=most))
    return [one.update_id for one in claims]


async def settle(store: Store, *settled: Settled) -> None:
    await store.transact(partial(inbox.settle, settled=settled))


async def postpone(store: Store, *postponed: Postponed) -> None:
    await store.transact(partial(inbox.postpone, postponed=postponed))


async def pass_time(store: Store, seconds: float) -> None:
    """Lets everything in the store have happened so much earlier."""

    def work(connection: Connection) -> None:
        times = {name: rows.c[name] - seconds for name in ("arrived", "due", "lease")}
        connection.execute(update(rows).values(times))
        connection.execute(update(seen).values(at=seen.c.at - seconds))

    await store.transact(work)


class TestAdding:
    async def test_an_update_that_comes_twice_is_kept_once(self, store: Store) -> None:
        assert await add(store, (7, "a"), (8, "a"), (7, "a")) == 2
        assert await add(store, (8, "a"), (9, "a")) == 1
        assert (await store.transact(inbox.waiting)).open == 3

    async def test_one_that_was_answered_is_not_kept_again(self, store: Store) -> None:
        await add(store, (7, "a"))
        await claim(store)
        await settle(store, Settled(7))
        assert await add(store, (7, "a")) == 0
        assert await claim(store) == []

    async def test_an_id_is_remembered_for_48_hours(self, store: Store) -> None:
        await add(store, (7, "a"), (8, "b"))
        await settle(store, Settled(7))
        await pass_time(store, REMEMBERED - AN_HOUR)
        await store.transact(inbox.forget_old)
        assert await add(store, (7, "a")) == 0
        await pass_time(store, 2 * AN_HOUR)
        await store.transact(inbox.forget_old)
        assert await add(store, (7, "a"), (8, "b")) == 1

    async def test_there_is_room_for_ten_thousand(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert inbox.MOST_OPEN == 10_000
        monkeypatch.setattr(inbox, "MOST_OPEN", 2)
        await add(store, (1, "a"), (2, "a"))
        with pytest.raises(InboxFull) as refused:
            await add(store, (3, "b"))
        assert 1 <= refused.value.retry_after <= 30
        await settle(store, Settled(1))
        assert await add(store, (3, "b")) == 1

    async def test_the_largest_and_the_smallest_id_fit(self, store: Store) -> None:
        await add(store, (2**63 - 1, "a"), (0, "b"))
        assert sorted(await claim(store)) == [0, 2**63 - 1]

    @pytest.mark.parametrize("text", ["\x00", "\ud83d", "🕊", "\u2028"], ids=ascii)
    async def test_whatever_a_person_writes_comes_out_as_it_went_in(
        self, store: Store, text: str
    ) -> None:
        came = {"update_id": 1, "message": {"chat": {"id": text}, "text": text}}
        await store.transact(partial(inbox.add, arrivals=[arrival(came)]))
        (one,) = await store.transact(partial(inbox.claim, holder="we", most=1))
        assert arrival(came).body == one.body
        assert one.body.isascii()


class TestClaiming:
    async def test_the_first_of_each_queue_in_the_order_in_which_they_came(
        self, store: Store
    ) -> None:
        await add(store, (30, "a"), (10, "b"), (20, "a"), (5, "b"), (40, "c"))
        assert await claim(store, most=2) == [30, 10]
        assert await claim(store) == [40]
        await settle(store, Settled(30), Settled(10))
        assert await claim(store) == [20, 5]

    async def test_what_is_claimed_is_nobody_elses(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "b"))
        assert await claim(store, "we", most=1) == [1]
        assert await claim(store, "they") == [2]
        assert await claim(store, "we") == []

    async def test_a_lease_ends_within_a_minute_if_it_is_not_renewed(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "a"))
        await claim(store, "we")
        await pass_time(store, LEASE - 5)
        assert await claim(store, "they") == []
        await store.transact(partial(inbox.renew, holder="we"))
        await pass_time(store, LEASE - 5)
        assert await claim(store, "they") == []
        await pass_time(store, 10)
        assert await claim(store, "they") == [1]

    async def test_nobody_claims_again_what_they_work_on(self, store: Store) -> None:
        await add(store, (1, "a"))
        await claim(store, "we")
        await pass_time(store, AN_HOUR)
        assert await claim(store, "we") == []

    async def test_a_clock_that_was_put_back_holds_nothing_up(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "b"))
        await claim(store, "they", most=1)
        await postpone(store, Postponed(2, LONGEST_WAIT - 1, 1, 0))
        assert await claim(store) == []
        await pass_time(store, -24 * AN_HOUR)
        assert await claim(store) == [1, 2]

    async def test_a_claim_tells_how_old_the_update_is_and_how_it_went(self, store: Store) -> None:
        await add(store, (1, "a"))
        await claim(store, "they")
        await pass_time(store, 100)
        (again,) = await store.transact(partial(inbox.claim, holder="we", most=1))
        assert again.age == pytest.approx(100, abs=30)
        assert (again.tries, again.in_the_dark, again.crashes) == (0, 0, 1)
        await postpone(store, Postponed(1, 0, 3, 1))
        (again,) = await store.transact(partial(inbox.claim, holder="they", most=1))
        assert (again.tries, again.in_the_dark, again.crashes) == (3, 1, 0)

    async def test_what_is_postponed_by_nothing_is_due_in_the_same_moment(
        self, store: Store
    ) -> None:
        def at_once(connection: Connection) -> list[inbox.Claim]:
            inbox.postpone(connection, [Postponed(1, 0, 0, 0)])
            return inbox.claim(connection, "we", 1)

        await add(store, (1, "a"))
        for _ in range(20):
            assert [one.update_id for one in await store.transact(at_once)] == [1]

    async def test_what_is_given_back_can_be_claimed_at_once(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "b"), (3, "c"))
        await claim(store, "we", most=2)
        await claim(store, "they")
        assert await store.transact(partial(inbox.release, holder="we")) == 2
        (one, two) = await store.transact(partial(inbox.claim, holder="they", most=9))
        assert (one.update_id, one.crashes, two.update_id) == (1, 0, 2)

    async def test_what_a_killed_process_held_counts_as_its_crash(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "b"))
        await claim(store, "they", most=1)
        assert await store.transact(inbox.release_all) == 1
        (one, two) = await store.transact(partial(inbox.claim, holder="we", most=9))
        assert (one.crashes, two.crashes) == (1, 0)

    async def test_ten_thousand_waiting_are_no_burden(self, store: Store) -> None:
        await add(store, *((number, f"chat {number % 500}") for number in range(10_000)))
        done: list[int] = []
        while claimed := await claim(store, most=500):
            done += claimed
            await settle(store, *map(Settled, claimed))
        assert done == list(range(10_000))


class TestPostponing:
    async def test_a_postponed_update_waits_and_its_queue_with_it(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "a"), (3, "b"))
        await claim(store)
        await postpone(store, Postponed(1, 30, 1, 0))
        assert await claim(store) == []
        await pass_time(store, 31)
        assert await claim(store) == [1]

    async def test_one_put_aside_lets_its_queue_go_on(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "a"))
        await claim(store)
        await postpone(store, Postponed(1, 30, 10, 0, aside=True))
        assert await claim(store) == [2]
        await pass_time(store, 31)
        assert await claim(store) == [1]


class TestSettling:
    async def test_nothing_is_left_but_the_id(self, store: Store, database: str) -> None:
        secret = "nobody but Olena knows"
        came = {"update_id": 1, "message": {"chat": {"id": 77_123}, "text": secret}}
        await store.transact(partial(inbox.add, arrivals=[arrival(came)]))
        await claim(store)
        await settle(store, Settled(1, "ValueError"))
        left = await store.transact(lambda connection: connection.execute(select(seen)).all())
        assert [(row.update_id, row.failed) for row in left] == [(1, "ValueError")]
        assert await store.transact(inbox.waiting) == Waiting(0, 0, 1)
        if store.is_sole:
            files = list(Path(database.removeprefix("sqlite:///")).parent.iterdir())
            assert len(files) == 4
            assert any(b"Olena" in file.read_bytes() for file in files)
            await store.tidy()
            assert not any(b"Olena" in file.read_bytes() for file in files)
            assert not any(b"77123" in file.read_bytes() for file in files)

    async def test_settling_twice_is_settling_once(self, store: Store) -> None:
        await add(store, (1, "a"), (2, "a"))
        await settle(store, Settled(1))
        await settle(store, Settled(1))
        assert await claim(store) == [2]


class TestTogether:
    async def test_what_fails_half_way_has_not_happened(self, store: Store) -> None:
        def work(connection: Connection) -> None:
            inbox.add(connection, [Arrival(1, "a", "{}")])
            raise LookupError

        with pytest.raises(LookupError):
            await store.transact(work)
        assert await add(store, (1, "a")) == 1

    async def test_the_oldest_and_the_number_are_told(self, store: Store) -> None:
        await add(store, (1, "a"))
        await pass_time(store, 100)
        await add(store, (2, "b"))
        waiting = await store.transact(inbox.waiting)
        assert waiting.open == 2
        assert waiting.oldest == pytest.approx(100, abs=30)


class TestReplicas:
    async def test_two_that_are_given_the_same_updates_do_each_once(self, postgresql: Role) -> None:
        updates = [(number, f"chat {number % 50}") for number in range(500)]
        done: list[int] = []

        async def replica(store: Store, holder: str) -> None:
            order = updates if holder == "we" else updates[::-1]
            for start in range(0, 500, 50):
                await add(store, *order[start : start + 50])
            while claimed := await claim(store, holder, most=7):
                done.extend(claimed)
                await settle(store, *map(Settled, claimed))

        async with Store(postgresql.url) as ours, Store(postgresql.url) as theirs:
            await asyncio.gather(replica(ours, "we"), replica(theirs, "they"))
            done += await claim(ours)
        assert sorted(done) == list(range(500))

    async def test_leases_go_by_the_databases_time(
        self, postgresql: Role, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with Store(postgresql.url) as ours, Store(postgresql.url) as theirs:
            await add(ours, (1, "a"))
            monkeypatch.setattr("time.time", lambda: 0.0)
            await claim(ours, "we")
            assert await claim(theirs, "they") == []
            (lease,) = await ours.transact(lambda c: c.execute(select(rows.c.lease)).one())
            now = await postgresql.admin.fetchval("SELECT extract(epoch FROM now())")
            assert lease == pytest.approx(float(now) + LEASE, abs=30)

    async def test_two_may_begin_at_once(self, postgresql: Role) -> None:
        async def begin() -> int:
            async with Store(postgresql.url) as store:
                return await store.transact(
                    lambda c: int(c.execute(select(func.count()).select_from(rows)).scalar_one())
                )

        assert await asyncio.gather(*(begin() for _ in range(4))) == [0] * 4
