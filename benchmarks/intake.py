"""What an update costs: the whole bot with its store beside bare python-telegram-bot.

    python -m benchmarks.intake [--updates 3000] [--rounds 3]

Both run the same handlers (`/help` from 200 private chats) over the same transport, aiohttp on
uvloop, against a stand-in for Telegram in this process; each is a process of its own, and its CPU
time is told. "Bare" answers a webhook once the update has been handled: python-telegram-bot's
application and nothing else, as in its own example for Starlette. Use the ratios: machines differ.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update

from bot.app import build
from bot.flood import Floods
from bot.pacing import Pacing
from bot.running import Place
from tests.bot_on_telegram import small_edition
from tests.databases import role

CHATS = 200
CONNECTIONS = 40
TOKEN = "1000:benchmark-token-that-opens-nothing"
SECRET = "s" * 32
ME = {"id": 1000, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
SENT = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "sent"}


def update(number: int) -> dict[str, object]:
    chat = number % CHATS + 1
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_770_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Ivan"},
            "from": {"id": chat, "is_bot": False, "first_name": "Ivan"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }


class StandIn:
    """As little of Telegram as will do, and as quick."""

    def __init__(self) -> None:
        self.sent = 0
        self.waiting: list[dict[str, object]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
                body = await reader.readexactly(length)
                method = head.split(b" ")[1].rpartition(b"/")[2].decode()
                result = await self._result(method, body)
                content = json.dumps({"ok": True, "result": result}).encode()
                told = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\n"
                writer.write(told.encode() + b"Content-Type: application/json\r\n\r\n" + content)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _result(self, method: str, body: bytes) -> object:
        if method == "getUpdates":
            batch, self.waiting = self.waiting[:100], self.waiting[100:]
            if not batch:
                await asyncio.sleep(0.05)
            return batch
        if method == "sendMessage":
            self.sent += 1
            return SENT
        return {"getMe": ME, "getWebhookInfo": NO_WEBHOOK}.get(method, True)


async def bare(api_url: str, port: int) -> None:
    """python-telegram-bot's application behind Starlette; 200 once an update has been handled."""
    application = build(
        TOKEN, small_edition(), api_url=api_url, pacing=unpaced(), floods=unlimited()
    ).application
    await application.initialize()

    async def handle(request: Request) -> Response:
        told = Update.de_json(json.loads(await request.body()), application.bot)
        await application.process_update(told)
        return Response()

    app = Starlette(routes=[Route("/telegram", handle, methods=["POST"])])
    config = uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="off")
    await uvicorn.Server(config).serve()


async def whole(api_url: str, port: int, database: str, webhook: bool) -> None:
    bot = build(
        TOKEN,
        small_edition(),
        api_url=api_url,
        database=database,
        pacing=unpaced(),
        floods=unlimited(),
        place=Place(
            "127.0.0.1",
            port,
            webhook_url=f"http://127.0.0.1:{port}/telegram" if webhook else "",
            webhook_secret=SECRET if webhook else "",
        ),
    )
    await bot.run(asyncio.Event())


def unpaced() -> Pacing:
    """Telegram's limits would hold up both."""
    counted = iter(range(10**12))
    return Pacing(lambda: next(counted) * 1000.0)


def unlimited() -> Floods:
    """People, too, may ask as much as they can."""
    counted = iter(range(10**12))
    return Floods(lambda: next(counted) * 1000.0)


@dataclass(frozen=True, slots=True)
class Figures:
    per_second: float
    cpu: float
    """Microseconds an update."""


async def measure(name: str, database: str, updates: int) -> Figures:
    stand_in = StandIn()
    server = await asyncio.start_server(stand_in.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.intake", "--child", name),
        *("--url", url, "--port", str(port), "--database", database),
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        numbers = iter(range(1, 10**9))
        await load(stand_in, name, port, numbers, 300)
        used, started = cpu(process.pid), time.monotonic()
        await load(stand_in, name, port, numbers, updates)
        took = time.monotonic() - started
        return Figures(updates / took, (cpu(process.pid) - used) / updates * 1e6)
    finally:
        process.kill()
        await process.wait()
        server.close()


async def load(
    stand_in: StandIn, name: str, port: int, numbers: Iterator[int], updates: int
) -> None:
    """Brings updates, or has them fetched, and waits until all are answered."""
    wanted = stand_in.sent + updates
    told = [update(next(numbers)) for _ in range(updates)]
    if "polling" in name:
        stand_in.waiting += told
    else:
        await bring(port, told)
    while stand_in.sent < wanted:
        await asyncio.sleep(0.005)


async def bring(port: int, updates: list[dict[str, object]]) -> None:
    coming = iter(updates)
    headers = {
        "X-Telegram-Bot-Api-Secret-Token": SECRET,
        "Content-Type": "application/json",
    }
    async with aiohttp.ClientSession(headers=headers) as client:

        async def carry() -> None:
            for one in coming:
                body = json.dumps(one).encode()
                while not await post(client, port, body):
                    await asyncio.sleep(0.1)

        await asyncio.gather(*(carry() for _ in range(CONNECTIONS)))


async def post(client: aiohttp.ClientSession, port: int, body: bytes) -> bool:
    try:
        async with client.post(f"http://127.0.0.1:{port}/telegram", data=body) as response:
            return response.status == 200
    except aiohttp.ClientConnectionError:
        return False


def cpu(pid: int) -> float:
    """Seconds that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def main(updates: int, rounds: int) -> None:
    figures: dict[str, list[Figures]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            async with role() as made:
                databases = {
                    "bare, webhook": "",
                    "whole, webhook, SQLite": f"sqlite:///{folder}/webhook.db",
                    "whole, webhook, PostgreSQL": made.url,
                    "whole, polling, SQLite": f"sqlite:///{folder}/polling.db",
                }
                for name, database in databases.items():
                    figures.setdefault(name, []).append(await measure(name, database, updates))
    base = figures["bare, webhook"]
    print(f"{'':28}{'updates/s':>10}{'x bare':>8}{'CPU us':>8}{'x bare':>8}")
    for name, found in figures.items():
        speed = statistics.median(one.per_second for one in found)
        used = statistics.median(one.cpu for one in found)
        pairs = list(zip(found, base, strict=True))
        faster = statistics.median(one.per_second / other.per_second for one, other in pairs)
        dearer = statistics.median(one.cpu / other.cpu for one, other in pairs)
        print(f"{name:28}{speed:10.0f}{faster:8.2f}{used:8.0f}{dearer:8.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    for hidden in ("--child", "--url", "--port", "--database"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if not told.child:
        uvloop.run(main(told.updates, told.rounds))
    elif told.child.startswith("bare"):
        uvloop.run(bare(told.url, int(told.port)))
    else:
        uvloop.run(whole(told.url, int(told.port), told.database, "webhook" in told.child))
