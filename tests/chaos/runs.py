"""What is done to the bot, and what came of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.playground.answers import refusing
from bot.playground.faults import Fault, Faults
from bot.playground.people import Person
from tests.bot_on_telegram import ASKED
from tests.chaos.process import Process, Stage
from tests.chaos.tally import People, Tally

TO_AND_FRO = 0.03
"""Seconds that Telegram takes for a message, as over a real network."""

STARTED = ("getUpdates", "setWebhook")
"""What a bot calls as soon as it can take updates."""


class Trouble(Faults):
    """Calls take their time, and a share of the messages is refused for a moment."""

    def __init__(self, *, too_many: float = 0.0, bad_gateway: float = 0.0) -> None:
        super().__init__()
        self.down = False
        self._too_many = too_many
        self._bad_gateway = bad_gateway
        self._chance = random.Random(7)

    def next(self, method: str) -> Fault | None:
        if scripted := super().next(method):
            return scripted
        if self.down:
            return Fault(refusing(502, "Bad Gateway"))
        if method.lower() != "sendmessage":
            return None
        drawn = self._chance.random()
        if drawn < self._too_many:
            return Fault(refusing(429, "Too Many Requests: retry after 1", {"retry_after": 1}))
        if drawn < self._too_many + self._bad_gateway:
            return Fault(refusing(502, "Bad Gateway"))
        return Fault(delay=TO_AND_FRO)


async def soon(condition: Callable[[], object], patience: float) -> bool:
    """Waits for it; False if it does not come about in so many seconds."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.005)
    return True


async def kill_rounds(
    stage: Stage,
    rounds: int,
    *,
    chats: int = 20,
    each: int = 2,
    let_leases_end: Callable[[], Awaitable[None]] | None = None,
) -> Tally:
    """In each round new people ask, and the bot is killed after some of their answers.

    The last bot is left alone: what it does not answer is lost. What killed ones held comes free
    when their leases end, in a minute.
    """
    stage.telegram.faults = Trouble()
    chance, people, started = random.Random(rounds), People(), time.monotonic()
    for _ in range(rounds):
        group = [stage.telegram.person() for _ in range(chats)]
        for _ in range(each):
            for person in group:
                people.ask(person)
        process = await stage.start()
        wanted = chance.randrange(chats * each)
        await soon(lambda: sum(map(people.answers, group)) >= wanted, 60)  # noqa: B023
        await asyncio.sleep(chance.random() * 2 * TO_AND_FRO)
        await _kill(stage, process, people)
    if let_leases_end:
        await let_leases_end()
    await stage.start()
    await soon(lambda: not people.lost, 180)
    await asyncio.sleep(1)
    return people.tally(time.monotonic() - started)


async def _kill(stage: Stage, process: Process, people: People) -> None:
    await stage.kill(process)
    await asyncio.sleep(0.5)  # what it had sent comes first, also on a busy machine
    people.killed()


@dataclass(frozen=True, slots=True)
class Outage:
    answered: int
    doubled: int
    in_order: bool
    seconds_after: float


async def outage(stage: Stage, seconds: float, *, chats: int = 20, each: int = 3) -> Outage:
    """Telegram is away while updates are in work; each person asks different things."""
    trouble = Trouble()
    stage.telegram.faults = trouble
    group = [stage.telegram.person() for _ in range(chats)]
    await stage.start()
    await soon(lambda: any(call.method in STARTED for call in stage.telegram.calls), 60)
    for text in ("/help", ASKED, "/privacy")[:each]:
        for person in group:
            person.send(text)
    await soon(lambda: any(person.received for person in group), 60)
    trouble.down = True
    await asyncio.sleep(seconds)
    trouble.down = False
    back = time.monotonic()
    await soon(lambda: all(len(person.received) >= each for person in group), 120)
    took = time.monotonic() - back
    await asyncio.sleep(1)
    return Outage(
        answered=sum(len(person.received) for person in group),
        doubled=sum(max(0, len(person.received) - each) for person in group),
        in_order=all(_is_in_order([m.text for m in person.received]) for person in group),
        seconds_after=took,
    )


def _is_in_order(texts: Sequence[str]) -> bool:
    starts = ("Write a question", "Where are the talks", "")
    return all(text.startswith(start) for text, start in zip(texts, starts, strict=False))


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds from a question to its answer: of the others, the 95th percentile and the most; and
    of the one in whose chat Telegram wanted a pause."""

    others: int
    p95: float
    most: float
    own: float


async def pause(stage: Stage, seconds: int, *, rate: float = 10) -> Pause:
    """One chat is told to wait so long; meanwhile others ask, all the time."""
    trouble = Trouble()
    stage.telegram.faults = trouble
    told = refusing(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
    own, crowd = stage.telegram.person(), [stage.telegram.person() for _ in range(50)]
    await stage.start()
    await soon(lambda: any(call.method in STARTED for call in stage.telegram.calls), 60)

    async def asked(person: Person) -> float:
        started, known = time.monotonic(), len(person.received)
        person.send(ASKED)
        assert await soon(lambda: len(person.received) > known, seconds + 60)
        return time.monotonic() - started

    trouble.script("sendMessage", Fault(told), 1)
    paused = asyncio.create_task(asked(own))
    await soon(lambda: any(call.method == "sendMessage" for call in stage.telegram.calls), 60)
    others = []
    for number in range(int(seconds * rate)):
        others.append(asyncio.create_task(asked(crowd[number % len(crowd)])))
        await asyncio.sleep(1 / rate)
    times = sorted(await asyncio.gather(*others))
    return Pause(len(times), times[int(len(times) * 0.95)], times[-1], await paused)


@dataclass(frozen=True, slots=True)
class Backlog:
    asked: int
    lost: int
    doubled: int
    refused: int
    megabytes: float
    seconds: float


async def waiting(stage: Stage, count: int, *, chats: int = 1000) -> Backlog:
    """So many questions have come while no bot was there; Telegram lets through what it says."""
    people, started = People(), time.monotonic()
    crowd = [stage.telegram.person() for _ in range(min(chats, count))]
    for number in range(count):
        people.ask(crowd[number % len(crowd)])
    stage.telegram.flood.on = True
    process = await stage.start()
    most = 0.0
    while people.lost and time.monotonic() < started + count / 10 + 120:
        most = max(most, megabytes(process.pid))
        await asyncio.sleep(1)
    await asyncio.sleep(1)
    sends = sum(call.method == "sendMessage" for call in stage.telegram.calls)
    received = sum(len(person.received) for person in crowd)
    return Backlog(
        people.total,
        people.lost,
        sum(people.doubled),
        sends - received,
        most,
        time.monotonic() - started,
    )


def megabytes(pid: int) -> float:
    """What a process holds in memory now."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def chaos(
    stage: Stage,
    seconds: float,
    *,
    replicas: int = 2,
    rate: float = 30,
    kill_every: float = 15,
    let_leases_end: Callable[[], Awaitable[None]] | None = None,
) -> Tally:
    """Questions come all the time, messages are refused now and then, and bots are killed and
    started in turn. What a killed one held comes again when its lease ends, after further kills."""
    stage.telegram.faults = Trouble(too_many=0.05, bad_gateway=0.05)
    chance, people = random.Random(3), People()
    crowd = [stage.telegram.person() for _ in range(300)]
    for _ in range(replicas):
        await stage.start()
    called = stage.telegram.calls
    await soon(lambda: sum(call.method in STARTED for call in called) >= replicas, 60)
    started = time.monotonic()
    next_kill = started + kill_every
    while (now := time.monotonic()) < started + seconds:
        while people.total < (now - started) * rate:
            people.ask(chance.choice(crowd))
        if now > next_kill:
            next_kill = now + kill_every
            await _kill(stage, stage.processes[0], people)
            await stage.start()
        await asyncio.sleep(0.01)
    if let_leases_end:
        await let_leases_end()
    await soon(lambda: not people.lost, 180)
    await asyncio.sleep(1)
    return people.tally(time.monotonic() - started)
