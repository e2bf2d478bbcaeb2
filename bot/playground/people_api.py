"""The people's side over HTTP: for the page in the browser, and for scripts.

    POST /people/<act>     a JSON object with the arguments of a method of Acts -> what came of it
    GET  /people/<look>    the arguments of a method of Looks in the query -> what is seen
    GET  /people/events    server-sent events: first all there is, then whatever changes

What cannot be done answers 4xx and {"error": a sentence}.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus

from pydantic import ValidationError, validate_call
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from bot.playground.acts import Acts, Looks
from bot.playground.api import problems
from bot.playground.changes import Change
from bot.playground.fields import Json
from bot.playground.sights import change_as_json, state
from bot.playground.telegram import Telegram

Method = Callable[..., Json]


def people_routes(telegram: Telegram) -> Mount:
    acts, looks = _methods(Acts(telegram)), _methods(Looks(telegram))

    async def act(request: Request) -> Response:
        arguments = _parsed(await request.body())
        return _answer(acts, request.path_params["name"], arguments)

    async def look(request: Request) -> Response:
        return _answer(looks, request.path_params["name"], request.query_params)

    async def events(_: Request) -> Response:
        return StreamingResponse(_events(telegram), media_type="text/event-stream")

    return Mount(
        "/people",
        routes=[
            Route("/events", events, methods=["GET"]),
            Route("/{name}", look, methods=["GET"]),
            Route("/{name}", act, methods=["POST"]),
        ],
    )


def _methods(of: object) -> Mapping[str, Method]:
    names = (name for name in dir(of) if not name.startswith("_"))
    return {name: validate_call(getattr(of, name)) for name in names}


def _answer(methods: Mapping[str, Method], name: str, arguments: Json) -> Response:
    if name not in methods:
        return _wrong(f"there is no {name!r} here, only {', '.join(methods)}", HTTPStatus.NOT_FOUND)
    if not isinstance(arguments, Mapping):
        return _wrong("the body must be a JSON object")
    try:
        return JSONResponse(methods[name](**arguments))
    except ValidationError as error:
        return _wrong(problems(error))
    except (LookupError, ValueError) as error:
        return _wrong(str(error))


def _wrong(sentence: str, status: int = HTTPStatus.BAD_REQUEST) -> Response:
    return JSONResponse({"error": sentence}, status)


def _parsed(body: bytes) -> Json:
    try:
        return json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return None


async def _events(telegram: Telegram) -> AsyncIterator[str]:
    with telegram.changes.watched() as changes:
        change = Change("state", state(telegram))
        while True:
            # No line breaks in JSON, so one line holds it.
            yield f"data: {json.dumps(change_as_json(change))}\n\n"
            change = await changes.get()
