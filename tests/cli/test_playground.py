"""`playground`, and the bot with no command and no token."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.playground import play
from tests.cli.command_line import ROOT, WHERE, bot


class Browser:
    """A browser with windows, whose person asks a question and ends the playground."""

    def __init__(self) -> None:
        self.seen = ""

    def open(self, url: str) -> None:
        try:
            with httpx.Client(base_url=url, timeout=10.0) as client:
                (person, *_) = client.get("/people/people").json()
                client.post("/people/send", json={"person": person["id"], "text": WHERE})
                while "Abu Dhabi" not in self.seen:
                    self.seen = client.get(f"/people/messages?chat={person['id']}").text
        finally:
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("command", [["playground", "--port", "0"], []], ids=["playground", "none"])
def test_without_a_token_the_bot_can_be_tried_in_the_browser(
    command: list[str], elsewhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    result = bot(*command)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("The bot is at http://127.0.0.1:")
    assert "On 4 February 2026 the talks began in Abu Dhabi." in browser.seen
    assert WHERE not in result.output


@pytest.mark.parametrize(("option", "opened"), [([], True), (["--no-browser"], False)])
def test_the_browser_can_be_left_out(
    option: list[str], opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []

    async def only_open(*_: object, opened: Callable[[str], None], **__: object) -> None:
        opened("http://127.0.0.1:8081")

    monkeypatch.setattr(play, "play", only_open)
    monkeypatch.setattr(play, "open_page", pages.append)
    result = bot("playground", *option)
    assert "http://127.0.0.1:8081" in result.stdout
    assert bool(pages) is opened


def test_ctrl_c_ends_the_playground_as_if_nothing_were_wrong(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "playground", "--no-browser", "--port", "0"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        address = re.search(r"http://[\d.]+:\d+", running.stdout.readline())
        assert address
        assert httpx.get(address[0]).status_code == 200
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_told_and_exits_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = bot("playground", "--port", str(port))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--port {port}: ")
