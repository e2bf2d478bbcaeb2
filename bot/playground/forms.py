"""What an HTTP request says -> parameters (td's HttpReader.cpp, of which the limits are, too).

A client may use the query string, a urlencoded or multipart form, or JSON, and more than one at
once; what it says first counts. A broken JSON body is passed over by Telegram, and refused here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
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
        yield _read_part(HeaderParser().parsestr(_decoded(head).lstrip()), content)


def _read_part(headers: Message, content: bytes) -> tuple[str, Json]:
    name = headers.get_param("name", header="content-disposition")
    if not isinstance(name, str) or not name:
        raise ApiError(Rule.FORM_NAME)
    title = headers.get_filename()
    return name, _decoded(content) if title is None else Upload(title, content)


def _boundary(content_type: str) -> bytes:
    headers = Message()
    headers["Content-Type"] = content_type
    boundary = headers.get_boundary()
    if not boundary or len(boundary) > _LONGEST_BOUNDARY:
        raise ApiError(Rule.FORM_BOUNDARY)
    return boundary.encode("utf-8", "surrogateescape")


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
