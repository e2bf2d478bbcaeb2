"""What a message says and what it answers, as a client tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.playground.entities import Entity, read_entities, settle
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Fields, Json
from bot.playground.markup import MarkupError, parse_html

_MOST_BYTES = 1 << 15
_MOST_CHARACTERS = 4096
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
_REPLY_FIELDS = ("message_id", "chat_id", "allow_sending_without_reply", "quote_parse_mode")
_MOST_CHARACTERS_OF_CAPTION = 1024

Words = tuple[str, tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Reply:
    """The parameter `reply_parameters`, read."""

    message_id: int = 0
    optional: bool = False


def read_text(text: str, parse_mode: str, entities: Json) -> Words:
    if not text:
        raise ApiError(Rule.TEXT_EMPTY)
    return _parsed(text, parse_mode, entities)


def read_caption(text: str, parse_mode: str, entities: Json) -> Mapping[str, Json]:
    """As the message's JSON has it; a caption may be missing."""
    caption, found = settle(*_parsed(text, parse_mode, entities))
    if len(caption) > _MOST_CHARACTERS_OF_CAPTION:
        raise ApiError(Rule.CAPTION_LONG)
    told = {"caption": caption, "caption_entities": [entity.as_json() for entity in found]}
    return {name: value for name, value in told.items() if value}


def _parsed(text: str, parse_mode: str, entities: Json) -> Words:
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


def read_reply(value: Json, chat_id: str) -> Reply:
    """A reply into another chat, or to a quoted part, is left out of the double.

    How a quote would be marked up, clients say even where there is none.
    """
    if not value:
        return Reply()
    what = ApiError(Rule.OBJECT_EXPECTED, what="reply parameters")
    fields = Fields(value, _REPLY_FIELDS, what)
    if fields.string("chat_id", chat_id) != chat_id:
        raise ApiError(Rule.FIELD_UNKNOWN, name="chat_id")
    return Reply(fields.integer("message_id"), fields.boolean("allow_sending_without_reply"))
