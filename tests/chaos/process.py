"""`python -m bot run`, as often as is wanted, over the double of Telegram on a port."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from bot.playground.webhook import Reply
from bot.playground.webhook_post import post_over_http
from tests.faq_files import ARTICLE, GOOD

ROOT = Path(__file__).parent.parent.parent

Process = asyncio.subprocess.Process


WEBHOOK = {
    # What stands there is the Proxy.
    "WEBHOOK_URL": "http://127.0.0.1:1/telegram",
    "WEBHOOK_SECRET": "s" * 32,
    "HOST": "127.0.0.1",
}


@dataclass
class Proxy:
    """Stands before the bots and carries each update to one of them, in turn; if nobody takes it,
    it tries again until somebody is there."""

    ports: dict[int, int] = field(default_factory=dict)
    """Where each process listens."""
    _turns: Iterator[int] = field(default_factory=itertools.count)

    async def bring(self, _: str, headers: Mapping[str, str], body: bytes) -> Reply:
        while True:
            if ports := list(self.ports.values()):
                port = ports[next(self._turns) % len(ports)]
                with suppress(OSError):
                    return await post_over_http(f"http://127.0.0.1:{port}/telegram", headers, body)
            await asyncio.sleep(0.05)


@dataclass
class Stage:
    """Bots that share a store and a Telegram."""

    telegram: Telegram
    folder: Path
    settings: Mapping[str, str]
    proxy: Proxy | None = None
    processes: list[Process] = field(default_factory=list)

    async def start(self, *, log: IO[bytes] | int = asyncio.subprocess.DEVNULL) -> Process:
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self.settings}
        port = free_port()
        if self.proxy:
            env |= WEBHOOK | {"PORT": str(port)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), cwd=self.folder, env=env, stderr=log
        )
        self.processes.append(process)
        if self.proxy:
            self.proxy.ports[process.pid] = port
        return process

    async def kill(self, process: Process) -> None:
        self.processes.remove(process)
        if self.proxy:
            del self.proxy.ports[process.pid]
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def stage(
    telegram: Telegram,
    folder: Path,
    database: str,
    proxy: Proxy | None = None,
    /,
    **settings: str,
) -> AsyncIterator[Stage]:
    """A stage without a bot yet, on the small FAQ; at the end all bots are killed.

    With a proxy, which is what `telegram` posts to, the bots have a webhook.
    """
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "talks.txt").write_text(ARTICLE, "utf-8")
    (folder / "small.yaml").write_text(GOOD, "utf-8")
    async with serving(telegram) as url:
        known = {"BOT_API_URL": url, "TELEGRAM_TOKEN": TOKEN, "FAQ_PATH": "small.yaml"}
        known |= {"DATABASE_URL": database} | settings
        set_up = Stage(telegram, folder, known, proxy)
        try:
            yield set_up
        finally:
            for process in list(set_up.processes):
                await set_up.kill(process)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
