"""Misses: what people asked in vain, with the day and without them.

Each function is part of a transaction. The same miss of one day is one row, and rows lie in the
order of their content: nothing tells which of a day's came first, nor which came together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, Date, bindparam, delete, func, select, update

from bot.misses import Kind, Miss
from bot.retention import MOST_A_DAY
from bot.store.dialects import insert_new
from bot.store.schema import misses


def add(connection: Connection, new: Sequence[Miss]) -> int:
    """Keeps them, and returns how many there was no room for: of one day `MOST_A_DAY` different
    ones are kept, which go on being counted."""
    left_out = 0
    for miss in new:
        row = asdict(miss)
        same = [misses.c[name] == row[name] for name in ("day", "kind", "text", "entry")]
        again = update(misses).where(*same).values(times=misses.c.times + miss.times)
        if connection.execute(again).rowcount:
            continue
        if connection.execute(_COUNT, {"at": miss.day}).scalar_one() < MOST_A_DAY:
            connection.execute(insert_new(connection.dialect.name, misses), row)
        else:
            left_out += 1
    return left_out


def since(connection: Connection, day: date, most: int | None = None) -> list[Miss]:
    """The misses of `day` and later, the most frequent first; at most `most` of them."""
    rows = connection.execute(_SINCE.limit(most), {"at": day})
    return [Miss(row.day, Kind(row.kind), *row[2:]) for row in rows]


def forget_before(connection: Connection, day: date) -> None:
    """Forgets those of the days before `day`."""
    connection.execute(_FORGET, {"at": day})


_DAY = bindparam("at", type_=Date)

_COUNT = select(func.count()).select_from(misses).where(misses.c.day == _DAY)
_SINCE = (
    select(misses)
    .where(misses.c.day >= _DAY)
    .order_by(misses.c.times.desc(), misses.c.day.desc(), misses.c.text)
)
_FORGET = delete(misses).where(misses.c.day < _DAY)
