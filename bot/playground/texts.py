"""The text of a message as a client sends it, and as the chat will have it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.entities import Entity, read_entities, settle
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Fields, Json
from bot.playground.markup import MarkupError, parse_html

_MOST_BYTES = 1 << 15
_MOST_CHARACTERS = 4096
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")

Words = tuple[str, tuple[Entity, ...]]


def read_text(text: str, parse_mode: str, entities: Json) -> Words:
    if not text:
        raise ApiError(Rule.TEXT_EMPTY)
    if len(text.encode()) > _MOST_BYTES:
        raise ApiError(Rule.TEXT_BYTES)
    mode = parse_mode.lower()
    if mode in ("", "none"):
        return text, read_entities(entities)
    if mode != "html":
        raise ApiError(Rule.PARSE_MODE)
    try:
        return parse_html(text)
    except MarkupError as problem:
        raise ApiError(Rule.MARKUP, problem=problem) from None


def settled(words: Words, too_long: Rule) -> Words:
    text, entities = settle(*words)
    if not text:
        raise ApiError(Rule.TEXT_BLANK)
    if len(text) > _MOST_CHARACTERS:
        raise ApiError(too_long)
    return text, entities


def read_preview(value: Json) -> Mapping[str, Json]:
    if value is None:
        return {}
    what = ApiError(Rule.OBJECT_EXPECTED, what="link preview options")
    fields = Fields(value, (*_PREVIEW_FLAGS, "url"), what)
    preview: dict[str, Json] = {flag: fields.boolean(flag) for flag in _PREVIEW_FLAGS}
    preview["url"] = fields.string("url", "")
    return {key: chosen for key, chosen in preview.items() if chosen}
