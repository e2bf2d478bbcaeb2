"""Updates that wait to be answered, by whichever process has the time.

Each function is part of a transaction. The rules:

    - an update is kept once, however often it comes: its id is remembered for 48 hours;
    - a process claims an update before it works on it, and nobody else does until the claim's
      lease ends. It renews its leases while it lives;
    - inside a queue (a chat), an update can be claimed only when none before it is left;
    - an update is left until it is settled; a postponed one, and its queue with it, waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Double,
    Integer,
    Text,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.store.dialects import insert_new, now
from bot.store.schema import inbox, seen

MOST_OPEN = 10_000
"""Updates that may wait; Telegram keeps the others meanwhile."""

REMEMBERED = 48 * 3600.0
"""Seconds for which an id is known; Telegram repeats an update for 24 hours."""

LEASE = 55.0
"""Seconds after its holder's last sign of life in which nobody else claims an update. With a look
every 5 s another process has it within a minute."""

LONGEST_WAIT = 3600.0
"""Seconds for which an update is postponed at most; a clock that jumps back does not prolong it."""


class InboxFull(Exception):  # noqa: N818
    """As many updates wait as may; trying again in `retry_after` seconds makes sense."""

    retry_after = 10


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that came. `body` is ASCII."""

    update_id: int
    queue: str
    body: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An update to be worked on by this process, `age` seconds after it came; and how often it
    failed, how often perhaps only seemingly, and how often its process ended over it."""

    update_id: int
    body: str
    age: float
    tries: int
    in_the_dark: int
    crashes: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Answered, or given up for an error of this name."""

    update_id: int
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Postponed:
    """To be tried again in so many seconds; `aside`, so that its queue need not wait for it."""

    update_id: int
    seconds: float
    tries: int
    in_the_dark: int
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many updates are left, the age of the oldest in seconds, and how many were given up in
    the last 48 hours."""

    open: int
    oldest: float
    failed: int


def add(connection: Connection, arrivals: Sequence[Arrival]) -> int:
    """Keeps those that did not come before, in this order; returns how many. Raises InboxFull."""
    if connection.execute(_COUNT).scalar_one() >= MOST_OPEN:
        raise InboxFull
    by_id = {arrival.update_id: arrival for arrival in arrivals}
    # Sorted, so that processes that are given the same updates do not wait for each other.
    ids = [{"update_id": update_id} for update_id in sorted(by_id)]
    new = set(connection.execute(_see(connection.dialect.name), ids).scalars())
    rows = [
        {"update_id": update_id, "queue": arrival.queue, "body": arrival.body}
        for update_id, arrival in by_id.items()
        if update_id in new
    ]
    if rows:
        connection.execute(_ADD, rows)
    return len(rows)


def claim(connection: Connection, holder: str, most: int) -> list[Claim]:
    """The next updates to be worked on, now held by `holder`, in the order in which they came."""
    rows = connection.execute(_CLAIM, {"claimant": holder, "most": most}).all()
    return [Claim(*row[1:]) for row in sorted(rows)]


def renew(connection: Connection, holder: str) -> None:
    connection.execute(_RENEW, {"claimant": holder})


def settle(connection: Connection, settled: Sequence[Settled]) -> None:
    """Forgets these updates, but for their ids."""
    failed = [{"id": one.update_id, "why": one.failed} for one in settled if one.failed]
    if failed:
        connection.execute(_FAIL, failed)
    if settled:
        connection.execute(_DELETE, {"ids": [one.update_id for one in settled]})


def postpone(connection: Connection, postponed: Sequence[Postponed]) -> None:
    for one in postponed:
        connection.execute(_POSTPONE, {"id": one.update_id, **_values(one)})


def _values(postponed: Postponed) -> dict[str, object]:
    return {
        "seconds": postponed.seconds,
        "failures": postponed.tries,
        "dark": postponed.in_the_dark,
        "aside": f"aside {postponed.update_id}" if postponed.aside else None,
    }


def release(connection: Connection, holder: str) -> int:
    """Gives back what `holder` has claimed and not worked on; returns how many."""
    return connection.execute(_RELEASE, {"claimant": holder}).rowcount


def release_all(connection: Connection) -> int:
    """Gives back what processes had claimed that were killed: a crash of each."""
    return connection.execute(_RELEASE_ALL).rowcount


def forget_old(connection: Connection) -> None:
    """Forgets the ids of 48 hours ago."""
    connection.execute(_FORGET)


def waiting(connection: Connection) -> Waiting:
    left, oldest = connection.execute(_OLDEST).one()
    return Waiting(left, oldest, connection.execute(_FAILED).scalar_one())


# The statements. They are built once, because building takes longer than executing.

_ME = bindparam("claimant", type_=Text)
_ID = bindparam("id", type_=BigInteger)

_COUNT = select(func.count()).select_from(inbox)
_OLDEST = select(func.count(), func.coalesce(now() - func.min(inbox.c.arrived), 0.0))
_FAILED = select(func.count()).select_from(seen).where(seen.c.failed.is_not(None))


@cache
def _see(dialect: str) -> Any:
    return insert_new(dialect, seen).values(at=now()).returning(seen.c.update_id)


_ADD = insert(inbox).values(arrived=now())

_EARLIER = inbox.alias("earlier")
_FREE = (
    select(inbox.c.seq)
    .where(
        inbox.c.holder != _ME,
        # Further ahead than they can lie, they are from before the clock was set back.
        ~((now() < inbox.c.lease) & (inbox.c.lease <= now() + LEASE)),
        ~((now() < inbox.c.due) & (inbox.c.due <= now() + LONGEST_WAIT)),
        ~exists().where(_EARLIER.c.queue == inbox.c.queue, _EARLIER.c.seq < inbox.c.seq),
    )
    .order_by(inbox.c.seq)
    .limit(bindparam("most"))
    # What another process is about to claim is passed over instead of waited for.
    .with_for_update(skip_locked=True, of=inbox)
    .cte("free")
)
_CLAIM = (
    update(inbox)
    .where(inbox.c.seq.in_(select(_FREE.c.seq)))
    .values(lease=now() + LEASE, holder=_ME, crashes=inbox.c.crashes + 1)
    .returning(
        inbox.c.seq,
        inbox.c.update_id,
        inbox.c.body,
        (now() - inbox.c.arrived).label("age"),
        inbox.c.tries,
        inbox.c.in_the_dark,
        (inbox.c.crashes - 1).label("crashes"),
    )
)
_HELD = update(inbox).where(inbox.c.holder == _ME)
_RENEW = _HELD.values(lease=now() + LEASE)
_RELEASE = _HELD.values(lease=0.0, holder="", crashes=0)
_RELEASE_ALL = update(inbox).where(inbox.c.holder != "").values(lease=0.0, holder="")

_FAIL = update(seen).where(seen.c.update_id == _ID).values(failed=bindparam("why", type_=Text))
_DELETE = delete(inbox).where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
_POSTPONE = (
    update(inbox)
    .where(inbox.c.update_id == _ID)
    .values(
        due=now() + bindparam("seconds", type_=Double),
        tries=bindparam("failures", type_=Integer),
        in_the_dark=bindparam("dark", type_=Integer),
        queue=func.coalesce(bindparam("aside", type_=Text), inbox.c.queue),
        lease=0.0,
        holder="",
        crashes=0,
    )
)
_LEFT = exists().where(inbox.c.update_id == seen.c.update_id)
_FORGET = delete(seen).where(seen.c.at < now() - REMEMBERED, ~_LEFT)
