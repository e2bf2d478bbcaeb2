"""What an HTTP request says -> parameters (td's HttpReader.cpp, of which the limits are, too).

A client may use the query string, a urlencoded or multipart form, or JSON, and more than one at
once; what it says first counts. A broken JSON body is passed over by Telegram, and refused here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl

from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Json, Upload

Parameters = dict[str, Json]

_MOST_BYTES = 1 << 20  # of all parameters that are no files
_LONGEST_BOUNDARY = 70


def read_parameters(query: bytes, content_type: str, body: bytes) -> Parameters:
    """Raises ApiError; text in any other encoding than UTF-8 is kept for the methods to refuse."""
    said = [*_read_urlencoded(query), *_read_body(content_type, body)]
    if sum(len(value) for _, value in said if isinstance(value, str)) > _MOST_BYTES:
        raise ApiError(Rule.PARAMETERS_LONG)
    return dict(reversed(said))


def _read_body(content_type: str, body: bytes) -> Iterator[tuple[str, Json]]:
    kind = content_type.lower()
    if "multipart/form-data" in kind:
        return _read_multipart(_boundary(content_type), body)
    if "application/x-www-form-urlencoded" in kind:
        return _read_urlencoded(body)
    if "application/json" in kind:
        return _read_json(body)
    return iter(())


def _read_urlencoded(form: bytes) -> Iterator[tuple[str, Json]]:
    text = _decoded(form)
    yield from parse_qsl(text, keep_blank_values=True, errors="surrogateescape")


def _read_json(body: bytes) -> Iterator[tuple[str, Json]]:
    try:
        said = json.loads(_decoded(body)) if body.strip() else {}
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise ApiError(Rule.BODY_JSON)
    yield from said.items()


def _read_multipart(boundary: bytes, body: bytes) -> Iterator[tuple[str, Json]]:
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    for number, part in enumerate(parts, 1):
        if part.startswith(b"--"):
            return
        head, end, content = part.partition(b"\r\n\r\n")
        if not end or number == len(parts):
            raise ApiError(Rule.FORM_BROKEN)
        yield _read_part(_decoded(head), content)


def _read_part(head: str, content: bytes) -> tuple[str, Json]:
    lines = [line.partition(":") for line in head.split("\r\n")]
    headers = {field.strip().lower(): _options(told) for field, _, told in lines}
    options = headers.get("content-disposition", {})
    name, title = options.get("name"), options.get("filename")
    if not name:
        raise ApiError(Rule.FORM_NAME)
    return name, _decoded(content) if title is None else Upload(title, content)


def _boundary(content_type: str) -> bytes:
    boundary = _options(content_type).get("boundary", "")
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise ApiError(Rule.FORM_BOUNDARY)
    return boundary.encode()


def _options(told: str) -> dict[str, str]:
    """What follows in a header: `; name="a"`. Like td, it takes any semicolon for the next one."""
    pairs = (option.partition("=") for option in told.split(";")[1:])
    return {
        name.strip(): value.strip().removeprefix('"').removesuffix('"') for name, _, value in pairs
    }


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
