"""The strings behind the stage, over HTTP: for tests whose double runs in another process.

POST   /playground/faults  scripts a `Script`; DELETE takes back what is still to come
GET    /playground/calls   the log of calls; DELETE empties it
POST   /playground/clock   {"shift": seconds} moves Telegram's time on; GET tells it
POST   /playground/flood   {"on": true} holds the bot to Telegram's limits
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.playground.answers import Ending, refusing
from bot.playground.faults import ANY, Fault
from bot.playground.fields import Json, Upload
from bot.playground.telegram import Telegram


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Script(_Strict):
    """A fault for the next `times` calls of the method, or of any.

    With a `status` they are not carried out, without one only their answers suffer.
    """

    method: str = ANY
    times: Annotated[int, Field(ge=1)] = 1
    status: Annotated[int, Field(ge=200, le=599)] = 0
    description: str = ""
    parameters: Mapping[str, int] = {}
    html: str = ""
    delay: Annotated[float, Field(ge=0)] = 0.0
    ending: Ending = Ending.WHOLE

    def as_fault(self) -> Fault:
        if not self.status:
            return Fault(None, self.delay, self.ending)
        body = self.html.encode() or None
        answer = refusing(self.status, self.description, self.parameters, body)
        return Fault(answer, self.delay, self.ending)


class _Shift(_Strict):
    shift: Annotated[float, Field(ge=0)]


class _Switch(_Strict):
    on: bool


def build_control(telegram: Telegram) -> list[BaseRoute]:
    """What pydantic's models refuse is left to the application to tell."""

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            telegram.faults.clear()
            return _told(True)
        script = Script.model_validate_json(await request.body())
        telegram.faults.script(script.method, script.as_fault(), script.times)
        return _told(True)

    async def calls(request: Request) -> Response:
        if request.method == "DELETE":
            telegram.calls.clear()
        return _told([call._asdict() for call in telegram.calls])

    async def clock(request: Request) -> Response:
        if request.method == "POST":
            telegram.clock.shift(_Shift.model_validate_json(await request.body()).shift)
        return _told(telegram.clock.now())

    async def flood(request: Request) -> Response:
        telegram.flood.on = _Switch.model_validate_json(await request.body()).on
        return _told(telegram.flood.on)

    return [
        Route("/playground/faults", faults, methods=["POST", "DELETE"]),
        Route("/playground/calls", calls, methods=["GET", "DELETE"]),
        Route("/playground/clock", clock, methods=["GET", "POST"]),
        Route("/playground/flood", flood, methods=["POST"]),
    ]


def _told(result: Json) -> Response:
    body = json.dumps({"ok": True, "result": result}, default=_as_json)
    return Response(body, media_type="application/json")


def _as_json(upload: Upload) -> Json:
    return {"name": upload.name, "bytes": len(upload.content)}
