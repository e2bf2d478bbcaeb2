"""What goes back over the wire, and what came over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from bot.playground.fields import Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire. A `late` one comes after the client gave up waiting."""

    status: int
    envelope: Json
    body: bytes | None = None
    late: bool = False

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
