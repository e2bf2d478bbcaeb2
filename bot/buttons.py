"""What a button does, and how that fits into the 64 bytes that Telegram carries for it.

All state of a conversation is in its buttons, so they work after a restart; whatever comes back
from outside, stale or forged, decodes to an action or to None, never to an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Show:
    """Shows the entry in this message."""

    entry: str


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Tells that the entry is not what was asked."""

    entry: str


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """Tells that no suggestion is what was asked."""


@dataclass(frozen=True, slots=True)
class Topics:
    """Shows the topics in this message."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Shows a page of a topic's questions in this message. Pages count from 1."""

    topic: str
    page: int = 1


Action = Show | NotAsked | NoneOfThese | Topics | Topic


def encode(action: Action) -> str:
    """`action` as callback data: at most 64 bytes, for every id that the FAQ allows."""
    match action:
        case Show(entry):
            return f"q:{entry}"
        case NotAsked(entry):
            return f"m:{entry}"
        case NoneOfThese():
            return "n"
        case Topics():
            return "t"
        case Topic(topic, page):
            return f"t:{topic}:{page}"
        case _:
            assert_never(action)


def decode(data: str) -> Action | None:
    """The action that `data` stands for; None if we never wrote it."""
    match data.split(":"):
        case ["q", entry]:
            return Show(entry)
        case ["m", entry]:
            return NotAsked(entry)
        case ["n"]:
            return NoneOfThese()
        case ["t"]:
            return Topics()
        case ["t", topic, page] if page.isascii() and page.isdigit() and len(page) <= 4:
            return Topic(topic, int(page))
    return None


TOPICS_PAYLOAD = "topics"
PRIVACY_PAYLOAD = "privacy"
"""Payloads of `/start` that mean what the command of that name does."""


def start_payload(entry: str) -> str:
    """The payload of `/start` that opens the entry."""
    return f"q_{entry}"


def permalink(bot: str, payload: str) -> str:
    """What opens the private chat with `bot` and sends it `/start` with `payload`, which may hold
    64 characters of A-Z, a-z, 0-9, _ and -."""
    return f"https://t.me/{bot}?start={payload}"


def entry_of_payload(payload: str) -> str | None:
    """The entry that a payload of `/start` names, if it names one."""
    return payload.removeprefix("q_") if payload.startswith("q_") else None
