"""Updates that are brought to the bot: Telegram's side of a webhook (WebhookActor.cpp).

- updates that belong together (`Update.queue`) go one after another, others at once, as far as
  there are connections;
- anything but a 2xx within 60 s is a failure: the update is sent again at once, then after 2,
  4, 8 ... s up to a minute or two, or when `Retry-After` says, and given up when it is too old;
- a call of a method in the answer's body is carried out, and nobody learns how that went.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.playground.backlog import Queue, Update
from bot.playground.clock import Clock
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Json
from bot.playground.forms import Parameters, read_parameters
from bot.playground.updates import Updates
from bot.playground.webhook_url import check_secret, checked_url

_MOST_CONNECTIONS = 100
_SECONDS_TO_ANSWER = 60.0
_LONGEST_PAUSE = 60, 120
_LONGEST_RETRY_AFTER = 3600
_NEVER_IN_A_BODY = ("setwebhook", "deletewebhook", "close", "logout")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot's server answers."""

    status: int
    body: bytes = b""
    retry_after: int = 0
    content_type: str = "application/json"
    reason: str = ""


Post = Callable[[str, Mapping[str, str], bytes], Awaitable[Reply]]
"""Sends headers and a body to a URL; an OSError means that there was no answer."""

Call = Callable[[str, Mapping[str, Json]], Awaitable[object]]


class Webhook:
    """`local` is the switch of that name of one's own Bot API server: any URL will do."""

    def __init__(
        self, updates: Updates, clock: Clock, call: Call, post: Post, *, local: bool
    ) -> None:
        self._updates = updates
        self._clock = clock
        self._call = call
        self._post = post
        self._local = local
        self._next_change = float("-inf")
        self._choice = "", "", 0  # the URL as it was told, the secret, the most connections
        self._target = ""
        self._headers: dict[str, str] = {}
        self._connections = asyncio.Semaphore(0)
        self._tasks: dict[Queue, asyncio.Task[None]] = {}
        self._last_error: dict[str, Json] = {}

    def set_webhook(
        self,
        url: str = "",
        max_connections: int = 40,
        allowed_updates: Json = None,
        drop_pending_updates: bool = False,
        secret_token: str = "",
    ) -> Json:
        """What changes nothing disturbs nothing; what is refused ends the webhook that was set."""
        if not url:
            return self.delete_webhook(drop_pending_updates)
        if self._clock.now() < self._next_change:
            raise ApiError(Rule.FLOOD, {"retry_after": 1}, seconds=1)
        self._next_change = self._clock.now() + 1
        choice = url, secret_token, max(1, min(max_connections, _MOST_CONNECTIONS))
        if choice != self._choice or drop_pending_updates:
            self.delete_webhook(drop_pending_updates)
            self._set(*choice)
        self._updates.want(allowed_updates)
        return True

    def delete_webhook(self, drop_pending_updates: bool = False) -> Json:
        for task in self._tasks.values():
            task.cancel()
        self._tasks, self._last_error = {}, {}
        self._choice = "", "", 0
        self._updates.give_to("", None)
        if drop_pending_updates:
            self._updates.clear()
        return True

    def get_webhook_info(self) -> Json:
        updates = self._updates
        info = {
            "url": updates.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending),
        }
        _, _, most = self._choice
        set_up = {"max_connections": most} if most else {}
        kinds = {"allowed_updates": updates.chosen_kinds} if updates.chosen_kinds else {}
        return info | set_up | self._last_error | kinds

    def _set(self, url: str, secret: str, most: int) -> None:
        self._target = checked_url(url, local=self._local)
        check_secret(secret)
        self._headers = {"Content-Type": "application/json"}
        if secret:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        self._connections = asyncio.Semaphore(most)
        self._choice = url, secret, most
        self._updates.give_to(url, self._carry)

    def _carry(self, queue: Queue) -> None:
        """Sees to it that the queue is being emptied."""
        if queue not in self._tasks:
            self._tasks[queue] = asyncio.create_task(self._empty(queue))

    async def _empty(self, queue: Queue) -> None:
        while update := self._updates.first(queue):
            await self._deliver(update)
            self._updates.forget(update)
        del self._tasks[queue]

    async def _deliver(self, update: Update) -> None:
        pause, failures = 1, 0
        while True:
            async with self._connections:
                reply = await self._send(update)
            if 200 <= reply.status < 300:
                await self._carry_out(reply)
                return
            wait = min(reply.retry_after, _LONGEST_RETRY_AFTER)
            if not wait and failures:
                wait = pause = min(pause * 2, random.randint(*_LONGEST_PAUSE))
            if self._clock.now() + wait > update.expires:
                return
            failures += 1
            if wait:
                await self._clock.sleep(wait)

    async def _send(self, update: Update) -> Reply:
        body = json.dumps(update.as_json()).encode()
        posting = asyncio.ensure_future(self._post(self._target, self._headers, body))
        try:
            reply = await self._clock.wait(posting, _SECONDS_TO_ANSWER)
            problem = "Read timeout expired"
        except OSError as error:
            reply, problem = None, str(error)
        finally:
            posting.cancel()
        if reply:
            status = f"{reply.status} {reply.reason}".rstrip()
            problem = f"Wrong response from the webhook: {status}"
        if not reply or not 200 <= reply.status < 300:
            date = int(self._clock.now())
            self._last_error = {"last_error_date": date, "last_error_message": problem}
        return reply or Reply(0)

    async def _carry_out(self, reply: Reply) -> None:
        """The body may be all that the body of a request may be."""
        called: Parameters = {}
        with suppress(ApiError):
            called = read_parameters(b"", reply.content_type, reply.body)
        method = str(called.pop("method", "")).lower()
        if method and not method.startswith("get") and method not in _NEVER_IN_A_BODY:
            await self._call(method, called)
