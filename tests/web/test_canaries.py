"""The bot as a process that logs all it can while much goes wrong: no secret, and no word of a
person, is found in its log, its files, its metrics or its answers."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.playground.telegram import TOKEN, Telegram
from bot.store import look_into, misses
from tests.bot_on_telegram import ASKED, PATIENCE, params_of, until
from tests.chaos.process import Proxy, stage
from tests.databases import role
from tests.web.client import asked, request, update

SECRET = "canary-secret-0123456789_abcdefghij"
PASSWORD = "canary-password"
METRICS = "canary-metrics-token"
NAME = "Canarynella"
WORDS = "canarywords"
ASKED_IN_VAIN = "canaryquestion"
"""The word of a question that nobody can answer: its text is kept, in the store and nowhere else.
"""
NUMBER = 7_654_321_098_765

HASHED = [hashlib.new(kind, str(NUMBER).encode()).hexdigest() for kind in ("md5", "sha1", "sha256")]
"""Account numbers are few enough to try them all, so a plain hash of one is as good as itself."""

CANARIES = [SECRET, PASSWORD, METRICS, TOKEN, TOKEN.partition(":")[2]]
CANARIES += [NAME, WORDS, str(NUMBER), *HASHED]


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The URL of a database, with a password if it can have one."""
    if request.param == "sqlite":
        yield "sqlite:///bot.db"
        return
    async with role() as mine:
        url = urlsplit(mine.url)
        yield url._replace(netloc=f"{mine.name}:{PASSWORD}@{url.hostname}:{url.port}").geturl()


def get(path: str, *more: str) -> bytes:
    return request(method="GET", path=path, secrets=(), kind=None, more=more)


FAULTS = [
    (400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 5", None),
    (400, "Bad Request: BUTTON_DATA_INVALID", None),
    (429, "Too Many Requests", None),
    (403, "Forbidden: bot was blocked by the user", None),
    (500, f"Internal Server Error: {TOKEN}", None),
    (502, "", f"<html>{WORDS}</html>"),
    (200, "", f"{{{WORDS}"),
]
TEXTS = [
    ASKED,
    f"i am {NAME}, {ASKED_IN_VAIN}?",
    f"/{WORDS}",
    f"/start {WORDS}",
    f"{ASKED_IN_VAIN}\n2026-01-01 ERROR fake\r\x1b[2J\u2028",
    WORDS * 300,
]


async def trouble(telegram: Telegram, port: int) -> list[bytes]:
    """Much goes wrong; comes back with what the bot has answered over HTTP."""
    for status, description, body in FAULTS:
        told = body and body.encode()
        telegram.fail("sendMessage", status, description, body=told or None)
    for text in TEXTS:
        telegram.person(NAME).send(text)
    telegram.person(NAME).send_other("photo", caption=WORDS)
    chat = {"id": NUMBER, "type": "private", "first_name": NAME}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": {**chat, "is_bot": False}}
    bodies: list[Any] = [
        {"update_id": 10**6, "message": {**message, "text": WORDS}},
        {"update_id": 10**6 + 1, "message": {**message, "text": [WORDS], "date": NAME}},
        {"update_id": WORDS, "message": WORDS},
        {"update_id": 10**6 + 2, WORDS: {"from": NAME}},
    ]
    requests = [update(body, secrets=(given,)) for body in bodies for given in (SECRET, WORDS)]
    requests += [get(f"/{WORDS}"), get("/readyz"), get("/metrics")]
    answers = [(await asked(port, data)).body for data in requests]
    await until(lambda: len(params_of(telegram, "sendMessage")) > len(FAULTS))
    metrics = get("/metrics", f"Authorization: Bearer {METRICS}")
    async with asyncio.timeout(30):
        while b"\ninbox_open 0.0\n" not in answers[-1]:
            await asyncio.sleep(0.05)
            answers.append((await asked(port, metrics)).body)
    return answers


async def test_no_canary_gets_out(database: str, tmp_path: Path) -> None:
    hidden = {"WEBHOOK_SECRET": SECRET, "METRICS_TOKEN": METRICS, "LOG_LEVEL": "DEBUG"}
    async with AsyncExitStack() as stack:
        proxy = Proxy()
        telegram = Telegram(post=proxy.bring, local=True)
        bots = await stack.enter_async_context(stage(telegram, tmp_path, database, proxy, **hidden))
        log = stack.enter_context((tmp_path / "log").open("wb"))
        process = await bots.start(log=log)
        port = proxy.ports[process.pid]
        await until_ready(port)
        told = await trouble(telegram, port)
        process.terminate()
        async with asyncio.timeout(PATIENCE):
            await process.wait()
        await telegram.call("deleteWebhook")
    found = {
        f"{canary} in {path.name}"
        for path in tmp_path.rglob("*")
        if path.is_file()
        for canary in CANARIES
        if canary.encode() in path.read_bytes()
    }
    assert "refused" in (tmp_path / "log").read_text()
    assert found == set()
    assert not [canary for canary in CANARIES for body in told if canary.encode() in body]
    url = bots.settings["DATABASE_URL"].replace("sqlite:///", f"sqlite:///{tmp_path}/")
    kept = await look_into(url, partial(misses.since, day=date.min))
    assert {miss.text for miss in kept} >= {f"i am [name], {ASKED_IN_VAIN}?"}
    dump = " ".join(map(str, kept)).encode()
    assert not [canary for canary in CANARIES if canary.encode() in dump]
    elsewhere = [path for path in tmp_path.rglob("*") if ".db" not in path.name and path.is_file()]
    outside = [*told, *(path.read_bytes() for path in elsewhere)]
    assert not any(ASKED_IN_VAIN.encode() in content for content in outside)


async def until_ready(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                if (await asked(port, get("/readyz"))).status == 200:
                    return
            except OSError:
                pass  # it does not listen yet
            await asyncio.sleep(0.05)


def test_settings_that_are_wrong_end_the_process_without_a_value(tmp_path: Path) -> None:
    settings = {
        "TELEGRAM_TOKEN": f"{NUMBER}:canary",
        "WEBHOOK_URL": f"http://{WORDS}.org/",
        "WEBHOOK_SECRET": WORDS,
        "DATABASE_URL": f"mysql://bot:{PASSWORD}@h/d",
        "ADMIN_IDS": f"@{NAME}",
        "PORT": WORDS,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(Path(__file__).parent.parent.parent), **settings},
        capture_output=True,
        timeout=30,
        check=False,
    )
    told = done.stderr.decode()
    assert done.returncode == 2
    assert sorted(line.partition(":")[0] for line in told.splitlines()) == sorted(settings)
    assert not [canary for canary in [*CANARIES, "canary"] if canary in told]
