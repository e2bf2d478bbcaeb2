"""The bot as a process: a little of what `benchmarks/reliability.py` does at length."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.answers import refusing
from bot.playground.faults import Fault
from bot.playground.telegram import TOKEN, Telegram
from bot.store import Store, inbox
from tests.bot_on_telegram import ASKED
from tests.chaos.process import Process, Proxy, Stage, stage
from tests.chaos.runs import Outage, chaos, kill_rounds, outage, soon
from tests.databases import Role

AN_HOUR = 3600.0
PATIENCE = 20.0


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/bot.db"


@pytest.fixture
async def alone(tmp_path: Path, url: str) -> AsyncIterator[Stage]:
    """A stage with a store for one bot."""
    async with stage(Telegram(), tmp_path, url) as made:
        yield made


async def end(process: Process, seconds: float) -> tuple[int | None, str]:
    """The exit code and what was told on standard error, if it ends in time."""
    async with asyncio.timeout(seconds):
        _, log = await process.communicate()
    return process.returncode, log.decode()


async def in_work(stage: Stage, count: int = 1) -> Process:
    """A bot that waits for Telegram with so many replies."""
    stage.telegram.faults.script("sendMessage", Fault(delay=AN_HOUR), count)
    for _ in range(count):
        stage.telegram.person().send(ASKED)
    process = await stage.start(log=asyncio.subprocess.PIPE)
    called = stage.telegram.calls
    assert await soon(
        lambda: sum(call.method == "sendMessage" for call in called) == count, PATIENCE
    )
    return process


class TestKill:
    async def test_nothing_is_lost_and_little_is_answered_twice_on_sqlite(
        self, alone: Stage
    ) -> None:
        tally = await kill_rounds(alone, 3)
        assert tally.asked == 120
        assert tally.holds

    async def test_nor_on_postgresql(self, postgresql: Role, tmp_path: Path) -> None:
        async def let_leases_end() -> None:
            await postgresql.admin.execute(f"UPDATE {postgresql.name}.inbox SET lease = 0")

        async with stage(Telegram(), tmp_path, postgresql.url) as made:
            tally = await kill_rounds(made, 2, let_leases_end=let_leases_end)
        assert tally.asked == 80
        assert tally.holds


class TestWebhook:
    async def test_nothing_is_lost_by_kills(self, tmp_path: Path, url: str) -> None:
        proxy = Proxy()
        telegram = Telegram(local=True, post=proxy.bring)
        async with stage(telegram, tmp_path, url, proxy) as made:
            tally = await kill_rounds(made, 2)
        assert tally.asked == 80
        assert tally.holds

    async def test_two_replicas_answer_all_of_it_though_one_is_killed_now_and_then(
        self, tmp_path: Path, postgresql: Role
    ) -> None:
        async def let_leases_end() -> None:
            await postgresql.admin.execute(f"UPDATE {postgresql.name}.inbox SET lease = 0")

        proxy = Proxy()
        telegram = Telegram(local=True, post=proxy.bring)
        async with stage(telegram, tmp_path, postgresql.url, proxy) as made:
            tally = await chaos(made, 7, rate=15, kill_every=3, let_leases_end=let_leases_end)
        assert tally.kills == 2
        assert tally.holds


async def test_an_outage_of_telegram_loses_doubles_and_disorders_nothing(alone: Stage) -> None:
    came = await outage(alone, 2)
    assert came == Outage(60, 0, True, came.seconds_after)


class TestSignals:
    async def test_a_second_one_ends_it_at_once_and_tells_what_was_in_work(
        self, alone: Stage, url: str
    ) -> None:
        process = await in_work(alone, 3)
        process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        code, log = await end(process, 2)
        assert code == -signal.SIGTERM
        assert log.splitlines()[-1] == "stopped in the midst of 3 updates"
        async with Store(url) as store:
            assert (await store.transact(inbox.waiting)).open == 3

    async def test_what_never_ends_does_not_keep_it_from_stopping(
        self, alone: Stage, url: str
    ) -> None:
        process = await in_work(alone, 2)
        process.send_signal(signal.SIGTERM)
        code, log = await end(process, 10)
        assert code == 2
        assert log.splitlines()[-1] == (
            "stopped in the midst of 2 updates; the next start answers them"
        )
        async with Store(url) as store:
            assert (await store.transact(inbox.waiting)).open == 2


@pytest.mark.parametrize("status", [401, 404])
async def test_one_refusal_of_the_token_ends_it_with_a_plain_message(
    alone: Stage, status: int
) -> None:
    process = await alone.start(log=asyncio.subprocess.PIPE)
    polled = alone.telegram.calls
    assert await soon(lambda: any(call.method == "getUpdates" for call in polled), PATIENCE)
    alone.telegram.faults.script("getUpdates", Fault(refusing(status, "Unauthorized")), 1)
    alone.telegram.person().send(ASKED)
    code, log = await end(process, 5)
    assert code == 2
    assert log.splitlines()[-1] == "TELEGRAM_TOKEN: Telegram does not accept this token"
    assert TOKEN not in log
    assert "Traceback" not in log
