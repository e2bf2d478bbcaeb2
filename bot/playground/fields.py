"""Parameters and JSON objects as clients send them -> values of the right type, or a refusal.

A client may send JSON, or a form whose values are strings with JSON inside: both mean the same. The
Bot API reads a wrong number as 0 and a wrong boolean as false, and passes over what it does not
know; the double refuses all of that, because it is never what the bot meant.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.playground.errors import ApiError, Rule

Json = Any  # what json.loads gives: the one place where a type is not known beforehand
File = Any  # an Upload, or a string: the id of a file
Reader = Callable[[str, Json], Json]
T = TypeVar("T")

_INTEGER = re.compile("-?[0-9]{1,20}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a part of a form."""

    name: str
    content: bytes


# What Client.cpp calls a parameter when its JSON is broken; it keeps silent on the others.
_NAMES_OF_JSON = {
    "reply_markup": "reply keyboard markup",
    "reply_parameters": "reply parameters",
    "link_preview_options": "link preview options",
    "scope": "BotCommandScope",
    "reaction": "reaction types",
}


def readers(method: Callable[..., Any]) -> Mapping[str, Reader]:
    """One reader for each parameter in the method's signature: that is the whole specification."""
    by_type: dict[str, Reader]
    by_type = {
        "str": _string,
        "int": _integer,
        "bool": _boolean,
        "Json": _json,
        "File": _file,
    }
    parameters = inspect.signature(method).parameters.values()
    return {parameter.name: by_type[parameter.annotation] for parameter in parameters}


def arguments(
    known: Mapping[str, Reader], method: str, params: Mapping[str, Json]
) -> dict[str, Json]:
    """The parameters, read; what the method does not know is refused."""
    params = _in_todays_words(_attached(params))
    for name in params:
        if name not in known:
            raise ApiError(Rule.PARAMETER_UNKNOWN, name=name, method=method)
    return {name: known[name](name, value) for name, value in params.items()}


def _attached(params: Mapping[str, Json]) -> Mapping[str, Json]:
    """`attach://x` stands for the file in the part x."""
    files = {f"attach://{n}": value for n, value in params.items() if isinstance(value, Upload)}
    named = [value for value in params.values() if isinstance(value, str) and value in files]
    return {
        name: files[value] if value in named else value
        for name, value in params.items()
        if f"attach://{name}" not in named
    }


def _in_todays_words(params: Mapping[str, Json]) -> Mapping[str, Json]:
    """What clients said before Bot API 7.0, and some still do (Client get_reply_parameters)."""
    today = {name: value for name, value in params.items() if name not in _FORMER}
    former = {name: _FORMER[name](name, value) for name, value in params.items() if name in _FORMER}
    if former.get("disable_web_page_preview"):
        today.setdefault("link_preview_options", {"is_disabled": True})
    if replied := former.get("reply_to_message_id"):
        optional = former.get("allow_sending_without_reply", False)
        reply = {"message_id": replied, "allow_sending_without_reply": optional}
        today.setdefault("reply_parameters", reply)
    return today


def _file(name: str, value: Json) -> File:
    """An upload, or the id of a file that Telegram has."""
    return value if isinstance(value, Upload) else _string(name, value)


def _string(name: str, value: Json) -> str:
    return _checked(name, value, as_string(value), "String")


def _integer(name: str, value: Json) -> int:
    return _checked(name, value, as_integer(value), "Number")


def _boolean(name: str, value: Json) -> bool:
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return _checked(name, value, known.get(str(value).strip().lower()), "Boolean")


def _checked(name: str, value: Json, read: T | None, kind: str) -> T:
    if read is None:
        raise ApiError(Rule.PARAMETER_TYPE, name=name, type=kind)
    return read


def _json(name: str, value: Json) -> Json:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value or "null")
    except (ValueError, RecursionError):
        raise ApiError(Rule.JSON_BROKEN, what=_NAMES_OF_JSON.get(name, name)) from None


_FORMER: Mapping[str, Reader] = {
    "disable_web_page_preview": _boolean,
    "reply_to_message_id": _integer,
    "allow_sending_without_reply": _boolean,
}


def as_string(value: Json) -> str | None:
    """A string, or a number as one: td takes either for the other."""
    if type(value) not in (str, int, float):
        return None
    if _LONE_SURROGATE.search(text := str(value)):
        raise ApiError(Rule.TEXT_ENCODING)
    return text


def as_integer(value: Json) -> int | None:
    """Python takes more for a number in a string than Telegram does: `1_000`, other digits."""
    if type(value) is str and _INTEGER.fullmatch(value):
        return int(value)
    return value if type(value) is int else None


def _as_boolean(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None


def _as_array(value: Json) -> list[Json] | None:
    return value if isinstance(value, list) else None


def as_items(value: Json, what: str) -> list[Json]:
    """A parameter that is a list, and may be missing."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ApiError(Rule.ARRAY_EXPECTED, what=what)
    return value


class Fields:
    """A JSON object, read field by field; `known` are all it may have."""

    def __init__(self, value: Json, known: Collection[str], otherwise: ApiError) -> None:
        if not isinstance(value, dict):
            raise otherwise
        for name in value:
            if name not in known:
                raise ApiError(Rule.FIELD_UNKNOWN, name=name)
        self._fields = value

    def string(self, name: str, default: str | None = None) -> str:
        return self._read(name, as_string, "String", default)

    def integer(self, name: str, default: int | None = None) -> int:
        return self._read(name, as_integer, "Number", default)

    def boolean(self, name: str) -> bool:
        return self._read(name, _as_boolean, "Boolean", False)

    def array(self, name: str) -> list[Json]:
        return self._read(name, _as_array, "Array", [])

    def _read(self, name: str, read: Callable[[Json], T | None], kind: str, default: T | None) -> T:
        if name in self._fields:
            value = read(self._fields[name])
            if value is None:
                raise ApiError(Rule.FIELD_TYPE, name=name, type=kind)
            return value
        if default is None:
            raise ApiError(Rule.FIELD_MISSING, name=name)
        return default
