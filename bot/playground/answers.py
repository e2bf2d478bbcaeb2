"""What goes back over the wire, and what came over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple

from bot.playground.fields import Json


class Ending(Enum):
    """How far an answer comes before the connection is closed."""

    WHOLE = "whole"
    CUT = "cut"  # in the middle of its body
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire, `delay` seconds late; a `body` stands for a proxy's HTML."""

    status: int
    envelope: Json
    body: bytes | None = None
    delay: float = 0.0
    ending: Ending = Ending.WHOLE

    @property
    def ok(self) -> bool:
        return self.status == HTTPStatus.OK

    @property
    def result(self) -> Json:
        return self.envelope["result"]

    @property
    def description(self) -> str:
        return str(self.envelope.get("description", ""))

    @property
    def retry_after(self) -> int:
        """Seconds, 0 if it says nothing of that."""
        return int(self.envelope.get("parameters", {}).get("retry_after", 0))

    @property
    def media_type(self) -> str:
        return "application/json" if self.body is None else "text/html"

    @property
    def content(self) -> bytes:
        return json.dumps(self.envelope).encode() if self.body is None else self.body


class Call(NamedTuple):
    """A request as it came, its parameters read as far as they could be."""

    method: str
    params: Mapping[str, Json]
    time: float


def refusing(
    status: int,
    description: str,
    parameters: Mapping[str, Json] | None = None,
    body: bytes | None = None,
) -> Answer:
    told = {"ok": False, "error_code": status, "description": description}
    return Answer(status, told | ({"parameters": dict(parameters)} if parameters else {}), body)
