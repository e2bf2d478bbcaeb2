"""Misses in the store: counted, capped by the day, and forgotten; both stores alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.errors import BotError
from bot.misses import Kind, Miss
from bot.retention import MOST_A_DAY
from bot.store import IN_MEMORY, Store, look_into, misses

DAY = date(2026, 11, 24)
MISS = Miss(DAY, Kind.NO_MATCH, "who cooks?", "where", 3.5)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with Store(database) as opened:
        yield opened


async def add(store: Store, *new: Miss) -> int:
    return await store.transact(partial(misses.add, new=new))


async def kept(store: Store, most: int | None = None) -> list[Miss]:
    return await store.transact(partial(misses.since, day=date.min, most=most))


async def test_the_same_miss_of_one_day_is_one_row(store: Store) -> None:
    assert (
        await add(store, MISS, MISS, replace(MISS, kind=Kind.NOT_ASKED), replace(MISS, times=3))
        == 0
    )
    assert await add(store, replace(MISS, day=DAY + timedelta(1), score=9.0)) == 0
    assert await kept(store) == [
        replace(MISS, times=5),
        replace(MISS, day=DAY + timedelta(1), score=9.0),
        replace(MISS, kind=Kind.NOT_ASKED),
    ]
    assert await kept(store, most=1) == [replace(MISS, times=5)]


async def test_a_day_takes_so_many_different_ones_and_counts_on(store: Store) -> None:
    flood = [replace(MISS, text=f"who cooks {n}?") for n in range(MOST_A_DAY + 7)]
    assert await add(store, *flood) == 7
    assert await add(store, flood[0], replace(MISS, day=DAY + timedelta(1))) == 0
    found = await kept(store)
    assert len(found) == MOST_A_DAY + 1
    assert found[0] == replace(flood[0], times=2)


async def test_what_is_too_old_is_forgotten(store: Store) -> None:
    days = [replace(MISS, day=DAY - timedelta(n)) for n in range(3)]
    await add(store, *days)
    await store.transact(partial(misses.forget_before, day=DAY - timedelta(1)))
    assert await kept(store) == days[:2]


@pytest.mark.parametrize(
    "words", ["", "Ї" * 300, "😀" * 300, "'; DROP TABLE misses; --", "a'b\"c\\d%s"]
)
async def test_whatever_was_written_comes_out_as_it_went_in(store: Store, words: str) -> None:
    await add(store, replace(MISS, text=words, entry="a" * 40))
    assert await kept(store) == [replace(MISS, text=words, entry="a" * 40)]


async def test_nothing_tells_who_asked_or_when_of_a_day() -> None:
    async with Store(IN_MEMORY) as store:
        columns = await store.transact(
            lambda connection: [
                column["name"] for column in inspect(connection).get_columns("misses")
            ]
        )
        await add(store, replace(MISS, text="b"), replace(MISS, text="a"))
        rows = await store.transact(
            lambda connection: connection.execute(text("SELECT text FROM misses")).scalars().all()
        )
    assert columns == ["day", "kind", "text", "entry", "score", "times"]
    assert rows == ["a", "b"]


class TestLookingIn:
    async def test_also_while_another_process_is_at_work(self, store: Store, database: str) -> None:
        await add(store, MISS)
        for _ in range(2):
            assert await look_into(database, partial(misses.since, day=DAY)) == [MISS]
        assert await add(store, MISS) == 0

    async def test_also_when_nobody_is(self, database: str) -> None:
        async with Store(database) as store:
            await add(store, MISS)
        assert await look_into(database, partial(misses.since, day=DAY)) == [MISS]

    async def test_nothing_can_be_written(self, tmp_path: Path) -> None:
        database = f"sqlite:///{tmp_path}/a b#?.db"
        async with Store(database):
            with pytest.raises(BotError, match="attempt to write a readonly database"):
                await look_into(database, partial(misses.add, new=[MISS]))

    async def test_a_store_that_is_not_there_is_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(BotError, match=r"^DATABASE_URL: .+/bot.db: there is no such file"):
            await look_into(f"sqlite:///{tmp_path}/bot.db", partial(misses.since, day=DAY))
        assert list(tmp_path.iterdir()) == []

    async def test_a_database_that_holds_no_store_is_told(self, database: str) -> None:
        if database.startswith("sqlite"):
            path = Path(database.removeprefix("sqlite:///"))
            path.parent.mkdir()
            path.touch()
        with pytest.raises(BotError, match=r"^DATABASE_URL: .+ cannot be opened: .*misses"):
            await look_into(database, partial(misses.since, day=DAY))

    def test_it_can_be_done_without_a_loop(self, tmp_path: Path) -> None:
        async def made() -> None:
            async with Store(f"sqlite:///{tmp_path}/bot.db") as store:
                await add(store, MISS)

        asyncio.run(made())
        found = asyncio.run(
            look_into(f"sqlite:///{tmp_path}/bot.db", partial(misses.since, day=DAY))
        )
        assert found == [MISS]
