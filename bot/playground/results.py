"""Inline results: what a bot offers to be sent in its name. Only articles are played."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.playground.entities import Entity
from bot.playground.errors import ApiError, Rule, within
from bot.playground.fields import Fields, Json, as_items
from bot.playground.keyboards import Keyboard, read_keyboard
from bot.playground.messages import Message
from bot.playground.texts import read_preview, read_text, settled

_MOST = 50
_MOST_BYTES_OF_ID = 64
_CONTENT = ("message_text", "parse_mode", "entities", "link_preview_options")
_SHOWN = ("description", "url", "thumbnail_url", "thumbnail_width", "thumbnail_height")


@dataclass(frozen=True, slots=True)
class Result:
    """An article: `title` and `description` are seen in the list, the rest when it is sent."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Entity, ...]
    link_preview: Mapping[str, Json]
    buttons: Keyboard

    def written_into(self, message: Message) -> Message:
        return replace(
            message,
            text=self.text,
            entities=self.entities,
            link_preview=self.link_preview,
            buttons=self.buttons,
        )


@dataclass(frozen=True, slots=True)
class Switch:
    """The button above the results: it opens the private chat with `/start <start>`."""

    text: str
    start: str


def read_switch(value: Json) -> Switch | None:
    """The parameter `button`; one that opens a web app is left out of the double."""
    if value is None:
        return None
    what = ApiError(Rule.OBJECT_EXPECTED, what="inline query results button")
    fields = Fields(value, ("text", "start_parameter"), what)
    text, start = fields.string("text"), fields.string("start_parameter", "")
    for broken, rule in (
        (not start, Rule.SWITCH_ONE),
        (not text, Rule.SWITCH_TEXT),
        (not re.fullmatch("[A-Za-z0-9_-]{1,64}", start), Rule.START_INVALID),
    ):
        if broken:
            raise ApiError(rule)
    return Switch(text, start)


def read_results(values: Json) -> tuple[Result, ...]:
    items = as_items(values, "inline query results")
    if len(items) > _MOST:
        raise ApiError(Rule.RESULTS_MANY)
    with within("Can't parse inline query result"):
        results = [read_result(value) for value in items]
    for result in results:
        _check(result)
    if len({result.id for result in results}) < len(results):
        raise ApiError(Rule.RESULT_ID_TWICE)
    return tuple(results)


def read_result(value: Json) -> Result:
    known = ("type", "id", "title", "input_message_content", "reply_markup", *_SHOWN)
    fields = Fields(value, known, ApiError(Rule.RESULT_OBJECT))
    if (kind := fields.string("type")).lower() != "article":
        raise ApiError(Rule.RESULT_TYPE, type=kind)
    result_id, title = fields.string("id"), fields.string("title")
    content = Fields(value.get("input_message_content"), _CONTENT, ApiError(Rule.RESULT_CONTENT))
    if not (text := content.string("message_text", "")):
        raise ApiError(Rule.RESULT_CONTENT)
    written = value["input_message_content"]
    words = read_text(text, content.string("parse_mode", ""), written.get("entities"))
    text, entities = settled(words, Rule.EDIT_LONG)
    return Result(
        id=result_id,
        title=title,
        description=fields.string("description", ""),
        text=text,
        entities=entities,
        link_preview=read_preview(written.get("link_preview_options")),
        buttons=read_keyboard(value.get("reply_markup")),
    )


def _check(result: Result) -> None:
    if not 0 < len(result.id.encode()) <= _MOST_BYTES_OF_ID:
        raise ApiError(Rule.RESULT_ID)
    if not result.title:
        raise ApiError(Rule.RESULT_TITLE)
