"""The tables, and the steps by which an older store becomes today's.

A change of the schema is one more step at the end of STEPS and a change of the tables to match; a
step that was published is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    select,
    update,
)

from bot.errors import BotError
from bot.store.dialects import begin_migrating

metadata = MetaData()

version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

seen = Table(
    "seen",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False, index=True),
    Column("failed", Text),
)
"""Ids of updates that came, so that none is answered twice. `failed` is the name of the error for
which one was given up; that is all that is kept of it."""

inbox = Table(
    "inbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("update_id", BigInteger, ForeignKey(seen.c.update_id), nullable=False, unique=True),
    Column("queue", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("arrived", Double, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("in_the_dark", Integer, nullable=False, default=0),
    Column("crashes", Integer, nullable=False, default=0),
    Column("due", Double, nullable=False, default=0.0),
    Column("lease", Double, nullable=False, default=0.0),
    Column("holder", Text, nullable=False, default=""),
    Index("inbox_in_order", "queue", "seq"),
)
"""Updates that wait to be answered, in the order `seq` in which they came; answered ones are
deleted. Times are the database's, in seconds since 1970.

`queue` is what has to stay in order: a chat. `body` is JSON in ASCII, because PostgreSQL takes no
U+0000 and no database half a character. `tries`, `in_the_dark` and `crashes` count how it went so
far. It is not worked on before `due`, nor before the end of the `lease` by another `holder`."""

misses = Table(
    "misses",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("text", Text, primary_key=True),
    Column("entry", Text, primary_key=True),
    Column("score", Double, nullable=False),
    Column("times", Integer, nullable=False),
    # Row numbers would tell which of a day's came first.
    sqlite_with_rowid=False,
)
"""What people asked in vain, as `bot.misses.Miss` tells it: without who, where or at what hour."""


def _create(connection: Connection) -> None:
    metadata.create_all(connection, [seen, inbox])


def _add_misses(connection: Connection) -> None:
    metadata.create_all(connection, [misses])


STEPS: Sequence[Callable[[Connection], None]] = (_create, _add_misses)


def migrate(connection: Connection, steps: Sequence[Callable[[Connection], None]] = STEPS) -> None:
    """Brings the store to the last step, all in the transaction of `connection`.

    Raises BotError if a newer bot has written the store.
    """
    begin_migrating(connection)
    version.create(connection, checkfirst=True)
    done = connection.execute(select(version.c.version)).scalar()
    if done is None:
        connection.execute(insert(version).values(version=0))
        done = 0
    if done > len(steps):
        raise BotError(
            f"DATABASE_URL: the store is of version {done}, this bot's is {len(steps)}: "
            "run the newer bot that wrote it, or choose another store"
        )
    for step in steps[done:]:
        step(connection)
    connection.execute(update(version).values(version=len(steps)))
