"""`python -m bot run`, as often as is wanted, over the double of Telegram on a port."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from tests.faq_files import ARTICLE, GOOD

ROOT = Path(__file__).parent.parent.parent

Process = asyncio.subprocess.Process


@dataclass
class Stage:
    """Bots that share a store and a Telegram."""

    telegram: Telegram
    folder: Path
    settings: Mapping[str, str]
    processes: list[Process] = field(default_factory=list)

    async def start(self, *, log: IO[bytes] | int = asyncio.subprocess.DEVNULL) -> Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self.settings},
            stderr=log,
        )
        self.processes.append(process)
        return process

    async def kill(self, process: Process) -> None:
        self.processes.remove(process)
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def stage(
    telegram: Telegram, folder: Path, database: str, **settings: str
) -> AsyncIterator[Stage]:
    """A stage without a bot yet, on the small FAQ; at the end all bots are killed."""
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "talks.txt").write_text(ARTICLE, "utf-8")
    (folder / "small.yaml").write_text(GOOD, "utf-8")
    async with serving(telegram) as url:
        known = {"BOT_API_URL": url, "TELEGRAM_TOKEN": TOKEN, "FAQ_PATH": "small.yaml"}
        set_up = Stage(telegram, folder, known | {"DATABASE_URL": database} | settings)
        try:
            yield set_up
        finally:
            for process in list(set_up.processes):
                await set_up.kill(process)
