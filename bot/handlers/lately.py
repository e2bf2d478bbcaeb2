"""What was answered in the last ten minutes, so that an edit changes the answer, a repeated
question is shown the answer that is there, and an album gets one reply.

It holds numbers of messages and ids of entries, not a word of anybody's; a restart forgets it, and
each process has its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Message

from bot.answering import Answer, Decision
from bot.handlers.asking import Asked
from bot.recent import Recent
from bot.text import normalise

MINUTES_10 = 600.0
MOST = 20_000
"""Messages remembered: the most that Telegram lets a bot send in ten minutes, 30 a second, are
18,000."""

MessageKey = tuple[int, int, datetime]
Told = tuple[int, int | None, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Given:
    """A reply of ours: its message, the question as a hash, and what was told where, if it is the
    answer that repeated questions are shown."""

    message_id: int
    question: int
    told: Told | None


class Lately:
    """`now` tells the seconds of a clock that never goes back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._given = Recent[MessageKey, Given](age=MINUTES_10, most=MOST, now=now)
        self._told = Recent[Told, int](age=MINUTES_10, most=MOST, now=now)
        self._albums = Recent[tuple[int, str], bool](age=MINUTES_10, most=MOST, now=now)

    def given(self, message: Message) -> Given | None:
        """Our reply to the message, before or after its edit."""
        return self._given.get(_key(message))

    def is_same(self, given: Given, asked: Asked) -> bool:
        """Does a question, edited, still ask the same?"""
        return given.question == _fingerprint(asked)

    def answered(
        self, message: Message, asked: Asked, decision: Decision, by: int, *, pointed: bool = False
    ) -> None:
        """Notes that the message `by` holds our reply; or, if `pointed`, says where it stands."""
        old = self.given(message)
        if old and old.told:
            self._told.drop(old.told)
        told = None if pointed else _told(message, decision)
        self._given.put(_key(message), Given(by, _fingerprint(asked), told))
        if told:
            self._told.put(told, by)

    def earlier(self, message: Message, decision: Decision) -> int | None:
        """The message in the same place that tells the same already."""
        told = _told(message, decision)
        return self._told.get(told) if told else None

    def is_of_known_album(self, message: Message) -> bool:
        return bool(self._albums.get((message.chat_id, message.media_group_id or "")))

    def note_album(self, message: Message) -> None:
        if message.media_group_id:
            self._albums.put((message.chat_id, message.media_group_id), True)


def _key(message: Message) -> MessageKey:
    """The same for a message, its edit and its double as a guest. The date is in it because chats
    that we are a guest in may bear the number of others."""
    return message.chat_id, message.message_id, message.date


def _fingerprint(asked: Asked) -> int:
    """Python hashes strings with a secret of the process: nobody can tell the text from it."""
    return hash(normalise(asked.text))


def _told(message: Message, decision: Decision) -> Told | None:
    if not isinstance(decision, Answer):
        return None
    topic = message.message_thread_id if message.is_topic_message else None
    entries = (decision.entry, *decision.also)
    return message.chat_id, topic, decision.language, tuple(entry.id for entry in entries)
