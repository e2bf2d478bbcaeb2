"""python-telegram-bot's transport over aiohttp: its own, httpx, is most of what an update costs.

It tells apart the two ways in which a request fails, because a send that is repeated may be a
second message:

- NetworkError: Telegram has not got it, no connection came about; or it answered, and declined;
- TimedOut: it may have got it, but its answer did not come, or not whole, or cannot be read.

What Telegram answers is trusted as little as anything else from outside: whatever the body of a
refusal is, PTB is given one that it can read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_TIME = 5.0
READ_TIME = 10.0
"""Seconds, as PTB counts them: to a connection; to the answer, on top of a long poll's own time."""

LONGEST_WAIT = 3600
"""Seconds that a chat is left alone at most, whatever Telegram's answer asks for."""

STATUSES = frozenset(HTTPStatus)

Observe = Callable[[str, str], None]
"""Told of each request: the Bot API's method, and the status that came or why none did."""


class AiohttpRequest(BaseRequest):
    """`connections` is how many requests go at the same time; more wait for their turn."""

    def __init__(self, connections: int, observe: Observe = lambda method, code: None) -> None:
        self._connections = connections
        self._observe = observe
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_TIME

    async def initialize(self) -> None:
        """Nothing: the session opens with the first request. PTB does not shut down what was
        stopped in the midst of its initialising."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Waiting for a free connection has no limit: whoever sends has one."""
        if self._session is None:
            self._session = self._opened()
        timeout = aiohttp.ClientTimeout(
            sock_connect=_or(connect_timeout, CONNECT_TIME),
            sock_read=_or(read_timeout, READ_TIME),
        )
        called = url.rpartition("/")[2] if method == "POST" else "download"
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                body = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            self._observe(called, "unreached")
            raise NetworkError(f"no connection: {type(error).__name__}") from error
        except (aiohttp.ClientError, OSError) as error:
            self._observe(called, "lost")
            raise TimedOut(f"no whole answer: {type(error).__name__}") from error
        self._observe(called, _code(response.status))
        if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
            return response.status, body
        return response.status, _refusal(response.status, response.headers, body)

    def _opened(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's answer. Unlike PTB's own, it does not log one that cannot be read."""
        answer = _object(payload)
        # What `_refusal` makes is not ok and has no result.
        if "result" not in answer or not (answer.get("ok") is True or answer["result"] is None):
            raise TimedOut("an answer that cannot be read")
        return answer


def _or(timeout: Any, default: float) -> float | None:
    return default if timeout is BaseRequest.DEFAULT_NONE else timeout


def _body(data: RequestData | None) -> aiohttp.FormData | None:
    if data is None:
        return None
    form = aiohttp.FormData(data.json_parameters, default_to_multipart=data.contains_files)
    for name, (title, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=title, content_type=kind)
    return form


def _code(status: int) -> str:
    return str(status) if status in STATUSES else "odd"


def _object(payload: bytes) -> dict[str, Any]:
    """The JSON object that the payload is; an empty one if it is anything else."""
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(status: int, headers: Mapping[str, str], payload: bytes) -> bytes:
    """What PTB reads of an answer that is no 2xx: a description, and the parameter that belongs to
    such a status, if any."""
    told = _object(payload)
    parameters = told.get("parameters")
    known = parameters if isinstance(parameters, dict) else {}
    answer: dict[str, Any] = {"ok": False, "result": None}
    if isinstance(description := told.get("description"), str):
        answer["description"] = description
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = known.get("retry_after", headers.get("Retry-After"))
        answer["parameters"] = {"retry_after": seconds_to_wait(wait)}
    elif status == HTTPStatus.BAD_REQUEST and isinstance(known.get("migrate_to_chat_id"), int):
        answer["parameters"] = {"migrate_to_chat_id": known["migrate_to_chat_id"]}
    return json.dumps(answer).encode()


def seconds_to_wait(told: Any) -> int:
    """Seconds, 1 to an hour, whatever was told."""
    try:
        return min(max(math.ceil(float(told)), 1), LONGEST_WAIT)
    except (TypeError, ValueError):
        return 1
    except OverflowError:
        return LONGEST_WAIT
