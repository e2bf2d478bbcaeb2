"""What is spoken over HTTP: Telegram's webhook, and what an operator's tools ask.

    POST /telegram   updates, with the secret that Telegram was told
    GET  /healthz    200 while the event loop turns
    GET  /readyz     200 if updates are taken and answered; else 503, and why
    GET  /metrics    for Prometheus; with METRICS_TOKEN, else only from this very machine

The order at the webhook matters: the secret first, before any of the body is read; then what the
head tells of the body; then the body, so much of it and so long; then whether it is an update.
Telegram brings an update again after anything but a 2xx, and what is behind it in its chat waits,
so whatever is an object with an update's id is taken. No answer is a redirect, or 410, which would
have Telegram give the webhook up; none has a body, which it would read as a call of a method.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.metrics import Metrics
from bot.promised import is_update
from bot.strict_json import read_object

logger = logging.getLogger(__name__)

SECRET_HEADER = b"x-telegram-bot-api-secret-token"

MOST_BYTES = 1 << 20
"""Of a body. 4,096 emoji, escaped in JSON at 12 bytes each, are 48 KiB."""

BODY_TIME = 10.0
"""Seconds for a body to come."""

LINGER_TIME, LINGER_BYTES = 1.0, 8 << 20
"""For how long, and up to what size, the rest of a request is taken in that is refused."""

LONGEST_BUSY = 30
"""Seconds until Telegram is to come again, at most, when no update can be taken."""

Accept = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


class Refused(Exception):  # noqa: N818
    """The request gets `status`, and counts under `reason`."""

    def __init__(self, status: HTTPStatus, reason: str, *, read: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        # What was not read of the body would be read as the next request.
        self.headers = {} if read else {"Connection": "close"}


class Parting(Response):
    """An answer that may come before the request has. What then still comes of that is thrown away
    for a moment: a connection that closes on it takes the answer along (RFC 9112, 9.6)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        await send({"type": "http.response.body", "more_body": True})
        size, more = 0, True
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_TIME):
                while more and size < LINGER_BYTES:
                    message = await receive()
                    size += len(message.get("body", b""))
                    more = message.get("more_body", False)
        await send({"type": "http.response.body"})


class Web:
    """`accept` stores updates, or raises one of `refusals`, whose `retry_after` says in how many
    seconds to come again. `hindrances` says why the bot is not ready, if it is not. `refresh`
    brings the metrics up to date."""

    def __init__(
        self,
        *,
        metrics: Metrics,
        hindrances: Callable[[], Sequence[str]],
        accept: Accept,
        refusals: tuple[type[Exception], ...],
        refresh: Callable[[], Awaitable[None]],
        secret: str = "",
        metrics_token: str = "",
    ) -> None:
        self._metrics = metrics
        self._hindrances = hindrances
        self._accept = accept
        self._refusals = refusals
        self._refresh = refresh
        self._secret = secret.encode()
        self._metrics_token = metrics_token.encode()

    def app(self) -> Starlette:
        """With no secret, there is no webhook."""
        routes = [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._text_of_metrics),
        ]
        if self._secret:
            routes.append(Route("/telegram", self._telegram, methods=["POST"]))
        app = Starlette(
            routes=routes, exception_handlers={HTTPException: _bare, Refused: self._refused}
        )
        app.router.redirect_slashes = False
        return app

    async def _healthz(self, _: Request) -> Response:
        return Response()

    async def _readyz(self, _: Request) -> Response:
        hindrances = self._hindrances()
        status = HTTPStatus.SERVICE_UNAVAILABLE if hindrances else HTTPStatus.OK
        return Response("\n".join(hindrances), status, media_type="text/plain")

    async def _text_of_metrics(self, request: Request) -> Response:
        if not self._may_see_metrics(request):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        await self._refresh()
        return Response(self._metrics.text(), media_type="text/plain; version=0.0.4")

    def _may_see_metrics(self, request: Request) -> bool:
        if self._metrics_token:
            given = _header(request, b"authorization")
            return _is_secret(given, b"Bearer " + self._metrics_token)
        return _is_from_here(request)

    async def _telegram(self, request: Request) -> Response:
        if not _is_secret(_header(request, SECRET_HEADER), self._secret):
            raise Refused(HTTPStatus.UNAUTHORIZED, "secret")
        _check_head(request)
        body = await _body(request)
        update = _update(body)
        try:
            await self._accept([update])
        except self._refusals as refusal:
            self._metrics.webhook_rejected.labels("busy").inc()
            wait = min(max(int(getattr(refusal, "retry_after", 1)), 1), LONGEST_BUSY)
            return Response(
                status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(wait)}
            )
        return Response()

    async def _refused(self, _: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused)
        self._metrics.webhook_rejected.labels(refused.reason).inc()
        logger.warning("a request to the webhook is refused: %s", refused.reason)
        return Parting(status_code=refused.status, headers=refused.headers)


def _is_secret(given: bytes, secret: bytes) -> bool:
    """In the same time, wherever they differ. As bytes: of text it takes ASCII only."""
    return hmac.compare_digest(given, secret)


def _header(request: Request, name: bytes) -> bytes:
    """A header that has come twice is none of the two."""
    return b",".join(value for key, value in request.headers.raw if key == name)


def _is_from_here(request: Request) -> bool:
    """Did the request start on this machine? One that a proxy on it has passed on did not."""
    passed_on = {"forwarded", "via", "x-forwarded-for", "x-real-ip"} & set(request.headers)
    return bool(
        not passed_on and request.client and ipaddress.ip_address(request.client.host).is_loopback
    )


def _check_head(request: Request) -> None:
    """What can be told without the body. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind.strip().lower() != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "type")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "encoding")
    if int(request.headers.get("content-length", 0)) > MOST_BYTES:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIME):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
    except TimeoutError:
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, "time") from None
    except ClientDisconnect:
        raise Refused(HTTPStatus.BAD_REQUEST, "cut") from None
    return bytes(body)


def _update(body: bytes) -> dict[str, Any]:
    """The update that the body is. Raises Refused."""
    try:
        update = read_object(body)
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, "body", read=True) from None
    if not is_update(update):
        raise Refused(HTTPStatus.BAD_REQUEST, "update_id", read=True)
    return update


async def _bare(_: Request, error: Exception) -> Response:
    """404 and 405, without a word."""
    assert isinstance(error, HTTPException)
    return Response(status_code=error.status_code, headers=error.headers)
