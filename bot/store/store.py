"""Opening the store, and working on it in transactions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, AsyncExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.util import greenlet_spawn

from bot.errors import BotError
from bot.store import dialects, schema
from bot.store.file import StoreFile

logger = logging.getLogger(__name__)

T = TypeVar("T")

Observe = Callable[[str], None]
"""Told of each failure where it was: file, database, or tidy, which nobody waits for."""

SECONDS_TO_CLOSE = 2
"""For what is still being written."""

IN_MEMORY = "sqlite://"
"""For tests and trials: everything is forgotten when it is closed."""


class StoreUnavailable(Exception):  # noqa: N818
    """The store cannot be worked on now; trying again in `retry_after` seconds makes sense."""

    def __init__(self, why: str, retry_after: int = 2) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Store:
    """To be used in an `async with`, which opens and closes it."""

    def __init__(self, url: str, observe: Observe = lambda kind: None) -> None:
        """Raises BotError if the URL is none of SQLite's or PostgreSQL's."""
        self._url = _parsed(url)
        self._engine = dialects.engine(self._url)
        self._observe = observe
        self._running: set[asyncio.Task[Any]] = set()
        in_file = self.is_sole and self._url.database not in (None, "", ":memory:")
        self._file = StoreFile(Path(str(self._url.database))) if in_file else None

    @property
    def is_sole(self) -> bool:
        """Is this process the only one that works on the store? SQLite's file is locked for it."""
        return self._url.get_backend_name() == "sqlite"

    async def __aenter__(self) -> Self:
        """Creates the store or brings it up to date. Raises BotError if that cannot be done."""
        async with AsyncExitStack() as undo:
            undo.push_async_callback(self.close)
            if self._file:
                self._file.take()
            await self._open()
            undo.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _open(self) -> None:
        try:
            if damage := await self._transact(dialects.damage):
                told = f"{_name(self._url)} is damaged and left as it is: {damage}"
                raise BotError(f"DATABASE_URL: {told}")
            await self._transact(schema.migrate)
        except _TROUBLE as error:
            raise _not_opened(self._url, error) from None
        if self._file:
            self._file.trouble()

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=SECONDS_TO_CLOSE)
        await greenlet_spawn(self._engine.dispose)
        if self._file:
            self._file.give_back()

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns. All that it does on the connection is kept, or nothing.

        Raises StoreUnavailable; whether it was kept is then unknown.
        """
        if self._file and (trouble := self._file.trouble()):
            self._observe("file")
            raise StoreUnavailable(trouble, retry_after=30)
        # Cut off half-way it could leave its connection stuck; it ends also if nobody waits for it.
        running = asyncio.create_task(self._transact(work))
        self._running.add(running)
        running.add_done_callback(self._ended)
        try:
            return await asyncio.shield(running)
        except _TROUBLE as error:
            self._observe("database")
            if not self.is_sole:
                # The server may be another one by now: connections to it are made anew.
                await greenlet_spawn(self._engine.dispose)
            # A database's message may quote a row.
            raise StoreUnavailable(type(error).__name__) from None

    async def tidy(self) -> None:
        """Wipes what was deleted off the disk."""
        if not self._file:
            return
        try:
            await greenlet_spawn(dialects.checkpoint, self._engine)
        except _TROUBLE as error:
            self._observe("tidy")
            logger.warning("the store could not be tidied: %s", type(error).__name__)

    def wal_bytes(self) -> int:
        """The size of what SQLite has yet to move into its main file."""
        return self._file.wal_bytes() if self._file else 0

    def _ended(self, transaction: asyncio.Task[Any]) -> None:
        self._running.discard(transaction)
        # Taken note of, in case nobody waits any more.
        with suppress(asyncio.CancelledError):
            transaction.exception()

    async def _transact(self, work: Callable[[Connection], T]) -> T:
        return await _worked(self._engine.begin, work)


async def look_into(url: str, work: Callable[[Connection], T]) -> T:
    """What `work` reads in a store, also while another process is at work on it; nothing is
    written, and a store that is not there is not made. Raises BotError."""
    at = _parsed(url)
    if at.get_backend_name() == "sqlite" and not Path(str(at.database)).is_file():
        raise BotError(f"DATABASE_URL: {at.database}: there is no such file; the bot makes it")
    engine = dialects.reader(at)
    try:
        return await _worked(engine.connect, work)
    except _TROUBLE as error:
        raise _not_opened(at, error) from None
    finally:
        await greenlet_spawn(engine.dispose)


async def _worked(
    connected: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], T]
) -> T:
    """As SQLAlchemy's asyncio extension does it, which imports all of the ORM, 6 MB, for that."""

    def in_a_greenlet() -> T:
        with connected() as connection:
            return work(connection)

    return await greenlet_spawn(in_a_greenlet)


def _parsed(url: str) -> URL:
    try:
        made = make_url(url)
        return made.set(drivername=dialects.DRIVERS[made.get_backend_name()])
    except (ArgumentError, KeyError):
        raise BotError(
            "DATABASE_URL: must be sqlite:///path or postgresql://user:password@host/database"
        ) from None


_TROUBLE = (SQLAlchemyError, OSError, TimeoutError)


def _not_opened(url: URL, error: Exception) -> BotError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    told = str(cause).splitlines()[0] if str(cause) else type(error).__name__
    return BotError(f"DATABASE_URL: {_name(url)} cannot be opened: {told}")


def _name(url: URL) -> str:
    is_file = url.get_backend_name() == "sqlite"
    return str(url.database) if is_file else f"the database on {url.host}"
