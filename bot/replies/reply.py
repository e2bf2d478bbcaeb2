"""What a reply is made of, whatever its form."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import Action
from bot.faq import Faq
from bot.wording import Wording

LABEL_LIMIT = 40
"""Characters of a button that a phone shows without cutting it."""


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: Telegram's HTML, and buttons, each in a row of its own."""

    html: str
    buttons: tuple[Button, ...] = ()


def cut(question: str, limit: int) -> str:
    """A question in at most `limit` characters, cut between words if it is longer."""
    if len(question) <= limit:
        return question
    return question[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def knowledge(faq: Faq, wording: Wording) -> dict[str, str | int]:
    """How much we know, from where and of when, as the fixed texts want it."""
    sources = list(faq.sources.values())
    latest = max(sources, key=lambda source: source.published, default=None)
    return {
        "sources": len(sources),
        "title": latest.title if latest else "",
        "date": wording.day(latest.published) if latest else "",
    }
