"""What lies in a chat, and how the Bot API tells of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.playground.entities import Entity
from bot.playground.fields import Json
from bot.playground.keyboards import Button, Keyboard


@dataclass(frozen=True, slots=True)
class User:
    id: int
    first_name: str
    is_bot: bool = False
    username: str = ""
    language_code: str = ""

    def as_json(self) -> Json:
        user = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        extra = {"username": self.username, "language_code": self.language_code}
        return user | {key: value for key, value in extra.items() if value}

    def as_chat(self) -> Json:
        """The private chat with this person; its id is the person's."""
        chat = {"id": self.id, "first_name": self.first_name, "type": "private"}
        return chat | ({"username": self.username} if self.username else {})


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the person in the chat sees it.

    `content` holds what is no text (a sticker, a photo ...) as the Bot API has it; `silent` came
    without a sound, `protected` cannot be forwarded.
    """

    id: int
    chat: User
    sender: User
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    buttons: Keyboard = ()
    reply_to: Message | None = None
    link_preview: Mapping[str, Json] = field(default_factory=dict)
    silent: bool = False
    protected: bool = False
    edit_date: int = 0
    content: Mapping[str, Json] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    def button(self, name: str) -> Button | None:
        """The button that sends something, by its label or by what it sends."""
        sending = (button for row in self.buttons for button in row if button.callback_data)
        return next((b for b in sending if name in (b.text, b.callback_data)), None)

    def as_json(self) -> Json:
        extra = {
            "edit_date": self.edit_date,
            "text": self.text,
            "entities": [entity.as_json() for entity in self.entities],
            "link_preview_options": dict(self.link_preview),
            "has_protected_content": self.protected,
            "reply_to_message": self._replied_as_json(),
            "reply_markup": self._keyboard_as_json(),
        }
        return {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_chat(),
            "date": self.date,
            **{key: value for key, value in extra.items() if value},
            **self.content,
        }

    def _replied_as_json(self) -> Json:
        """One level deep, as Telegram tells it."""
        return self.reply_to and replace(self.reply_to, reply_to=None).as_json()

    def _keyboard_as_json(self) -> Json:
        rows = [[button.as_json() for button in row] for row in self.buttons]
        return rows and {"inline_keyboard": rows}


class Messages:
    """Every message there is. Ids rise and are never given again."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._messages: dict[tuple[int, int], Message] = {}

    def next_id(self) -> int:
        return next(self._ids)

    def keep(self, message: Message) -> Message:
        self._messages[message.chat.id, message.id] = message
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        return self._messages.get((chat_id, message_id))

    def delete(self, message: Message) -> None:
        del self._messages[message.chat.id, message.id]

    def of(self, chat_id: int) -> Iterable[Message]:
        return (message for (chat, _), message in self._messages.items() if chat == chat_id)
