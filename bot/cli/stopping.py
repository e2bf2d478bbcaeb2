"""Work that goes on until it is told to stop: once, or twice."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

import typer


async def until_told_to_stop(
    work: Callable[[asyncio.Event], Awaitable[None]], in_flight: Callable[[], int] = lambda: 0
) -> None:
    """Told once, it finishes what is in work; told twice, it ends on the spot."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told(by: signal.Signals) -> None:
        if stop.is_set():
            typer.echo(f"stopped in the midst of {in_flight()} updates", err=True)
            signal.signal(by, signal.SIG_DFL)
            signal.raise_signal(by)
        stop.set()

    for by in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(by, told, by)
    await work(stop)
