"""How updates are brought to a webhook: order, retries, and what may stand in its answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from bot.playground.clock import StillClock
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.playground.webhook import Reply
from tests.bot_on_telegram import until

URL = "https://example.org/telegram"


@dataclass
class Server:
    """The bot's server. It answers what is scripted, else 200; what it is `holding` has to wait."""

    replies: list[Reply | OSError] = field(default_factory=list)
    requests: list[tuple[str, Mapping[str, str], Any]] = field(default_factory=list)
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answering.set()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        self.requests.append((url, headers, json.loads(body)))
        await self.answering.wait()
        reply = self.replies.pop(0) if self.replies else Reply(200)
        if isinstance(reply, OSError):
            raise reply
        return reply

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, _, update in self.requests]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def telegram(server: Server) -> AsyncIterator[Telegram]:
    telegram = Telegram(clock=StillClock(), post=server.post)
    yield telegram
    await telegram.call("deleteWebhook")


async def others() -> None:
    """Lets the other tasks do what they can."""
    for _ in range(30):
        await asyncio.sleep(0)


async def set_up(telegram: Telegram, url: str = URL, **params: Any) -> None:
    telegram.clock.shift(2)
    answer = await telegram.call("setWebhook", {"url": url, **params})
    assert answer.result is True, answer.description
    await others()


async def info(telegram: Telegram) -> Any:
    return (await telegram.call("getWebhookInfo")).result


class TestSettingUp:
    async def test_updates_are_brought_there_and_forgotten(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        olena.send("before")
        await set_up(telegram, secret_token="s3cret_-")
        olena.send("after")
        await others()
        assert server.texts == ["before", "after"]
        url, headers, update = server.requests[0]
        assert (url, update["update_id"]) == (URL, 1)
        assert headers == {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": "s3cret_-",
        }
        assert telegram.updates.pending == ()

    async def test_without_a_secret_there_is_no_header(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert list(server.requests[0][1]) == ["Content-Type"]

    @pytest.mark.parametrize(("asked", "most"), [({}, 40), ({"max_connections": 500}, 100)])
    async def test_its_info_tells_of_it(
        self, telegram: Telegram, asked: dict[str, int], most: int
    ) -> None:
        await set_up(telegram, "example.org:8443/a", allowed_updates=["message"], **asked)
        assert await info(telegram) == {
            "url": "example.org:8443/a",
            "has_custom_certificate": False,
            "pending_update_count": 0,
            "max_connections": most,
            "allowed_updates": ["message"],
        }

    async def test_a_public_address_will_do(self, telegram: Telegram) -> None:
        await set_up(telegram, "https://1.1.1.1/")

    async def test_a_local_server_brings_them_anywhere(self, server: Server) -> None:
        telegram = Telegram(clock=StillClock(), post=server.post, local=True)
        await set_up(telegram, "http://127.0.0.1:8080/telegram")
        telegram.person().send("hello")
        await others()
        assert server.texts == ["hello"]

    async def test_a_poll_that_waits_is_ended(self, telegram: Telegram) -> None:
        polling = asyncio.create_task(telegram.call("getUpdates", {"timeout": 50}))
        await others()
        await set_up(telegram)
        refused = await polling
        assert (refused.status, refused.description) == (
            409,
            "Conflict: terminated by setWebhook request",
        )

    async def test_setting_it_again_disturbs_nothing_that_is_on_its_way(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        await set_up(telegram, secret_token="s3cret")
        server.answering.clear()
        olena.send("hello")
        await others()
        await set_up(telegram, secret_token="s3cret", allowed_updates=["message"])
        server.answering.set()
        await others()
        assert server.texts == ["hello"]
        assert (await info(telegram))["allowed_updates"] == ["message"]
        await set_up(telegram, secret_token="another")
        olena.send("hello again")
        await others()
        assert server.requests[-1][1]["X-Telegram-Bot-Api-Secret-Token"] == "another"

    async def test_what_is_refused_ends_the_one_before(self, telegram: Telegram) -> None:
        await set_up(telegram)
        telegram.clock.shift(2)
        assert not (await telegram.call("setWebhook", {"url": "http://example.org"})).ok
        assert (await info(telegram))["url"] == ""

    async def test_it_is_changed_at_most_once_a_second(self, telegram: Telegram) -> None:
        await set_up(telegram)
        refused = await telegram.call("setWebhook", {"url": URL})
        assert refused.envelope == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        telegram.clock.shift(1)
        assert (await telegram.call("setWebhook", {"url": URL})).ok

    @pytest.mark.parametrize("drop", [True, False])
    @pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
    async def test_when_it_ends_the_rest_waits_for_polling_unless_it_is_dropped(
        self, telegram: Telegram, server: Server, olena: Person, method: str, drop: bool
    ) -> None:
        server.answering.clear()
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert (await telegram.call(method, {"drop_pending_updates": drop})).result is True
        server.answering.set()
        olena.send("and now?")
        updates = (await telegram.call("getUpdates")).result
        assert len(updates) == (1 if drop else 2)
        assert server.texts == ["hello"]


class TestOrder:
    async def test_one_chat_waits_for_its_answer_and_others_do_not(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        ivan = telegram.person("Ivan")
        server.answering.clear()
        await set_up(telegram)
        for text in ("O1", "O2"):
            message = olena.send(text)
            ivan.send(text.replace("O", "I"))
        olena.tap(message.id, "x", forged=True)
        await others()
        kinds = [list(update)[1] for _, _, update in server.requests]
        assert kinds == ["message", "message", "callback_query"]
        server.answering.set()
        await others()
        assert [update["message"]["text"] for _, _, update in server.requests[3:]] == ["O2", "I2"]

    async def test_members_of_a_group_do_not_wait_for_each_other(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        group = telegram.supergroup("Talks", olena)
        server.answering.clear()
        await set_up(telegram, allowed_updates=["my_chat_member", "chat_member"])
        group.promote_bot(by=olena)
        for name in ("Ivan", "Mia"):
            group.join(telegram.person(name))
        await others()
        assert [list(update)[1] for _, _, update in server.requests] == [
            "my_chat_member",
            "chat_member",
            "chat_member",
        ]

    async def test_no_more_go_out_than_there_are_connections(
        self, telegram: Telegram, server: Server
    ) -> None:
        server.answering.clear()
        await set_up(telegram, max_connections=2)
        for _ in range(3):
            telegram.person().send("hello")
        await others()
        assert len(server.requests) == 2
        server.answering.set()
        await others()
        assert len(server.requests) == 3


async def times(telegram: Telegram, server: Server, seconds: int) -> list[int]:
    """After how many seconds requests come, from now on."""
    came = []
    for second in range(1, seconds + 1):
        before = len(server.requests)
        telegram.clock.shift(1)
        await others()
        came += [second] * (len(server.requests) - before)
    return came


class TestRetries:
    async def test_at_once_and_then_ever_later(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.replies = [Reply(500)] * 6
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert len(server.requests) == 2
        assert await times(telegram, server, 31) == [2, 6, 14, 30]
        assert telegram.updates.pending
        assert await times(telegram, server, 60) == [31]
        assert not telegram.updates.pending

    async def test_a_pause_is_never_longer_than_two_minutes(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.replies = [Reply(500)] * 12
        await set_up(telegram)
        olena.send("hello")
        came = [0, *await times(telegram, server, 900)]
        assert all(later - sooner <= 120 for sooner, later in pairwise(came))
        assert len(server.requests) == 13

    async def test_the_bot_may_say_when(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.replies = [Reply(503, retry_after=7), Reply(503, retry_after=99999)]
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert await times(telegram, server, 8) == [7]
        telegram.clock.shift(3600)
        await others()
        assert len(server.requests) == 3

    async def test_what_follows_waits_with_it(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.replies = [Reply(500), Reply(500)]
        await set_up(telegram)
        olena.send("one")
        olena.send("two")
        await others()
        assert server.texts == ["one", "one"]
        await times(telegram, server, 2)
        assert server.texts == ["one", "one", "one", "two"]

    async def test_too_old_is_given_up(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.replies = [Reply(503, retry_after=200)]
        await set_up(telegram)
        olena.tap(olena.send("hello").id, "x", forged=True)
        await others()
        kinds = [list(update)[1] for _, _, update in server.requests]
        assert kinds == ["message", "callback_query"]
        server.replies = [Reply(503, retry_after=200)]
        olena.tap(1, "y", forged=True)
        await others()
        assert [update.kind for update in telegram.updates.pending] == ["message"]

    @pytest.mark.parametrize(
        ("reply", "problem"),
        [
            (Reply(502), "Wrong response from the webhook: 502"),
            (ConnectionRefusedError("Connection refused"), "Connection refused"),
        ],
    )
    async def test_the_last_failure_is_told(
        self,
        telegram: Telegram,
        server: Server,
        olena: Person,
        reply: Reply | OSError,
        problem: str,
    ) -> None:
        server.replies = [reply]
        await set_up(telegram)
        olena.send("hello")
        await others()
        told = await info(telegram)
        assert told["last_error_message"] == problem
        assert told["last_error_date"] == int(telegram.clock.now())
        assert server.texts == ["hello", "hello"]

    async def test_an_answer_is_awaited_for_a_minute(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.answering.clear()
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert await times(telegram, server, 61) == [60]
        assert (await info(telegram))["last_error_message"] == "Read timeout expired"


class TestMethodsInAnswers:
    async def test_one_is_carried_out(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        called = {"method": "sendMessage", "chat_id": olena.id, "text": "hello back"}
        server.replies = [Reply(200, json.dumps(called).encode())]
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert [message.text for message in olena.received] == ["hello back"]

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"OK",
            b"[]",
            b"{}",
            b'{"method": "getMe"}',
            b'{"method": "deleteWebhook"}',
            b'{"method": "logOut"}',
            b'{"method": "sendMessage"',
        ],
    )
    async def test_others_are_not(
        self, telegram: Telegram, server: Server, olena: Person, body: bytes
    ) -> None:
        server.replies = [Reply(200, body)]
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert [call.method for call in telegram.calls] == ["setWebhook"]

    async def test_its_failure_is_nobodys_business(
        self, telegram: Telegram, server: Server, olena: Person
    ) -> None:
        server.replies = [Reply(200, b'{"method": "sendMessage", "chat_id": 4711}')]
        await set_up(telegram)
        olena.send("hello")
        await others()
        assert telegram.calls[-1].params == {"chat_id": "4711"}
        assert telegram.updates.pending == ()


class TestOverTheNetwork:
    async def test_an_update_goes_out_and_a_method_comes_back(self) -> None:
        heads = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            body = b'{"method": "sendMessage", "chat_id": 100, "text": "hello back"}'
            status = b"HTTP/1.1 200 OK" if len(heads) > 1 else b"HTTP/1.1 503 No\r\nRetry-After: 1"
            head = (
                b"%s\r\nConnection: close\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n" % (status, len(body))
            )
            writer.write(head + body)
            await writer.drain()
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        telegram = Telegram(local=True)
        olena = telegram.person("Olena")
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            url = f"http://127.0.0.1:{port}/hook"
            await telegram.call("setWebhook", {"url": url, "secret_token": "s3cret"})
            olena.send("hello")
            await until(lambda: olena.received)
        await telegram.call("deleteWebhook")
        assert heads[1].startswith("POST /hook HTTP/1.1\r\n")
        assert "x-telegram-bot-api-secret-token: s3cret" in heads[1].lower()

    async def test_nobody_there_is_a_failure(self) -> None:
        telegram = Telegram(local=True)
        await telegram.call("setWebhook", {"url": "http://127.0.0.1:9/"})
        telegram.person().send("hello")
        async with asyncio.timeout(10):
            while "last_error_message" not in await info(telegram):
                await asyncio.sleep(0.01)
        await telegram.call("deleteWebhook")
        assert len(telegram.updates.pending) == 1
