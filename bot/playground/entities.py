"""Entities: which part of a text is bold, a link, a command; and how Telegram settles them.

Offsets and lengths count UTF-16 code units, as everywhere in the Bot API. The rules are those of
td's fix_formatted_text (td/telegram/MessageEntity.cpp):

    - the text loses the white space at its end, and at its beginning up to the first entity;
    - styles end where code begins and go on after it; code holds nothing else;
    - runs of one style that touch become one; quotes are not nested;
    - mentions, hashtags, commands and addresses are found where nothing else stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.playground.errors import ApiError, Rule, within
from bot.playground.fields import Fields, Json
from bot.playground.links import LinkError, checked_link

_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_CODE = ("pre", "code")
_QUOTES = ("blockquote", "expandable_blockquote")
_FOUND = ("bot_command", "mention", "hashtag", "url", "email", "cashtag", "phone_number")

# td's get_type_priority: which of two entities over the same text is the outer one.
_PRIORITY = dict.fromkeys(_FOUND, 50) | {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}

_FINDABLE = re.compile(
    r"(?P<bot_command>(?<![\w/<>])(?a:/\w{1,64}(?:@\w{3,32})?)(?![\w@/]))"
    r"|(?P<url>\bhttps?://[^\s<>\"]*[\w/])"
    r"|(?P<mention>(?<![\w@])(?a:@\w{4,32})\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)


@dataclass(frozen=True, slots=True)
class Entity:
    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def as_json(self) -> Json:
        extra = {
            "url": self.url,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
        }
        known = {key: value for key, value in extra.items() if value}
        return {"type": self.type, "offset": self.offset, "length": self.length} | known


def units(text: str) -> int:
    """The text's length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def part(text: str, entity: Entity) -> str:
    """What the entity stands over."""
    wide = text.encode("utf-16-le")
    return wide[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda e: (e.offset, -e.length, _PRIORITY[e.type])))


def read_entities(value: Json) -> tuple[Entity, ...]:
    """The parameter `entities`; what Telegram finds by itself is passed over."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ApiError(Rule.ARRAY_EXPECTED, what="MessageEntity")
    with within("Can't parse MessageEntity"):
        read = [_read_entity(item) for item in value]
    return in_order(entity for entity in read if entity.type not in _FOUND)


def _read_entity(value: Json) -> Entity:
    known = ("type", "offset", "length", "url", "language", "custom_emoji_id")
    fields = Fields(value, known, ApiError(Rule.ITEM_OBJECT))
    offset, length = fields.integer("offset"), fields.integer("length")
    kind = fields.string("type")
    if kind not in _PRIORITY:
        raise ApiError(Rule.ENTITY_TYPE)
    entity = Entity(kind, offset, length, language=fields.string("language", ""))
    if kind == "custom_emoji":
        return replace(entity, custom_emoji_id=fields.string("custom_emoji_id"))
    return replace(entity, url=_checked_url(fields)) if kind == "text_link" else entity


def _checked_url(fields: Fields) -> str:
    url = fields.string("url")
    try:
        return checked_link(url)
    except LinkError as problem:
        raise ApiError(Rule.ENTITY_URL, url=url, problem=problem) from None


def settle(text: str, entities: Iterable[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """The text and its entities as the chat will have them."""
    given = tuple(_inside(entities, units(text)))
    kept = text.rstrip(" \n")
    first = min((entity.offset for entity in given), default=units(kept))
    spaces = len(kept) - len(kept.lstrip(" \n"))
    cut = min(spaces, first)
    kept = kept[cut:]
    moved = (replace(entity, offset=entity.offset - cut) for entity in given)
    nested = tuple(_unnested(_inside(moved, units(kept))))
    return kept, in_order((*nested, *_found(kept, nested)))


def _inside(entities: Iterable[Entity], end: int) -> Iterator[Entity]:
    for entity in entities:
        length = min(entity.end, end) - entity.offset
        if entity.offset >= 0 and length > 0:
            yield replace(entity, length=length)


def _unnested(entities: Iterable[Entity]) -> Iterator[Entity]:
    ordered = in_order(entities)
    code = _outermost(entity for entity in ordered if entity.type in _CODE)
    in_code = {at for entity in code for at in range(entity.offset, entity.end)}
    yield from code
    yield from _outermost(entity for entity in ordered if entity.type in _QUOTES)
    for style in _STYLES:
        styled = [entity for entity in ordered if entity.type == style]
        yield from _runs(style, {at for e in styled for at in range(e.offset, e.end)} - in_code)
    others = (*_STYLES, *_CODE, *_QUOTES)
    yield from (e for e in ordered if e.type not in others and e.offset not in in_code)


def _outermost(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return tuple(kept)


def _runs(style: str, places: set[int]) -> Iterator[Entity]:
    for begin in sorted(at for at in places if at - 1 not in places):
        end = begin
        while end in places:
            end += 1
        yield Entity(style, begin, end - begin)


def _found(text: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    taken = {
        at
        for entity in entities
        if entity.type in (*_CODE, "text_link", "custom_emoji")
        for at in range(entity.offset, entity.end)
    }
    for match in _FINDABLE.finditer(text):
        found = Entity(match.lastgroup or "", units(text[: match.start()]), units(match[0]))
        if taken.isdisjoint(range(found.offset, found.end)):
            yield found
