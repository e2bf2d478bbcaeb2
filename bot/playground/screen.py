"""How a message looks in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from bot.playground.entities import Entity
from bot.playground.markup import parse_html

STYLES = {
    "bold": "bold",
    "italic": "italic",
    "text_link": "underline",
    "blockquote": "italic green",
    "expandable_blockquote": "italic green",
}
"""Telegram's entities that we use, as styles of rich."""


def painted_html(html: str, labels: Sequence[str]) -> Text:
    """A message in Telegram's HTML with its buttons; HTML that Telegram refuses is a ValueError."""
    return painted(*parse_html(html), labels)


def painted(text: str, entities: Iterable[Entity], labels: Sequence[str]) -> Text:
    """A message's text with its styles, and the labels of its buttons, numbered."""
    # Telegram counts in UTF-16 units.
    units = text.encode("utf-16-le", "surrogatepass")
    screen, quotes = Text(text), list[int]()
    for entity in entities:
        start, end = (
            len(units[: 2 * at].decode("utf-16-le", "surrogatepass"))
            for at in (entity.offset, entity.end)
        )
        screen.stylize(STYLES.get(entity.type, ""), start, end)
        if entity.type.endswith("blockquote"):
            quotes.append(start)
    for start in reversed(quotes):
        screen = Text.assemble(screen[:start], ("▌ ", "dim"), screen[start:])
    for number, label in enumerate(labels, 1):
        screen.append(f"\n  [{number}] ", style="dim").append(label, style="cyan")
    return screen
