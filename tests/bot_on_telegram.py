"""The real bot over the double of Telegram; what people see of it is what a test looks at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache, partial
from time import monotonic
from typing import Any, NoReturn

from sqlalchemy import Connection
from telegram.error import NetworkError
from telegram.request import RequestData

from bot.app import build
from bot.faq import Faq
from bot.flood import Floods
from bot.intake import Pace
from bot.library import Edition, edition
from bot.metrics import Metrics
from bot.misses import Miss
from bot.pacing import Pacing
from bot.playground.people import Person
from bot.playground.request import InProcessRequest
from bot.playground.telegram import TOKEN, Telegram
from bot.running import Bot
from bot.store import IN_MEMORY, StoreUnavailable, inbox, misses
from bot.watching import MeasuredAnswerer
from tests.faq_files import GOOD, load_with_article

PATIENCE = 10.0
"""Seconds to wait for what takes the bot milliseconds."""

DAY = date(2026, 11, 23)

ASKED = "Where are the talks held?"
ANSWERED = "On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known."


class Line(InProcessRequest):
    """The way from the bot to Telegram, on which what goes to some chats gets stuck or lost."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(telegram)
        self.stuck: set[int] = set()
        self._freed: dict[int, asyncio.Event] = {}
        self.broken: set[int] = set()
        self._hanging: dict[str, asyncio.Event] = {}

    @contextmanager
    def holding(self, person: Person) -> Iterator[None]:
        """Messages to this person wait until the end of the block."""
        self._freed[person.id] = freed = asyncio.Event()
        try:
            yield
        finally:
            freed.set()
            del self._freed[person.id]

    @contextmanager
    def hanging(self, method: str) -> Iterator[None]:
        """Calls of this method get no answer until the end of the block."""
        self._hanging[method] = ended = asyncio.Event()
        try:
            yield
        finally:
            ended.set()
            del self._hanging[method]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **more_timeouts: object,
    ) -> tuple[int, bytes]:
        params = request_data.json_parameters if request_data else {}
        if ended := self._hanging.get(url.rpartition("/")[2]):
            await ended.wait()
        chat = int(params.get("chat_id", 0))
        if chat in self.broken:
            raise NetworkError("the line is broken")
        if chat in self._freed:
            self.stuck.add(chat)
            await self._freed[chat].wait()
            self.stuck.discard(chat)
        return await super().do_request(url, method, request_data)


@dataclass(frozen=True, slots=True)
class AtWork:
    """A bot that runs."""

    telegram: Telegram
    line: Line
    bot: Bot
    task: asyncio.Task[None]
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def done(self) -> None:
        """Waits until the bot has handled all that reached it."""
        await until(lambda: self.task.done() or not self.telegram.updates.pending)
        while not self.task.done() and not await self._is_idle():
            await asyncio.sleep(0.001)
        if self.task.done():
            self.task.result()

    async def _is_idle(self) -> bool:
        try:
            return not (await self.waiting()).open
        except StoreUnavailable:  # as it is before it is opened
            return False

    async def left_with(self, open: int) -> None:
        """Waits until so many updates are left in the store."""
        async with asyncio.timeout(PATIENCE):
            while (await self.waiting()).open != open:
                await asyncio.sleep(0.001)

    async def waiting(self) -> inbox.Waiting:
        """What the bot's store holds."""
        return await self.bot.store.transact(inbox.waiting)

    async def missed(self, number: int) -> list[Miss]:
        """The misses that the store holds, once there are so many."""
        await self.done()
        async with asyncio.timeout(PATIENCE):
            while len(kept := await self.bot.store.transact(_all_misses)) < number:
                await asyncio.sleep(0.001)
        return kept

    async def stuck_with(self, person: Person) -> None:
        """Waits until the bot is about to write to a person whose messages are held."""
        await until(lambda: person.id in self.line.stuck)

    async def stopped(self) -> None:
        """Tells the bot to stop, and waits until it has."""
        self.stop.set()
        async with asyncio.timeout(PATIENCE):
            await self.task

    async def die(self) -> None:
        """Ends the bot as SIGKILL would: from now on it changes nothing in the store."""

        async def gone(_: object) -> NoReturn:
            raise StoreUnavailable("gone")

        self.bot.store.transact = gone  # type: ignore[method-assign, assignment]
        self.task.cancel()
        await asyncio.wait([self.task])


def _all_misses(connection: Connection) -> list[Miss]:
    return misses.since(connection, date.min)


@asynccontextmanager
async def at_work(
    telegram: Telegram | None = None,
    *,
    faq: Faq | None = None,
    pause: float = 0.01,
    pace: Pace | None = None,
    operator: str = "",
    database: str = IN_MEMORY,
    day: date = DAY,
    **options: Any,
) -> AsyncIterator[AtWork]:
    """A bot on the small FAQ, stopped at the end of the block if it has not been before.

    What it remembers a while it remembers by the double's clock; it takes today for `day`.
    """
    telegram = telegram or Telegram()
    line = Line(telegram)
    pace = replace(pace or Pace(), pause=pause)
    options |= {"faq": faq, "pace": pace, "operator": operator, "database": database}
    clock = partial(datetime.combine, day, time(12), UTC)
    bot = build_on(line, day=day, now=telegram.clock.now, clock=clock, **options)
    stop = asyncio.Event()
    working = AtWork(telegram, line, bot, asyncio.create_task(bot.run(stop)), stop)
    try:
        yield working
    finally:
        if not working.task.done():
            await working.stopped()


def build_on(line: Line, *, faq: Faq | None = None, day: date = DAY, **options: Any) -> Bot:
    metrics = options.setdefault("metrics", Metrics())
    answerer = partial(MeasuredAnswerer, metrics=metrics)
    book = edition(faq or small_faq(), lambda: day, answerer=answerer)
    options = {"pacing": hurried(), "floods": patient(), **options}
    return build(TOKEN, book, requests=(line, line), **options)


def small_edition() -> Edition:
    return edition(small_faq(), lambda: DAY)


def patient() -> Floods:
    """To whom nothing is too much: a second of theirs takes a microsecond."""
    return Floods(lambda: monotonic() * 1e6)


def hurried() -> Pacing:
    """Telegram's limits, kept by a clock on which a second takes a millisecond."""
    return Pacing(lambda: monotonic() * 1000, lambda seconds: asyncio.sleep(seconds / 1000))


async def run_until_it_fails(telegram: Telegram, pace: Pace | None = None) -> None:
    """Runs a bot that nobody stops."""
    async with asyncio.timeout(PATIENCE):
        await build_on(Line(telegram), pace=pace).run(asyncio.Event())


@cache
def small_faq() -> Faq:
    return load_with_article(GOOD)


async def until(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    async with asyncio.timeout(patience):
        while not condition():
            await asyncio.sleep(0.001)


def params_of(telegram: Telegram, method: str) -> list[Any]:
    """The parameters of each call of this method, in order."""
    return [call.params for call in telegram.calls if call.method == method]


def texts(person: Person) -> list[str]:
    """What the bot has written to this person."""
    return [message.text for message in person.received]


def labels(person: Person) -> list[str]:
    """The buttons under the bot's last message."""
    return [button.text for row in person.received[-1].buttons for button in row]
