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
    # What stands there is Stage.bring, as a proxy would before several replicas.
    "WEBHOOK_URL": "http://127.0.0.1:1/telegram",
    "WEBHOOK_SECRET": "s" * 32,
    "HOST": "127.0.0.1",
}


@dataclass
class Stage:
    """Bots that share a store and a Telegram."""

    telegram: Telegram
    folder: Path
    settings: Mapping[str, str]
    processes: list[Process] = field(default_factory=list)
    ports: dict[int, int] = field(default_factory=dict)
    _turns: Iterator[int] = field(default_factory=itertools.count)

    async def start(self, *, log: IO[bytes] | int = asyncio.subprocess.DEVNULL) -> Process:
        port = _free_port()
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=self.folder,
            env={**env, **self.settings},
            stderr=log,
        )
        self.processes.append(process)
        self.ports[process.pid] = port
        return process

    async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Carries an update to one bot or another, whichever takes it."""
        ports = list(self.ports.values())
        turn = next(self._turns)
        for offset in range(len(ports)):
            port = ports[(turn + offset) % len(ports)]
            with suppress(OSError):
                return await post_over_http(f"http://127.0.0.1:{port}/telegram", headers, body)
        raise OSError("nobody is there")

    async def kill(self, process: Process) -> None:
        self.processes.remove(process)
        del self.ports[process.pid]
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def stage(folder: Path, database: str, *, webhook: bool = False) -> AsyncIterator[Stage]:
    """A stage without a bot yet, on the small FAQ; at the end all bots are killed."""
    telegram = Telegram(local=True, post=lambda *told: set_up.bring(*told))
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "talks.txt").write_text(ARTICLE, "utf-8")
    (folder / "small.yaml").write_text(GOOD, "utf-8")
    async with serving(telegram) as url:
        known = {"BOT_API_URL": url, "TELEGRAM_TOKEN": TOKEN, "FAQ_PATH": "small.yaml"}
        known |= {"DATABASE_URL": database} | (WEBHOOK if webhook else {})
        set_up = Stage(telegram, folder, known)
        try:
            yield set_up
        finally:
            for process in list(set_up.processes):
                await set_up.kill(process)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
