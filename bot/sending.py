"""Every request to Telegram on its way out, and what is done about each way in which one fails.

| Telegram says | what is done |
|---|---|
| 429 | that chat waits; whoever sends has to come again |
| the group has become a supergroup | sent there |
| can't parse entities | sent once more as plain text |
| the message replied to is gone | sent without being a reply |
| too long | sent in parts |
| not modified | nothing: it is as it should be |
| blocked, kicked, no such chat, no rights, topic closed | Forbidden, for good; told once an hour |
| an answer that is not what the method promises | nobody knows what became of it: TimedOut |
| anything else | raised as it is |
"""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import timedelta
from html import unescape
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter

from bot.markup import plain
from bot.metrics import Metrics
from bot.pacing import PATIENCE, Chat, Pacing
from bot.parts import parts, without_tags
from bot.promised import is_promised
from bot.spacing import Spacing

logger = logging.getLogger(__name__)

Result = Any
"""What the Bot API gave back: an object, a list, or true."""

Data = Mapping[str, Any]
Call = Callable[[Data], Awaitable[Result]]

AN_HOUR = 3600.0

UNREACHABLE = {
    "chat not found": "no chat",
    "peer_id_invalid": "no chat",
    "group chat was deactivated": "no chat",
    "not enough rights": "no rights",
    "have no rights": "no rights",
    "need administrator rights": "no rights",
    "chat_write_forbidden": "no rights",
    "chat_restricted": "no rights",
    "topic_closed": "no topic",
    "topic_deleted": "no topic",
    "message thread not found": "no topic",
}
"""What a BadRequest says when it is about the chat and not about the message, and how it counts."""

NOT_MODIFIED = "message is not modified"
TOO_LONG = "message is too long", "text is too long"


class Sending(BaseRateLimiter[None]):
    """PTB's seam for this: it is handed every request but getUpdates."""

    def __init__(self, pacing: Pacing, metrics: Metrics, clock: Callable[[], float]) -> None:
        self._pacing = pacing
        self._metrics = metrics
        self._clock = clock
        self._warned = Spacing(AN_HOUR)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Result:
        async def call(data: Data) -> Result:
            result = await callback(endpoint, data, **kwargs)
            if not is_promised(endpoint, result):
                raise TimedOut("an answer that is not what was promised")
            return result

        if endpoint.startswith("send"):
            return await self._deliver(call, data)
        return await self._try(call, data)

    async def _deliver(self, call: Call, data: Data, *, patience: float = PATIENCE) -> Result:
        """Sends a message, in another form if it has to be. What Telegram refused was no message,
        so another form needs no other turn."""
        try:
            await self._pacing.turn(data["chat_id"], patience=patience)
        except RetryAfter:
            self._metrics.rate_limited.labels("pacing").inc()
            raise
        try:
            return await self._send(call, data, len(OTHER_FORMS))
        except BadRequest as error:
            several = _in_parts(data) if _says(error, *TOO_LONG) else []
            if len(several) < 2:
                raise
        finally:
            self._pacing.done(data["chat_id"])
        return await self._deliver_all(call, several)

    async def _send(self, call: Call, data: Data, other_forms: int) -> Result:
        try:
            return await self._try(call, data)
        except (BadRequest, ChatMigrated) as error:
            if not other_forms:
                raise
            other = self._otherwise(error, data)
        return await self._send(call, other, other_forms - 1)

    async def _deliver_all(self, call: Call, several: Sequence[Data]) -> Result:
        """Sends the parts of a message. A part that gave up its turn would have all of them sent
        again, so they wait."""
        self._metrics.sent_otherwise.labels("in parts").inc()
        for data in several:
            result = await self._deliver(call, data, patience=math.inf)
        return result

    async def _try(self, call: Call, data: Data) -> Result:
        """Makes the request. Whatever it is about a chat itself comes as Forbidden."""
        try:
            return await call(data)
        except RetryAfter as error:
            self._paused(data.get("chat_id"), error.retry_after)
            raise
        except Forbidden:
            self._unreachable(data.get("chat_id"), "forbidden")
            raise
        except BadRequest as error:
            if _says(error, NOT_MODIFIED):
                return True
            for words, reason in UNREACHABLE.items():
                if _says(error, words):
                    self._unreachable(data.get("chat_id"), reason)
                    raise Forbidden(str(error)) from None
            raise

    def _otherwise(self, error: BadRequest | ChatMigrated, data: Data) -> Data:
        """The message in the form in which Telegram may take it. Raises the error if there is no
        other."""
        for words, (form, changed) in OTHER_FORMS.items():
            if _says(error, words) and (other := changed(error, data)) != data:
                self._metrics.sent_otherwise.labels(form).inc()
                return other
        raise error

    def _paused(self, chat: Chat | None, wait: int | timedelta) -> None:
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
        self._metrics.retry_after.observe(seconds)
        self._metrics.rate_limited.labels("telegram").inc()
        if chat is not None:
            self._pacing.pause(chat, seconds)

    def _unreachable(self, chat: Chat | None, reason: str) -> None:
        self._metrics.unreachable.labels(reason).inc()
        if chat is not None and self._warned.allow(chat, self._clock()):
            logger.warning("a chat takes no messages (%s); not told again for an hour", reason)


def _says(error: TelegramError, *words: str) -> bool:
    told = str(error).lower()
    return any(word in told for word in words)


def _unmarked(_: TelegramError, data: Data) -> Data:
    """As plain text: nothing in it can be misread."""
    texts = {name: without_tags(data[name]) for name in ("text", "caption") if name in data}
    return {name: value for name, value in data.items() if name != "parse_mode"} | texts


def _no_reply(_: TelegramError, data: Data) -> Data:
    """As no reply, unless it makes sense only as one."""
    if data["reply_parameters"].allow_sending_without_reply is False:
        return data
    return {name: value for name, value in data.items() if name != "reply_parameters"}


def _to_supergroup(error: TelegramError, data: Data) -> Data:
    assert isinstance(error, ChatMigrated)
    return {**data, "chat_id": error.new_chat_id}


OTHER_FORMS: Mapping[str, tuple[str, Callable[[TelegramError, Data], Data]]] = {
    "can't parse entities": ("plain", _unmarked),
    "message to be replied not found": ("no reply", _no_reply),
    "group migrated to supergroup": ("migrated", _to_supergroup),
}
"""What an error says, how the other form counts, and what that is. The last words are PTB's."""


def _in_parts(data: Data) -> list[dict[str, Any]]:
    """The message in several: the first one is the reply, the last one has the buttons."""
    text = data.get("text", "")
    if data.get("parse_mode"):
        texts = parts(text)
    else:
        texts = [unescape(part) for part in parts(plain(text))]
    several = [{**data, "text": part} for part in texts]
    for part in several[1:]:
        part.pop("reply_parameters", None)
    for part in several[:-1]:
        part.pop("reply_markup", None)
    return several
