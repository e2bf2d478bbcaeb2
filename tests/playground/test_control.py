"""What a test in another process can do to the double."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram

SEND = f"/bot{TOKEN}/sendMessage?chat_id=100&text=a"
ME = f"/bot{TOKEN}/getMe"


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(telegram) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


async def script(client: httpx.AsyncClient, **fault: Any) -> None:
    assert (await client.post("/playground/faults", json=fault)).json()["ok"]


class TestFaults:
    async def test_a_refusal_comes_as_often_as_scripted(
        self, client: httpx.AsyncClient, olena: Person
    ) -> None:
        flood = {"status": 429, "description": "Too Many Requests", "times": 2}
        await script(client, method="sendMessage", parameters={"retry_after": 3}, **flood)
        answers = [await client.get(SEND) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [429, 429, 200]
        assert answers[0].headers["Retry-After"] == "3"
        assert answers[0].json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests",
            "parameters": {"retry_after": 3},
        }
        assert len(olena.received) == 1

    async def test_without_a_method_it_befalls_any(self, client: httpx.AsyncClient) -> None:
        await script(client, status=502, html="<html>Bad Gateway</html>", times=2)
        assert (await client.get(ME)).text == "<html>Bad Gateway</html>"
        assert (await client.get(SEND)).status_code == 502
        assert (await client.get(ME)).status_code == 200

    async def test_a_call_may_be_carried_out_though_no_answer_comes(
        self, client: httpx.AsyncClient, olena: Person
    ) -> None:
        for ending in ("cut", "none"):
            await script(client, method="sendMessage", ending=ending)
            with pytest.raises(httpx.RemoteProtocolError):
                await client.get(SEND)
        assert len(olena.received) == 2

    async def test_nor_may_it_be(self, client: httpx.AsyncClient, olena: Person) -> None:
        await script(client, method="sendMessage", status=502, ending="none")
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(SEND)
        assert olena.received == []

    async def test_what_is_to_come_can_be_taken_back(self, client: httpx.AsyncClient) -> None:
        await script(client, status=502)
        assert (await client.delete("/playground/faults")).json()["ok"]
        assert (await client.get(ME)).status_code == 200

    @pytest.mark.parametrize(
        ("fault", "problem"),
        [
            ({"statsu": 502}, "Extra inputs are not permitted"),
            ({"times": 0}, "greater than or equal to 1"),
            ({"ending": "sudden"}, "Input should be 'whole', 'cut' or 'none'"),
        ],
    )
    async def test_a_slip_in_a_script_is_told(
        self, client: httpx.AsyncClient, fault: Any, problem: str
    ) -> None:
        refused = await client.post("/playground/faults", json=fault)
        assert refused.status_code == 400
        assert problem in refused.json()["description"]
        assert "\n" not in refused.json()["description"]


async def test_the_log_of_calls_can_be_read_and_emptied(
    client: httpx.AsyncClient, telegram: Telegram, olena: Person
) -> None:
    told = {"chat_id": str(olena.id), "caption": "A report"}
    await client.post(f"/bot{TOKEN}/sendDocument", data=told, files={"document": ("a.txt", b"abc")})
    (call,) = (await client.get("/playground/calls")).json()["result"]
    document = {"document": {"name": "a.txt", "bytes": 3}}
    params = {"chat_id": "100", "caption": "A report"} | document
    assert call == {"method": "sendDocument", "params": params, "time": telegram.clock.now()}
    assert (await client.delete("/playground/calls")).json()["result"] == []


async def test_time_can_be_moved_on_but_never_back(
    client: httpx.AsyncClient, telegram: Telegram
) -> None:
    before = (await client.get("/playground/clock")).json()["result"]
    after = (await client.post("/playground/clock", json={"shift": 60})).json()["result"]
    assert (before, after) == (telegram.clock.now() - 60, telegram.clock.now())
    assert (await client.post("/playground/clock", json={"shift": -1})).status_code == 400


async def test_the_bot_can_be_held_to_telegrams_limits(
    client: httpx.AsyncClient, olena: Person
) -> None:
    await client.post("/playground/flood", json={"on": True})
    assert [(await client.get(SEND)).status_code for _ in range(2)] == [200, 429]
    await client.post("/playground/flood", json={"on": False})
    assert (await client.get(SEND)).status_code == 200
