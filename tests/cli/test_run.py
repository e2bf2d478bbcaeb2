"""`run`, over HTTP, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import pytest

from bot.cli.stopping import until_told_to_stop
from bot.playground.telegram import TOKEN, Telegram
from tests.chaos.process import free_port
from tests.cli.command_line import WHERE, bot, imported


def test_run_without_a_token_says_where_to_get_one_and_exits_2() -> None:
    result = bot("run")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "TELEGRAM_TOKEN: must be set; @BotFather gives one\n"


def test_an_faq_that_is_not_there_is_told_and_exits_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    monkeypatch.setenv("FAQ_PATH", "none.yaml")
    result = bot("run")
    assert result.exit_code == 2
    assert result.stderr == "none.yaml:1:1: cannot be read: No such file or directory\n"


class Server(HTTPServer):
    """The Bot API over HTTP; when the bot has nothing left to do, it is told to stop."""

    def __init__(self, telegram: Telegram, stop_by: signal.Signals) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.telegram, self.stop_by = telegram, stop_by
        self.loop = asyncio.new_event_loop()

    def is_done(self) -> bool:
        """Has everybody got as many messages as they sent?"""
        people = self.telegram.people.values()
        return all(2 * len(person.received) == len(person.messages) for person in people)

    def answer(self, path: str, params: dict[str, str]) -> tuple[int, bytes]:
        token, method = path.removeprefix("/bot").split("/")
        waits = method == "getUpdates" and params.get("timeout") != "0"
        call = self.telegram.call(method, params | ({"timeout": "0"} if waits else {}), token=token)
        answer = self.loop.run_until_complete(call)
        if waits and answer.ok and not answer.result:
            if self.is_done():
                os.kill(os.getpid(), self.stop_by)
            time.sleep(0.05)
        return answer.status, answer.content


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        status, content = self.server.answer(self.path, dict(parse_qsl(form)))
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def served(telegram: Telegram, stop_by: signal.Signals) -> Iterator[str]:
    with Server(telegram, stop_by) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.loop.close()


@pytest.mark.parametrize("command", [["run"], []], ids=["run", "none"])
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_with_a_token_the_bot_runs_against_the_server_that_is_set_until_told_to_stop(
    command: list[str], told: signal.Signals, elsewhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram = Telegram()
    olena, petro = telegram.person("Olena"), telegram.person("Petro")
    olena.send(WHERE)
    petro.send("/privacy")
    with served(telegram, told) as url:
        monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("BOT_API_URL", url)
        monkeypatch.setenv("OPERATOR", "Olena, @olena")
        monkeypatch.setenv("LOG_LEVEL", "DEBUG")
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port := free_port()))
        result = bot(*command)
    assert result.exit_code == 0, result.output
    (answer,), (privacy,) = olena.received, petro.received
    assert answer.text.startswith(f"{WHERE}\n\nOn 4 February 2026")
    assert privacy.text.endswith("This bot is run by Olena, @olena.")
    assert "at work as @playground_bot" in result.stderr
    assert f"listening on port {port}" in result.stderr
    assert TOKEN.partition(":")[2] not in result.output


async def test_told_to_stop_twice_it_ends_on_the_spot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def work(stop: asyncio.Event) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await stop.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.1)

    ended: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", ended.append)
    await until_told_to_stop(work, lambda: 3)
    assert ended == [signal.SIGTERM]
    assert capsys.readouterr().err == "stopped in the midst of 3 updates\n"


def test_a_token_that_telegram_does_not_know_is_told_without_showing_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    with served(Telegram(), signal.SIGINT) as url:
        monkeypatch.setenv("BOT_API_URL", url)
        result = bot("run")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == ("TELEGRAM_TOKEN: Telegram does not accept this token")
    assert "AAHdqTcv" not in result.output


def test_the_bot_in_service_holds_nothing_that_it_does_not_need() -> None:
    with served(Telegram(), signal.SIGINT) as url:
        found = imported("run", TELEGRAM_TOKEN="1:" + "A" * 35, BOT_API_URL=url)
    assert {"telegram", "sqlalchemy", "bot.app"} <= found
    assert not found & {"rich", "pygments", "wordfreq", "bot.playground", "bot.reports"}
    assert not found & {"sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "asyncpg"}
    assert not found & {"bot.serving", "bot.web", "starlette", "uvicorn"}
