"""What the bot promises, tried at length: python -m benchmarks.reliability RUN ...

    kills    SIGKILL at random moments, rounds of 40 questions: lost, answered twice
    outage   Telegram away for 6 and for 60 s, with 60 updates in work
    pause    Telegram wants a pause of 35 s in one chat, while others ask
    waiting  10,000 questions wait when it starts, and Telegram keeps its limits: memory, order
    chaos    two replicas for 2 minutes, 30 questions a second, one of them killed every 15 s, 5 %
             of the messages refused with 429 and 5 % with 502

A run exits with 1 if anything was lost, or Telegram's limits were not kept. `--store` is sqlite,
postgresql or both; `--mode` polling, webhook or both.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.playground.telegram import Telegram
from tests.chaos.process import Proxy, Stage, stage
from tests.chaos.runs import chaos, kill_rounds, outage, pause, waiting
from tests.chaos.tally import Tally
from tests.databases import role

STORES = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
MODES = {"polling": [False], "webhook": [True], "both": [False, True]}


@asynccontextmanager
async def made(store: str, *, webhook: bool) -> AsyncIterator[Stage]:
    proxy = Proxy() if webhook else None
    telegram = Telegram(local=True, post=proxy.bring) if proxy else Telegram()
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as opened:
            url = f"sqlite:///{folder}/bot.db"
            if store == "postgresql":
                url = (await opened.enter_async_context(role())).url
            yield await opened.enter_async_context(stage(telegram, Path(folder), url, proxy))


async def kills(on: Stage, rounds: int) -> bool:
    return told_of(await kill_rounds(on, rounds))


def told_of(tally: Tally) -> bool:
    print(
        f"{tally.kills} kills, {tally.asked} questions: {tally.lost} lost, {tally.doubled} answered"
        f" twice, {max(tally.doubled_by_kill)} at most by a kill (32 may be in flight at each), "
        f"{tally.unexplained} by none; {tally.seconds:.0f} s"
    )
    return tally.holds


async def outages(on: Stage, seconds: int) -> bool:
    came = await outage(on, seconds)
    print(
        f"away for {seconds} s: {came.answered} of 60 answered, {came.doubled} too many, "
        f"{'in order' if came.in_order else 'OUT OF ORDER'}, the last {came.seconds_after:.1f} s "
        "after its return"
    )
    return came.answered == 60 and not came.doubled and came.in_order


async def pauses(on: Stage, seconds: int) -> bool:
    came = await pause(on, seconds)
    print(
        f"{came.others} others: 95 % in {came.p95 * 1000:.0f} ms, the last in "
        f"{came.most * 1000:.0f} ms; the one itself after {came.own:.1f} s"
    )
    return came.p95 <= 0.5


async def backlog(on: Stage, count: int) -> bool:
    came = await waiting(on, count)
    print(
        f"{came.asked} waiting: {came.lost} lost, {came.doubled} answered twice, "
        f"{came.refused} messages over Telegram's limits, {came.megabytes:.0f} MB at most, "
        f"{came.seconds:.0f} s"
    )
    return not (came.lost or came.doubled or came.refused)


async def two_minutes(on: Stage, seconds: int) -> bool:
    return told_of(await chaos(on, seconds))


RUNS: dict[str, tuple[Callable[[Stage, int], Awaitable[bool]], list[int]]] = {
    "kills": (kills, [50]),
    "outage": (outages, [6, 60]),
    "pause": (pauses, [35]),
    "waiting": (backlog, [10_000]),
    "chaos": (two_minutes, [120]),
}


async def main() -> bool:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", choices=RUNS)
    parser.add_argument("--store", choices=STORES, default="both")
    parser.add_argument("--mode", choices=MODES, default="both")
    parser.add_argument("--size", type=int, help="rounds, seconds or questions")
    told = parser.parse_args()
    run, sizes = RUNS[told.run]
    held = True
    for store in STORES[told.store]:
        for webhook in MODES[told.mode]:
            for size in [told.size] if told.size else sizes:
                print(f"{store}, {'webhook' if webhook else 'polling'}: ", end="", flush=True)
                async with made(store, webhook=webhook) as on:
                    held = await run(on, size) and held
    return held


if __name__ == "__main__":
    sys.exit(not asyncio.run(main()))
