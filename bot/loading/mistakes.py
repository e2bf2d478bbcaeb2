"""What pydantic finds wrong with the shape of a file, in plain words, for a reader who knows the
file and no Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.loading.shape import (
    ID,
    PATTERNS,
    CorrectionShape,
    EntryShape,
    FileShape,
    QuoteShape,
    SourceShape,
    TopicShape,
    TranslationShape,
)
from bot.loading.tree import KEY, Document, Path

_MAPS: dict[str | int, type[BaseModel]] = {
    "sources": SourceShape,
    "quotes": QuoteShape,
    "corrected": CorrectionShape,
    "topics": TopicShape,
    "entries": EntryShape,
    "uk": TranslationShape,
    "ru": TranslationShape,
}
_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is no known key; {known}",
    "string_too_short": "is empty; write a text",
    "string_too_long": "has {length} characters; at most {max_length} fit: shorten it",
    "too_short": "must hold at least {min_length}, not {length}",
    "too_long": "may hold {max_length} at most, not {length}",
    "string_type": "must be text, not {kind}; does it need double quotes around it?",
    "list_type": 'must be a list, not {kind}; put each on a line of its own, after "- "',
    "dict_type": "must hold keys, not {kind}",
    "model_type": "must hold keys, not {kind}",
}
_KINDS: dict[type, str] = {str: "text", list: "a list", dict: "keys"}


def check(document: Document) -> tuple[FileShape | None, list[tuple[Path, str]]]:
    """The file as a model, or every mistake of shape with its path."""
    empty = {
        path: "is empty; write something, or remove it; a text that starts with # needs double "
        "quotes"
        for path in document.nulls
        if (path[0], path[-1]) != ("sources", "url")
    }
    try:
        return FileShape.model_validate(document.data), list(empty.items())
    except ValidationError as error:
        return None, list(_mistakes(error, empty))


def _mistakes(error: ValidationError, empty: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """What is empty is told as such, unless a comma cut it off from the text before it."""
    for details in error.errors(include_url=False):
        if details["type"] == "extra_forbidden" and empty.pop(details["loc"], ""):
            yield _path(details), f"{_message(details)}; a text with a comma needs double quotes"
        elif details["input"] is not None:
            yield _path(details), _message(details)
    yield from empty.items()


def _path(details: ErrorDetails) -> Path:
    unknown_key = details["type"] == "extra_forbidden"
    return (*details["loc"], KEY) if unknown_key else details["loc"]


def _message(details: ErrorDetails) -> str:
    context = details.get("ctx", {})
    found = details["input"]
    if details["type"] == "string_pattern_mismatch":
        return PATTERNS[context["pattern"]] + _odd_one(context["pattern"], found)
    return _MESSAGES.get(details["type"], details["msg"]).format(
        **context,
        length=len(found.strip() if isinstance(found, str) else found or ()),
        kind=_KINDS.get(type(found)),
        known=_known_keys(details["loc"]),
    )


def _odd_one(pattern: str, id: str) -> str:
    """By name where it may look like a letter that an id may hold, or like nothing."""
    if pattern != ID or not (odd := re.search("[^a-z0-9-]", id)):
        return ""
    return (
        f"; it holds {ascii(odd[0]) if odd[0].isascii() else unicodedata.name(odd[0], 'another')}"
    )


def _known_keys(path: Path) -> str:
    inside = next((_MAPS[part] for part in reversed(path[:-1]) if part in _MAPS), FileShape)
    near = get_close_matches(str(path[-1])[:40], inside.model_fields, 1)
    return f'did you mean "{near[0]}"?' if near else f"known are {', '.join(inside.model_fields)}"
