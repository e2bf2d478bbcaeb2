"""Opening the store, working on it while it is in trouble, and what a killed process leaves."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiosqlite
import pytest
from sqlalchemy import Connection, func, select, text

from bot.errors import BotError
from bot.store import IN_MEMORY, Store, StoreUnavailable, dialects, inbox, schema
from bot.store.inbox import Arrival
from bot.store.schema import STEPS, migrate
from tests.conftest import ROOT
from tests.databases import Role
from tests.tcp_proxy import Wire, wire_to


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


def add(update_id: int) -> Callable[[Connection], int]:
    return partial(inbox.add, arrivals=[Arrival(update_id, str(update_id), "{}")])


async def ids(store: Store) -> set[int]:
    query = select(schema.seen.c.update_id)
    return set(await store.transact(lambda connection: connection.execute(query).scalars().all()))


@contextmanager
def other_process(path: Path) -> Iterator[sqlite3.Connection]:
    """Another connection to the file, with no regard for whose it is."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        yield connection


async def recovered(store: Store) -> None:
    """Waits until the store works again."""
    async with asyncio.timeout(8):
        while True:
            try:
                assert await store.transact(add(7)) == 1
                return
            except StoreUnavailable:
                await asyncio.sleep(0.05)


async def refused(url: str) -> str:
    with pytest.raises(BotError) as error:
        async with Store(url):
            pass
    return str(error.value)


class TestUrl:
    @pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "", "sqlite:/data/bot.db"])
    def test_one_that_is_no_databases_of_ours_is_refused(self, url: str) -> None:
        with pytest.raises(BotError, match=r"^DATABASE_URL: must be sqlite:///path or"):
            Store(url)

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_every_name_of_postgresql_will_do(self, scheme: str) -> None:
        assert not Store(f"{scheme}://bot:secret@db/bot").is_sole

    async def test_in_memory_nothing_is_kept(self) -> None:
        async with Store(IN_MEMORY) as store:
            await store.transact(add(1))
            await store.tidy()
            assert store.wal_bytes() == 0
        async with Store(IN_MEMORY) as store:
            assert await ids(store) == set()


class TestOpening:
    async def test_what_was_stored_is_there_the_next_time(self, database: str) -> None:
        for number in (1, 2):
            async with Store(database) as store:
                await store.transact(add(number))
        async with Store(database) as store:
            assert await ids(store) == {1, 2}

    async def test_an_older_store_is_brought_up_to_date(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with Store(database) as store:
            await store.transact(add(1))

        def step(connection: Connection) -> None:
            connection.execute(text("ALTER TABLE seen ADD COLUMN colour TEXT"))

        monkeypatch.setattr(schema.migrate, "__defaults__", ((*STEPS, step),))
        for _ in range(2):
            async with Store(database) as store:
                colours = await store.transact(
                    lambda connection: connection.execute(text("SELECT colour FROM seen")).all()
                )
        assert colours == [(None,)]

    async def test_a_newer_store_is_refused_and_left_as_it_is(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with Store(database) as store:
            await store.transact(lambda c: migrate(c, [*STEPS, lambda _: None]))
            await store.transact(add(1))
        newer = f"the store is of version {len(STEPS) + 1}, this bot's is {len(STEPS)}"
        assert newer in await refused(database)
        monkeypatch.setattr(schema.migrate, "__defaults__", ((*STEPS, lambda _: None),))
        async with Store(database) as store:
            assert await ids(store) == {1}

    async def test_a_migration_that_breaks_off_has_not_begun(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def step(connection: Connection) -> None:
            connection.execute(text("ALTER TABLE seen ADD COLUMN colour TEXT"))
            raise OSError("killed")

        async with Store(database) as store:
            await store.transact(add(1))
        with monkeypatch.context() as patched:
            patched.setattr(schema.migrate, "__defaults__", ((*STEPS, step),))
            assert "killed" in await refused(database)
        async with Store(database) as store:
            assert await ids(store) == {1}
            with pytest.raises(StoreUnavailable):
                await store.transact(lambda c: c.execute(text("SELECT colour FROM seen")))


class TestSqlite:
    async def test_every_connection_is_set_up_to_lose_nothing(self, url: str) -> None:
        def settings(connection: Connection) -> dict[str, object]:
            names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
            return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}

        async with Store(url) as store:
            expected = ["wal", 2, 5000, 1, 1]
            assert list((await store.transact(settings)).values()) == expected
            await store.tidy()
            assert list((await store.transact(settings)).values()) == expected

    async def test_one_connection_does_all_the_work(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two that write and checkpoint at once can corrupt the file (SQLite before 3.51.3)."""
        opened: list[object] = []
        connect = aiosqlite.connect

        def counted(*args: Any, **options: Any) -> Any:
            opened.append(args)
            return connect(*args, **options)

        monkeypatch.setattr(aiosqlite, "connect", counted)
        async with Store(url) as store:
            await asyncio.gather(
                *(store.transact(add(number)) for number in range(50)), store.tidy(), store.tidy()
            )
            assert await ids(store) == set(range(50))
        assert len(opened) == 1

    async def test_a_second_process_is_refused(self, url: str) -> None:
        async with Store(url):
            assert "another process works on" in await refused(url)
        async with Store(url):
            pass

    async def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        told = await refused(f"sqlite:///{tmp_path}/file/bot.db")
        assert told.startswith("DATABASE_URL: ")
        assert "Not a directory" in told or "File exists" in told

    async def test_an_empty_file_becomes_a_store(self, path: Path, url: str) -> None:
        path.parent.mkdir()
        path.touch()
        async with Store(url) as store:
            assert await store.transact(add(1)) == 1

    @pytest.mark.parametrize("place", [0, 5000], ids=["in the header", "in the middle"])
    async def test_garbage_is_refused_and_kept(self, path: Path, url: str, place: int) -> None:
        async with Store(url) as store:
            for number in range(50):
                await store.transact(add(number))
        with path.open("r+b") as file:
            file.seek(place)
            file.write(b"garbage!" * 400)
        before = path.read_bytes()
        assert (await refused(url)).startswith(f"DATABASE_URL: {path} ")
        assert path.read_bytes() == before

    async def test_a_file_that_was_deleted_is_not_written_on_in_silence(
        self, path: Path, url: str
    ) -> None:
        async with Store(url) as store:
            path.unlink()
            with pytest.raises(StoreUnavailable, match="No such file"):
                await store.transact(add(1))

    async def test_nor_is_one_that_was_replaced(self, path: Path, url: str) -> None:
        async with Store(url) as store:
            path.rename(path.with_name("moved.db"))
            path.write_bytes(path.with_name("moved.db").read_bytes())
            with pytest.raises(StoreUnavailable, match="was replaced"):
                await store.transact(add(1))

    async def test_nor_is_one_made_read_only(self, path: Path, url: str) -> None:
        failures: list[str] = []
        async with Store(url, failures.append) as store:
            path.chmod(0o444)
            with pytest.raises(StoreUnavailable, match="is read-only"):
                await store.transact(add(1))
            assert failures == ["file"]
            path.chmod(0o644)
            assert await store.transact(add(1)) == 1
        assert failures == ["file"]

    async def test_it_waits_for_a_lock_and_the_loop_goes_on(self, path: Path, url: str) -> None:
        async with Store(url) as store:
            with other_process(path) as other:
                other.execute("BEGIN IMMEDIATE")
                adding = asyncio.create_task(store.transact(add(1)))
                for _ in range(20):
                    await asyncio.sleep(0.01)
                assert not adding.done()
                other.execute("COMMIT")
            assert await adding == 1

    async def test_a_lock_held_for_long_makes_it_unavailable(
        self, path: Path, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pragmas = [pragma.replace("5000", "50") for pragma in dialects._PRAGMAS]
        monkeypatch.setattr(dialects, "_PRAGMAS", pragmas)
        failures: list[str] = []
        async with Store(url, failures.append) as store:
            with other_process(path) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(StoreUnavailable, match="OperationalError"):
                    await store.transact(add(1))
                assert failures == ["database"]
            assert await store.transact(add(1)) == 1

    async def test_reading_then_writing_beside_another_writer_never_fails(
        self, path: Path, url: str
    ) -> None:
        def work(connection: Connection) -> None:
            count = connection.execute(select(func.count()).select_from(schema.seen)).scalar_one()
            add(count)(connection)

        async with Store(url) as store:
            await store.transact(lambda c: c.exec_driver_sql("CREATE TABLE other (n)"))
            writing = await _python(
                f"import sqlite3; c = sqlite3.connect({str(path)!r}, timeout=30)\n"
                "for n in range(100):\n"
                " c.execute('INSERT INTO other VALUES (1)'); c.commit()"
            )
            for _ in range(100):
                await store.transact(work)
            assert await writing.wait() == 0
            assert len(await ids(store)) == 100

    async def test_a_long_reader_does_not_hold_up_tidying_and_leaves_no_large_file(
        self, path: Path, url: str
    ) -> None:
        async with Store(url) as store:
            with other_process(path) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT * FROM seen").fetchall()
                for number in range(50):
                    await store.transact(add(number))
                async with asyncio.timeout(4):
                    await store.tidy()
                assert store.wal_bytes() > 0
            await store.tidy()
            assert store.wal_bytes() == 0
        assert store.wal_bytes() == 0

    async def test_what_cannot_be_tidied_now_is_later(
        self, path: Path, url: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        failures: list[str] = []
        async with Store(url, failures.append) as store:
            await store.transact(add(1))

            def broken(*_: object) -> None:
                raise OSError("disk")

            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(dialects, "checkpoint", broken)
                await store.tidy()
        assert "the store could not be tidied: OSError" in caplog.text
        assert failures == ["tidy"]

    async def test_the_documented_backup_holds_every_committed_row(
        self, path: Path, url: str, tmp_path: Path
    ) -> None:
        copy = tmp_path / "backup.db"
        async with Store(url) as store:
            for number in range(100):
                await store.transact(add(number))
            with other_process(path) as other:
                other.execute(f"VACUUM INTO '{copy}'")
        async with Store(f"sqlite:///{copy}") as store:
            assert await ids(store) == set(range(100))

    async def test_a_killed_writer_leaves_whole_what_it_committed(
        self, path: Path, url: str
    ) -> None:
        writer = (
            "import asyncio\n"
            "from bot.store import Store, inbox\n"
            "from bot.store.inbox import Arrival\n"
            "async def main():\n"
            f" async with Store({url!r}) as store:\n"
            "  start = await store.transact(lambda c: inbox.waiting(c).open)\n"
            "  for n in range(start, start + 10_000):\n"
            "   await store.transact(lambda c: inbox.add(c, [Arrival(n, str(n), '{}')]))\n"
            "   print(n, flush=True)\n"
            "asyncio.run(main())"
        )
        told = 0
        for round_ in range(3):
            process = await _python(writer)
            assert process.stdout
            for _ in range(30 * round_ + 1):
                told = int(await process.stdout.readline()) + 1
            process.kill()
            rest = (await process.communicate())[0].splitlines()
            told = int(rest[-1]) + 1 if rest else told
            async with Store(url) as store:
                assert await ids(store) >= set(range(told))


class TestPostgresql:
    async def test_one_that_is_not_there_is_told_without_the_password(self) -> None:
        told = await refused("postgresql://bot:s3cret@127.0.0.1:1/bot")
        assert told.startswith("DATABASE_URL: the database on 127.0.0.1 cannot be opened: ")
        assert "s3cret" not in told

    async def test_one_that_refuses_us_is_told(self, postgresql: Role) -> None:
        await postgresql.set("NOLOGIN")
        told = await refused(postgresql.url.replace("@", ":s3cret@"))
        assert "not permitted to log in" in told
        assert "s3cret" not in told

    async def test_connections_that_were_ended_are_made_anew(self, postgresql: Role) -> None:
        async with Store(postgresql.url) as store:
            for number in range(3):
                await store.transact(add(number))
                await postgresql.cut_off()
                with pytest.raises(StoreUnavailable):
                    await store.transact(add(100))
            assert await ids(store) == {0, 1, 2}

    @pytest.mark.parametrize(
        "trouble", ["CONNECTION LIMIT 0", "SET default_transaction_read_only = on", "NOLOGIN"]
    )
    async def test_trouble_on_the_servers_side_passes(self, postgresql: Role, trouble: str) -> None:
        async with Store(postgresql.url) as store:
            await postgresql.set(trouble)
            await postgresql.cut_off()
            for _ in range(3):
                with pytest.raises(StoreUnavailable):
                    await store.transact(add(1))
            await postgresql.set("CONNECTION LIMIT -1")
            await postgresql.set("LOGIN")
            await postgresql.set("RESET default_transaction_read_only")
            await recovered(store)

    async def test_a_deadlock_is_trouble_that_passes(self, postgresql: Role) -> None:
        async with Store(postgresql.url) as ours, Store(postgresql.url) as theirs:
            await ours.transact(lambda c: (add(1)(c), add(2)(c)))

            async def lock(store: Store, first: int, second: int) -> str:
                mine = text("UPDATE seen SET failed = 'x' WHERE update_id = :id")

                def work(connection: Connection) -> None:
                    connection.execute(mine, {"id": first})
                    connection.exec_driver_sql("SELECT pg_sleep(0.2)")
                    connection.execute(mine, {"id": second})

                try:
                    await store.transact(work)
                except StoreUnavailable as error:
                    return str(error)
                return "done"

            told = await asyncio.gather(lock(ours, 1, 2), lock(theirs, 2, 1))
            assert sorted(told) == ["DBAPIError", "done"]

    @pytest.fixture
    async def wire(self) -> AsyncIterator[Wire]:
        async with wire_to("127.0.0.1", 5432) as wire:
            yield wire

    @pytest.fixture
    def far(self, postgresql: Role, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(dialects, "SECONDS_TO_CONNECT", 0.5)
        monkeypatch.setattr(dialects, "SECONDS_TO_ANSWER", 0.3)
        place = urlsplit(postgresql.url)
        return f"postgresql://{postgresql.name}@127.0.0.1:{wire.port}{place.path}"

    async def test_a_database_out_of_reach_is_trouble_that_passes(
        self, far: str, wire: Wire
    ) -> None:
        async with Store(far) as store:
            wire.cut()
            for _ in range(3):
                with pytest.raises(StoreUnavailable):
                    await store.transact(add(1))
            wire.mend()
            assert await store.transact(add(1)) == 1

    async def test_a_black_hole_is_noticed_and_left(self, far: str, wire: Wire) -> None:
        async with Store(far) as store:
            wire.black_hole()
            async with asyncio.timeout(8):
                for _ in range(2):
                    with pytest.raises(StoreUnavailable):
                        await store.transact(add(1))
            wire.mend()
            await recovered(store)


async def _python(program: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
