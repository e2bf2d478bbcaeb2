"""The Bot API as routes: requests as any client sends them, answers as Telegram's.

The server has to tell each request the connection that it came by, as `state.connection`
(`server.py` does): an answer can be scripted to be cut.
"""

from __future__ import annotations

import asyncio

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.playground.answers import Answer, Ending, refusing
from bot.playground.errors import ApiError, Rule
from bot.playground.forms import Parameters, read_parameters
from bot.playground.telegram import Telegram

_MOST_BYTES = 50 << 20  # core.telegram.org/bots/api#sending-files
_NOT_FOUND = refusing(404, "Not Found")
_FAILED = refusing(500, "Internal Server Error")


def build_app(*routes: BaseRoute) -> Starlette:
    """What is on no route is not found, in whatever way it is asked for.

    A route may read what it is told with pydantic, and let its errors through.
    """
    handlers = {
        404: _not_found,
        405: _not_found,
        500: _failed,
        ValidationError: _misread,
        ClientDisconnect: _left,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return app


def problems(error: ValidationError) -> str:
    """What pydantic found, in a line."""
    found = (([*map(str, problem["loc"])], problem["msg"]) for problem in error.errors())
    return "; ".join(f"{'.'.join(place)}: {what}" if place else what for place, what in found)


def build_api(telegram: Telegram) -> list[BaseRoute]:
    """/bot<token>/<method> and /file/bot<token>/<path>."""

    async def call(request: Request) -> Response:
        try:
            params = await _read(request)
        except ApiError as error:
            return _Response(refusing(error.status, error.description))
        method = request.path_params["method"] or str(params.pop("method", ""))
        answering = _answer(telegram, method, params, request.path_params["token"])
        answer = await _while_connected(request, asyncio.ensure_future(answering))
        return _Response(answer) if answer else Response()

    async def download(request: Request) -> Response:
        path, token = request.path_params["path"], request.path_params["token"]
        content = telegram.download(path, token=token)
        return _Response(_NOT_FOUND) if content is None else Response(content)

    calls = Route("/bot{token}/{method:path}", call, methods=["GET", "POST"])
    calls.methods = {"GET", "POST"}  # without the HEAD that comes with GET
    return [calls, Route("/file/bot{token}/{path:path}", download)]


class _Response(Response):
    """An answer, as far as it is to come."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.content, answer.status, media_type=answer.media_type)
        if answer.retry_after:
            self.headers["Retry-After"] = str(answer.retry_after)
        self._ending = answer.ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._ending is Ending.WHOLE:
            await super().__call__(scope, receive, send)
            return
        if self._ending is Ending.CUT:
            head = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **head})
            half = bytes(self.body)[: len(self.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["state"]["connection"].close()
        await receive()  # which says that the connection is closed


async def _read(request: Request) -> Parameters:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise ApiError(Rule.BODY_LONG)
    content_type = request.headers.get("Content-Type", "")
    return read_parameters(request.scope["query_string"], content_type, bytes(body))


async def _answer(telegram: Telegram, method: str, params: Parameters, token: str) -> Answer:
    answer = await telegram.call(method, params, token=token)
    if answer.delay:
        await telegram.clock.sleep(answer.delay)
    return answer


async def _while_connected(request: Request, answering: asyncio.Task[Answer]) -> Answer | None:
    """The answer, unless its client goes away before: then what waits is called off.

    That is the one thing that ASGI has to tell of a request which has been read.
    """
    leaving = asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        return answering.result() if answering.done() else None
    finally:
        answering.cancel()
        leaving.cancel()


async def _not_found(request: Request, error: Exception) -> Response:
    return _Response(_NOT_FOUND)


async def _misread(request: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError), "what it is registered for"
    return _Response(refusing(400, f"Bad Request: {problems(error)}"))


async def _left(request: Request, error: Exception) -> Response:
    """Nobody is there to read it."""
    return Response()


async def _failed(request: Request, error: Exception) -> Response:
    return _Response(_FAILED)
