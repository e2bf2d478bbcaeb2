"""The one place where SQLite and PostgreSQL differ."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    AsyncAdaptedQueuePool,
    Connection,
    Double,
    Engine,
    Table,
    create_engine,
    event,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}

SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 5
"""What PostgreSQL gets before it counts as away."""

# FULL, because an update that was confirmed has to outlive a power cut. What is deleted is
# overwritten. The -wal file shrinks to 64 MiB after somebody has read for long.
_PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "journal_size_limit = 67108864",
)

_MIGRATING = 0x61627564  # any number that other users of the database do not lock


def engine(url: URL) -> Engine:
    """Connects at first use. It hides parameters from errors and logs: people wrote them."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=2,
        max_overflow=0,
        pool_timeout=SECONDS_TO_CONNECT,
        connect_args={"timeout": SECONDS_TO_CONNECT, "command_timeout": SECONDS_TO_ANSWER},
    )


def reader(url: URL) -> Engine:
    """For looking only, beside whoever works on the database."""
    if url.get_backend_name() != "sqlite":
        return engine(url)
    file = Path(str(url.database)).absolute().as_uri()
    read_only = url.set(database=file, query={"mode": "ro", "uri": "true"})
    return create_engine(read_only, hide_parameters=True)


def _sqlite(url: URL) -> Engine:
    """One connection for everything: two that write and checkpoint at once can corrupt the file
    (SQLite before 3.51.3)."""
    made = create_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=SECONDS_TO_ANSWER,
    )

    @event.listens_for(made, "connect")
    def _(connection: Any, _: object) -> None:
        # The driver would begin late and by itself: a transaction that reads and then finds that
        # another has written meanwhile fails at once, whatever the timeout.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


class now(FunctionElement[float]):  # noqa: N801
    """The database's time in seconds since 1970; the clocks of replicas may be minutes apart."""

    type = Double()
    inherit_cache = True


@compiles(now, "sqlite")
def _(*_: object, **__: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now, "postgresql")
def _(*_: object, **__: object) -> str:
    return "CAST(EXTRACT(EPOCH FROM statement_timestamp()) AS DOUBLE PRECISION)"


@cache
def insert_new(dialect: str, table: Table) -> Any:
    """An INSERT that passes over rows which are there. Each dialect has its own, in a module that
    takes 2 MB: only the one in use is imported."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table).on_conflict_do_nothing()


def begin_migrating(connection: Connection) -> None:
    """Holds up other processes until the end of the transaction; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")


def damage(connection: Connection) -> str:
    """What is wrong inside the file; PostgreSQL looks after itself."""
    if connection.dialect.name == "postgresql":
        return ""
    found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return "" if found == "ok" else found


def checkpoint(engine: Engine) -> None:
    """Empties SQLite's -wal file, in which stands what was deleted; not if somebody reads in it."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        for pragma in ("busy_timeout = 0", "wal_checkpoint(TRUNCATE)", _PRAGMAS[0]):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
