"""A page from elsewhere cannot use the server of this machine, whatever it tries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.playground.people_api import people_routes
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[tuple[str, httpx.AsyncClient]]:
    async with (
        serving(telegram, routes=[people_routes(telegram)]) as url,
        httpx.AsyncClient() as client,
    ):
        yield url, client


PATHS = ("/people/person", f"/bot{TOKEN}/getMe", "/playground/calls", "/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:8081"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
    ],
    ids=lambda headers: ", ".join(f"{name} {value}" for name, value in headers.items()),
)
async def test_it_is_sent_away(telegram: Telegram, path: str, headers: dict[str, str]) -> None:
    async with served(telegram) as (url, client):
        response = await client.post(url + path, json={"first_name": "Eve"}, headers=headers)
    assert response.status_code == 403
    assert response.json()["error"]
    assert not telegram.people


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}],
    ids=["a program", "the address bar", "the page"],
)
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_programs_and_the_own_page_are_let_in(
    telegram: Telegram, headers: dict[str, str], name: str
) -> None:
    async with served(telegram) as (url, client):
        host = url.removeprefix("http://").replace("127.0.0.1", name)
        own = {**headers, "Host": host, "Origin": f"http://{host}"}
        response = await client.post(
            f"{url}/people/person", json={"first_name": "Amal"}, headers=own
        )
    assert response.status_code == 200
