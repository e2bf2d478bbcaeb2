"""The playground as a whole: server, bot and page, on this machine and on no other."""

from __future__ import annotations

import asyncio
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest

from bot.errors import BotError
from bot.library import Library, edition
from bot.playground import play as playing
from bot.playground.play import INTRODUCTION, open_page, play
from tests.bot_on_telegram import ANSWERED, ASKED, DAY, PATIENCE
from tests.folders import write


@asynccontextmanager
async def played(port: int | None = 0) -> AsyncIterator[str]:
    """The URL of a playground that runs."""
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    with TemporaryDirectory() as folder:
        books = Library(write(Path(folder)), partial(edition, today=lambda: DAY))
    running = asyncio.create_task(play(books, stop, port=port, opened=told.set_result))
    try:
        await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        yield await told
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait({running})


async def answered(client: httpx.AsyncClient, person: Mapping[str, Any], text: str) -> str:
    """What the bot says to it in the person's private chat."""
    sent = await client.post("/people/send", json={"person": person["id"], "text": text})
    async with asyncio.timeout(PATIENCE):
        while True:
            seen = await client.get("/people/messages", params={"chat": person["id"]})
            *_, last = seen.json()
            if last["message_id"] > sent.json()["message_id"]:
                return str(last["text"])


async def test_a_question_of_the_first_person_is_answered() -> None:
    async with played() as url, httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        (first, *others) = (await client.get("/people/people")).json()
        assert others
        assert ANSWERED in await answered(client, first, ASKED)


async def test_the_first_person_is_in_charge_and_sees_what_was_asked_in_vain() -> None:
    async with played() as url, httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        first, other = (await client.get("/people/people")).json()
        await answered(client, other, "is there a dragon?")
        async with asyncio.timeout(PATIENCE):
            # Five may be asked at once.
            while "dragon" not in await answered(client, first, "/misses"):
                await asyncio.sleep(0.5)
        assert "dragon" not in await answered(client, other, "/misses")


async def test_it_begins_with_a_group_a_forum_and_a_group_without_the_bot() -> None:
    async with played() as url, httpx.AsyncClient(base_url=url) as client:
        groups = (await client.get("/people/groups")).json()
    assert {(group["type"], len(group["topics"])) for group in groups} == {
        ("group", 0),
        ("supergroup", 2),
    }
    with_bot = [any(member["is_bot"] for member in group["members"]) for group in groups]
    assert sorted(with_bot) == [False, True, True]


async def test_only_this_machine_reaches_it() -> None:
    """Of all its addresses only 127.0.0.1 answers; the whole of 127.0.0.0/8 is this machine."""
    async with played() as url:
        port = httpx.URL(url).port
        assert url == f"http://127.0.0.1:{port}"
        for address in ("127.0.0.2", "::1", *_addresses()):
            with pytest.raises(OSError):  # noqa: PT011 refused, or no such protocol here
                await asyncio.open_connection(address, port)


def _addresses() -> set[str]:
    found = socket.getaddrinfo(socket.gethostname(), None)
    return {str(address[4][0]) for address in found} - {"127.0.0.1"}


async def test_a_port_that_is_taken_is_told_if_it_was_asked_for() -> None:
    async with played() as url:
        taken = httpx.URL(url).port
        with pytest.raises(BotError, match=f"--port {taken}: .*in use"):
            async with played(taken):
                pass


async def test_without_a_wish_another_port_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    async with played() as first:
        monkeypatch.setattr(playing, "PORT", httpx.URL(first).port)
        async with played(None) as second:
            assert first != second


async def test_it_ends_while_a_page_is_open() -> None:
    async with httpx.AsyncClient() as client, AsyncExitStack() as page:
        async with played() as url:
            events = await page.enter_async_context(client.stream("GET", f"{url}/people/events"))
            lines = events.aiter_lines()
            assert await anext(lines)
        with pytest.raises(httpx.TransportError):
            async for _ in lines:
                pass


class Window:
    """A browser with windows."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.url = ""

    def open(self, url: str) -> None:
        self.url = url
        self.opened.set()


def test_the_page_is_opened_in_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window()
    monkeypatch.setattr(webbrowser, "get", lambda: window)
    open_page("http://127.0.0.1:8081")
    assert window.opened.wait(PATIENCE)
    assert window.url == "http://127.0.0.1:8081"


def _none() -> webbrowser.BaseBrowser:
    raise webbrowser.Error


@pytest.mark.parametrize(
    "get", [_none, lambda: webbrowser.GenericBrowser("false")], ids=["none", "for terminals"]
)
def test_no_other_browser_is_opened(
    monkeypatch: pytest.MonkeyPatch, get: Callable[[], webbrowser.BaseBrowser]
) -> None:
    monkeypatch.setattr(webbrowser, "get", get)
    before = threading.active_count()
    open_page("http://127.0.0.1:8081")
    assert threading.active_count() == before


def test_the_introduction_says_where_it_is_and_who_can_reach_it() -> None:
    said = INTRODUCTION.format(url="http://127.0.0.1:8081")
    assert said.startswith("The bot is at http://127.0.0.1:8081")
    assert "Only this machine can reach it." in said
    assert "@BotFather" in said
