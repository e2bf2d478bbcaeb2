"""Telegram's HTML -> plain text and its entities, or Telegram's words for what is wrong.

The rules are those of td's parse_html (td/telegram/MessageEntity.cpp). It reads bytes of UTF-8, and
its messages name byte offsets; the entities count UTF-16 units. Things to know:

    - a name ends at white space or ">" only: in "<b<i>" the tag is "b<i";
    - "</>" closes whatever is open; attributes nobody asked for are passed over;
    - of named characters only &lt; &gt; &amp; &quot; are known; others stay as they are written,
      and the ";" may be left out;
    - an entity over nothing disappears, and so does a link to no address.

Left out: <tg-time>, and links to people (tg://user?id=...) as mentions.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.playground.entities import Entity, in_order, units
from bot.playground.links import LinkError, checked_link

_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_BROKEN_TEXT = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}

_SPACES = re.compile(rb"[ \t\r\n\v]*")
_AMPERSAND = re.compile(rb"&")
_PLAIN = re.compile(rb"[^<&]+")
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))")
_TAG_NAME = re.compile(rb"[^ \t\r\n\v>]*")
_ATTRIBUTE_NAME = re.compile(rb"[^ \t\r\n\v=>/\"']*")
_NAME_TOKEN = re.compile(rb"[0-9a-zA-Z.-]*")


class MarkupError(ValueError):
    """`str()` is what Telegram says after "can't parse entities: "."""

    def __init__(self, problem: str, at: int | None = None) -> None:
        super().__init__(problem if at is None else f"{problem} at byte offset {at}")


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that awaits its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    place: int


def parse_html(html: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without tags, and its entities in Telegram's order. Raises MarkupError."""
    return _Parser(html.encode()).parse()


class _Parser:
    def __init__(self, html: bytes) -> None:
        self._html = html
        self._at = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        if b"\0" in self._html:
            raise MarkupError("Text must not contain null bytes")
        while self._at < len(self._html):
            self._step()
        if self._open:
            name = self._open[-1].name
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{name}"')
        text = "".join(self._text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise MarkupError(_BROKEN_TEXT)
        told = (replace(e, language="") if e.type == "code" else e for e in self._entities)
        return text, in_order(told)

    def _step(self) -> None:
        if self._next() == b"<":
            if self._html[self._at + 1 : self._at + 2] == b"/":
                self._end_tag()
            else:
                self._start_tag()
        elif self._next() == b"&":
            self._say(self._reference() or self._take(_AMPERSAND).decode())
        else:
            self._say(self._take(_PLAIN).decode())

    def _say(self, text: str) -> None:
        self._text.append(text)
        self._offset += units(text)

    def _next(self) -> bytes:
        """The byte that comes next; b"" at the end."""
        return self._html[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[bytes]) -> bytes:
        found = pattern.match(self._html, self._at)
        assert found, "every pattern here matches where it is tried"
        self._at = found.end()
        return found[0]

    def _reference(self) -> str:
        """The character that a reference names, taken; "" if it names none."""
        found = _REFERENCE.match(self._html, self._at)
        assert found, "called at an ampersand"
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            character = _NAMED.get(name, "")
        else:
            code = int(hexadecimal or decimal or b"0", 10 if hexadecimal is None else 16)
            character = chr(code) if 0 < code < 0x10FFFF and len(found[0]) < 10 else ""
        if character:
            self._at = found.end() + (self._html[found.end() : found.end() + 1] == b";")
        return character

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._take(_TAG_NAME).decode(errors="replace").lower()
        if not self._next():
            raise MarkupError("Unclosed start tag", begin)
        if name not in _KINDS:
            raise MarkupError(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(name, attributes, self._offset, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._next() == b">":
                self._at += 1
                return attributes
            name = self._take(_ATTRIBUTE_NAME).decode(errors="replace")
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name] = self._attribute_value(tag, begin)

    def _attribute_value(self, tag: str, begin: int) -> str:
        self._take(_SPACES)
        if self._next() == b"=":
            self._at += 1
            self._take(_SPACES)
            self._expect_more(begin, f'Unclosed start tag "{tag}"')
            value = self._quoted() if self._next() in b"\"'" else self._name_token()
            self._expect_more(begin, "Unclosed start tag")
            return value
        self._expect_more(begin, f'Unclosed start tag "{tag}"')
        return ""

    def _expect_more(self, begin: int, problem: str) -> None:
        if not self._next():
            raise MarkupError(problem, begin)

    def _name_token(self) -> str:
        begin = self._at
        token = self._take(_NAME_TOKEN).decode().lower()
        if self._next() not in (b" ", b"\t", b"\r", b"\n", b"\v", b">", b""):
            raise MarkupError("Unexpected end of name token", begin)
        return token

    def _quoted(self) -> str:
        quote = self._next()
        self._at += 1
        plain = re.compile(b"&|[^&" + quote + b"]+")
        value = ""
        while self._next() not in (quote, b""):
            reference = self._next() == b"&" and self._reference()
            value += reference or self._take(plain).decode(errors="replace")
        self._at += len(self._next())
        return value

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise MarkupError("Unexpected end tag", begin)
        self._at += 2
        name = self._take(_TAG_NAME).decode(errors="replace").lower()
        self._take(_SPACES)
        if self._next() != b">":
            raise MarkupError("Unclosed end tag", begin)
        self._at += 1
        tag = self._open.pop()
        if name not in ("", tag.name):
            met = f'expected "</{tag.name}>", found "</{name}>"'
            raise MarkupError(f"Unmatched end tag at byte offset {begin}, {met}")
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity = Entity(_KINDS[tag.name], tag.offset, self._offset - tag.offset)
        match tag.name:
            case "a":
                url = tag.attributes.get("href") or "".join(self._text[tag.place :])
                with suppress(LinkError):
                    self._entities.append(replace(entity, url=checked_link(url)))
            case "pre" | "code":
                self._close_code(tag, entity)
            case "tg-emoji":
                self._entities.append(replace(entity, custom_emoji_id=_emoji_id(tag)))
            case "blockquote" if "expandable" in tag.attributes:
                self._entities.append(replace(entity, type="expandable_blockquote"))
            case _:
                self._entities.append(entity)

    def _close_code(self, tag: _Open, entity: Entity) -> None:
        """A <pre> and a <code class="language-..."> over the same text are one block of code."""
        told = tag.attributes.get("class", "") if tag.name == "code" else ""
        language = told[9:] if told.startswith("language-") else ""
        last = self._entities[-1] if self._entities else None
        if last and (last.offset, last.end) == (entity.offset, entity.end):
            named = last.language if tag.name == "pre" else language and not last.language
            if named and {tag.name, last.type} == {"pre", "code"}:
                self._entities[-1] = replace(last, type="pre", language=last.language or language)
                return
        self._entities.append(replace(entity, language=language))


def _emoji_id(tag: _Open) -> str:
    identifier = tag.attributes.get("emoji-id", "")
    if not re.fullmatch(r"-?[0-9]{1,19}", identifier) or int(identifier) == 0:
        raise MarkupError("Invalid custom emoji identifier specified")
    return identifier
