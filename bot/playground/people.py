"""The people's side: what somebody with the app does and sees."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.playground.clock import Clock
from bot.playground.contents import CONTENTS
from bot.playground.entities import settle
from bot.playground.fields import Json
from bot.playground.messages import Message, Messages, User
from bot.playground.updates import Updates

_SECONDS_TO_ANSWER_A_TAP = 150.0


@dataclass(frozen=True, slots=True)
class Toast:
    """What a tap brings up: a line that passes, or an alert to be closed."""

    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button that waits for the bot's answer."""

    person: Person
    expires: float


@dataclass(frozen=True, slots=True)
class World:
    """All that the methods and the people share."""

    bot: User
    clock: Clock
    updates: Updates
    messages: Messages = field(default_factory=Messages)
    people: dict[int, Person] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    tap_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def date(self) -> int:
        return int(self.clock.now())


class Person:
    """Somebody who has opened the chat with the bot."""

    def __init__(self, user: User, world: World) -> None:
        self.user = user
        self.blocked = False
        self.toasts: list[Toast] = []
        self._world = world

    @property
    def id(self) -> int:
        """The person's id, which is the private chat's too."""
        return self.user.id

    @property
    def messages(self) -> list[Message]:
        """The chat as it stands, the oldest first."""
        return list(self._world.messages.of(self.id))

    @property
    def received(self) -> list[Message]:
        """What the bot wrote."""
        return [message for message in self.messages if message.from_bot]

    def send(self, text: str, *, reply_to: int | None = None) -> Message:
        kept, entities = settle(text, ())
        if not kept:
            raise ValueError("the app sends no empty message")
        message = replace(self._new_message(), text=kept, entities=entities)
        if reply_to is not None:
            message = replace(message, reply_to=self._find(reply_to))
        return self._tell("message", message)

    def send_other(self, kind: str, **content: Json) -> Message:
        """A message of another kind (`contents.py` lists them), perhaps with a `caption`."""
        return self._tell(
            "message", replace(self._new_message(), content={**CONTENTS[kind], **content})
        )

    def edit(self, message_id: int, text: str) -> Message:
        message = self._find(message_id)
        if message.from_bot or not message.text:
            raise LookupError(f"message {message_id} is no text of this person's")
        kept, entities = settle(text, ())
        changed = replace(message, text=kept, entities=entities, edit_date=self._world.date)
        return self._tell("edited_message", changed)

    def tap(self, message_id: int, name: str, *, forged: bool = False) -> str:
        """Taps the button with this label or callback data; the query's id comes back.

        A forged tap sends `name` as data from any message, as a tampered app can.
        """
        message = self._world.messages.find(self.id, message_id)
        button = message.button(name) if message else None
        if not button and not forged:
            raise LookupError(f"message {message_id} has no button {name!r} that sends anything")
        query_id = str(next(self._world.tap_ids))
        expires = self._world.clock.now() + _SECONDS_TO_ANSWER_A_TAP
        self._world.taps[query_id] = Tap(self, expires)
        query = {
            "id": query_id,
            "from": self.user.as_json(),
            "message": message.as_json() if message else self._inaccessible(message_id),
            "chat_instance": str(self.id),
            "data": button.callback_data if button else name,
        }
        self._world.updates.add("callback_query", query)
        return query_id

    def block_bot(self) -> None:
        self._set_blocked(True)

    def _new_message(self) -> Message:
        """Writing to a blocked bot unblocks it, as the app asks for first."""
        if self.blocked:
            self._set_blocked(False)
        world = self._world
        return Message(world.messages.next_id(), self.user, self.user, world.date)

    def _find(self, message_id: int) -> Message:
        message = self._world.messages.find(self.id, message_id)
        if not message:
            raise LookupError(f"no message {message_id} in this chat")
        return message

    def _tell(self, kind: str, message: Message) -> Message:
        self._world.updates.add(kind, message.as_json())
        return self._world.messages.keep(message)

    def _inaccessible(self, message_id: int) -> Json:
        return {"chat": self.user.as_chat(), "message_id": message_id, "date": 0}

    def _set_blocked(self, blocked: bool) -> None:
        self.blocked = blocked
        change = {
            "chat": self.user.as_chat(),
            "from": self.user.as_json(),
            "date": self._world.date,
            "old_chat_member": self._membership(blocked=not blocked),
            "new_chat_member": self._membership(blocked=blocked),
        }
        self._world.updates.add("my_chat_member", change)

    def _membership(self, *, blocked: bool) -> Mapping[str, Json]:
        user = self._world.bot.as_json()
        if blocked:
            return {"user": user, "status": "kicked", "until_date": 0}
        return {"user": user, "status": "member"}
