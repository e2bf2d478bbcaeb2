"""The bot's server in a process of its own, with nothing behind it: `python -m tests.web.served`.

It writes its port on the first line, and the number of updates taken when it is told to stop.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from bot.metrics import Metrics
from bot.serving import serving
from bot.web import Web
from tests.web.client import SECRET


async def main() -> None:
    taken = 0

    async def accept(updates: Sequence[Mapping[str, Any]]) -> None:
        nonlocal taken
        taken += len(updates)

    async def refresh() -> None:
        """There is nothing to look up."""

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    web = Web(
        metrics=Metrics(),
        hindrances=list,
        accept=accept,
        refusals=(),
        refresh=refresh,
        secret=SECRET,
    )
    async with serving(web.app(), "127.0.0.1", 0) as port:
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await stop.wait()
    sys.stdout.write(f"{taken}\n")


if __name__ == "__main__":
    asyncio.run(main())
