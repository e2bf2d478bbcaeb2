"""Telegram's HTML. Text becomes HTML here and nowhere else, so nothing goes out unescaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

LONG_QUOTE = 300
"""Characters from which a quote is folded up until somebody taps it."""


def plain(text: str) -> str:
    return escape(text, quote=False)


def bold(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def blockquote(text: str) -> str:
    tag = "blockquote expandable" if len(text) >= LONG_QUOTE else "blockquote"
    return f"<{tag}>{plain(text)}</blockquote>"


def linked(text: str, part: str, url: str | None) -> str:
    """`text`, with `part` of it linked to `url` if there is one."""
    if url is None:
        return plain(text)
    return plain(text).replace(plain(part), f'<a href="{escape(url)}">{plain(part)}</a>', 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line, perhaps a link."""

    text: str
    url: str | None = None


def line(pieces: Iterable[Piece]) -> str:
    return "".join(linked(piece.text, piece.text, piece.url) for piece in pieces)


def listed(items: list[str]) -> str:
    """Texts as lines with a bullet each."""
    return "\n".join(f"• {plain(item)}" for item in items)
