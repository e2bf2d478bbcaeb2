"""When messages go: Telegram's limits are kept, and no chat waits for another."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.pacing import OVERALL, PATIENCE, Chat, Pacing

GROUP = -100
MIB = 1 << 20


class StillTime:
    """A clock that goes on when everybody sleeps, to the time at which the first wakes."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            woken = asyncio.Event()
            self._sleepers.append((self.now + seconds, woken))
            await woken.wait()

    async def run(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        tasks = list(tasks)
        while True:
            for _ in range(5):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                return
            self._sleepers.sort(key=lambda sleeper: sleeper[0])
            self.now, woken = self._sleepers.pop(0)
            woken.set()


@pytest.fixture(autouse=True)
def _times_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the bot itself has it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def time() -> StillTime:
    return StillTime()


@pytest.fixture
def pacing(time: StillTime) -> Pacing:
    return Pacing(lambda: time.now, time.sleep)


async def goes(time: StillTime, pacing: Pacing, chats: Iterable[Chat]) -> dict[Chat, list[float]]:
    """When the messages to these chats go, all asked for at once: seconds from now."""
    start = time.now
    times: dict[Chat, list[float]] = defaultdict(list)

    async def send(chat: Chat) -> None:
        while wait := await refusal(pacing, chat):
            await time.sleep(wait)
        times[chat].append(round(time.now - start, 6))

    await time.run([asyncio.create_task(send(chat)) for chat in chats])
    return times


async def refusal(pacing: Pacing, chat: Chat) -> float:
    """Seconds after which to come again; 0 if the message could go, and arrived at once."""
    try:
        await pacing.turn(chat)
        pacing.done(chat)
    except RetryAfter as told:
        wait = told.retry_after
        assert isinstance(wait, timedelta)
        return wait.total_seconds()
    return 0


def most_in(times: list[float], seconds: float) -> int:
    return max(sum(start <= time <= start + seconds for time in times) for start in times)


async def test_the_first_message_goes_at_once(time: StillTime, pacing: Pacing) -> None:
    assert await goes(time, pacing, [7]) == {7: [0]}


async def test_a_chat_gets_one_a_second(time: StillTime, pacing: Pacing) -> None:
    times = (await goes(time, pacing, [7] * 5))[7]
    assert most_in(times, 1) == 1
    assert times[-1] < 5


async def test_a_group_gets_at_most_20_in_any_minute(time: StillTime, pacing: Pacing) -> None:
    times = (await goes(time, pacing, [GROUP] * 60))[GROUP]
    assert most_in(times, 60) <= 20
    assert most_in(times, 1) == 1
    assert times[-1] < 60 * 4.2


async def test_a_channel_is_known_by_its_name_too(time: StillTime, pacing: Pacing) -> None:
    assert most_in((await goes(time, pacing, ["@talks"] * 30))["@talks"], 60) <= 20


async def test_all_chats_together_get_at_most_30_a_second(time: StillTime, pacing: Pacing) -> None:
    times = [time for [time] in (await goes(time, pacing, range(1, 1001))).values()]
    assert len(times) == 1000
    assert most_in(times, 1) <= 30
    assert times[-1] < 60


async def test_after_a_stall_none_catch_up_with_those_before(
    time: StillTime, pacing: Pacing
) -> None:
    async def stalled(seconds: float) -> None:
        await time.sleep(seconds)
        if not times:
            time.now += 0.5

    times: list[float] = []
    pacing = Pacing(lambda: time.now, stalled)

    async def send(chat: Chat) -> None:
        await pacing.turn(chat)
        times.append(time.now)
        pacing.done(chat)

    await time.run([asyncio.create_task(send(chat)) for chat in range(1, 100)])
    assert len(times) == 99
    assert most_in(times, 1) <= 30


async def test_messages_that_catch_up_with_one_another_are_not_too_many_when_they_come(
    time: StillTime, pacing: Pacing
) -> None:
    """What is sent in one second and a half comes all at once, and its answers late, too."""
    arrivals: list[float] = []

    async def send(chat: Chat) -> None:
        await pacing.turn(chat)
        left = time.now
        await time.sleep(1.5 - left % 1.5)
        arrivals.append(time.now)
        await time.sleep(0.2)
        pacing.done(chat)

    await time.run([asyncio.create_task(send(chat)) for chat in range(1, 200)])
    assert len(arrivals) == 199
    assert most_in(arrivals, 0.999) <= 30


async def test_a_message_counts_until_its_answer_comes(time: StillTime, pacing: Pacing) -> None:
    for chat in range(OVERALL):
        await pacing.turn(chat + 1)
        time.now += 1
    late = asyncio.create_task(pacing.turn(99))
    await asyncio.sleep(0.01)
    assert not late.done()
    pacing.done(1)
    await time.run([late])
    assert late.done()


async def test_who_gives_up_waiting_leaves_the_place_to_others(
    time: StillTime, pacing: Pacing
) -> None:
    await pacing.turn(1)
    for _ in range(2 * OVERALL):
        waiting = asyncio.create_task(pacing.turn(2))
        await asyncio.sleep(0.001)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert await goes(time, pacing, [3]) == {3: [pytest.approx(1 / OVERALL, abs=1e-6)]}


async def test_the_next_message_is_a_second_behind_one_that_travelled_slowly(
    time: StillTime, pacing: Pacing
) -> None:
    await pacing.turn(7)
    time.now += 0.9
    pacing.done(7)
    assert (await goes(time, pacing, [7]))[7][0] >= 1


async def test_a_chat_that_is_paused_just_before_its_turn_does_not_take_it(
    time: StillTime, pacing: Pacing
) -> None:
    await pacing.turn(8)
    waiting = asyncio.create_task(goes(time, pacing, [7]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    pacing.pause(7, 3)
    assert await waiting == {7: [3]}


async def test_no_chat_waits_for_another(time: StillTime, pacing: Pacing) -> None:
    pacing.pause(7, 35)
    times = await goes(time, pacing, [*[7] * 10, *[GROUP] * 30, 8])
    assert times[7][0] == 35
    assert times[8] == [pytest.approx(1 / OVERALL, abs=1e-6)]


async def test_a_long_wait_is_told_and_not_waited_for(time: StillTime, pacing: Pacing) -> None:
    pacing.pause(7, 35)
    assert await refusal(pacing, 7) == 35
    time.now += 15
    assert await refusal(pacing, 7) == 20
    time.now += 20
    assert await goes(time, pacing, [7]) == {7: [0]}


async def test_a_short_wait_is_waited_for(time: StillTime, pacing: Pacing) -> None:
    await pacing.turn(7)
    turn = asyncio.create_task(pacing.turn(7))
    await time.run([turn])
    assert turn.exception() is None
    assert time.now < 1000 + PATIENCE


async def test_chats_that_are_done_with_are_forgotten(time: StillTime) -> None:
    async def on_the_spot(seconds: float) -> None:
        time.now += seconds

    pacing = Pacing(lambda: time.now, on_the_spot)
    tracemalloc.start()
    try:
        for chat in range(20_000):
            one = chat if chat % 2 else -chat - 1
            await pacing.turn(one)
            pacing.done(one)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * MIB
