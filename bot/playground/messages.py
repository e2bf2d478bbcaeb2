"""What lies in a chat, and how the Bot API tells of it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.playground.changes import Changes
from bot.playground.entities import Entity
from bot.playground.fields import Json
from bot.playground.keyboards import Button, Keyboard

_SERVICE = frozenset(
    (
        "new_chat_members",
        "left_chat_member",
        "forum_topic_created",
        "forum_topic_closed",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    )
)


@dataclass(frozen=True, slots=True)
class User:
    """An account; whatever else changes, it is the same by its id."""

    id: int
    first_name: str = field(compare=False)
    is_bot: bool = field(default=False, compare=False)
    username: str = field(default="", compare=False)
    language_code: str = field(default="", compare=False)

    def as_json(self) -> Json:
        user = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        extra = {"username": self.username, "language_code": self.language_code}
        return user | {key: value for key, value in extra.items() if value}

    @property
    def chat(self) -> Chat:
        """The private chat with this person; its id is the person's."""
        return Chat(self.id, "private", self.first_name, self.username)

    def as_chat(self) -> Json:
        return self.chat.as_json()


@dataclass(frozen=True, slots=True)
class Chat:
    """`name` is the title, or the first name of whom a private chat is with."""

    id: int
    type: str
    name: str
    username: str = ""
    is_forum: bool = False

    def as_json(self) -> Json:
        name = "first_name" if self.type == "private" else "title"
        extra = {"username": self.username, "is_forum": self.is_forum}
        known = {key: value for key, value in extra.items() if value}
        return {"id": self.id, name: self.name, "type": self.type} | known


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the person in the chat sees it.

    `content` holds what is no text (a sticker, a photo ...) as the Bot API has it; `silent` came
    without a sound, `protected` cannot be forwarded. `topic` is the message that opened the forum
    topic it stands in; elsewhere in a supergroup `thread` is the first message that a row of
    replies began with. `sender_chat` is whom the sender speaks for.
    An inline message was sent `via_bot` and has an `inline_id` if the bot may edit it.
    """

    id: int
    chat: Chat
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
    from_bot: bool = False
    sender_chat: Chat | None = None
    topic: Message | None = None
    thread: int = 0
    via_bot: User | None = None
    inline_id: str = ""
    reactions: Mapping[User, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        """Whether it tells what happened to the chat."""
        return not _SERVICE.isdisjoint(self.content)

    @property
    def thread_id(self) -> int:
        return self.topic.id if self.topic else self.thread

    @property
    def opens_topic(self) -> bool:
        return "forum_topic_created" in self.content

    def replying(self, replied: Message) -> Message:
        """The message as a reply, which stands where the one that it answers does.

        In a supergroup, outside of topics, the first reply begins a thread.
        """
        topic = replied if replied.opens_topic else replied.topic
        begins = self.chat.type == "supergroup" and not topic
        thread = replied.thread or replied.id if begins else 0
        return replace(self, reply_to=replied, topic=topic, thread=thread)

    def button(self, name: str) -> Button | None:
        """The button that sends something, by its label or by what it sends."""
        sending = (button for row in self.buttons for button in row if button.callback_data)
        return next((b for b in sending if name in (b.text, b.callback_data)), None)

    def as_json(self) -> Json:
        extra = {
            "sender_chat": self.sender_chat and self.sender_chat.as_json(),
            "via_bot": self.via_bot and self.via_bot.as_json(),
            "message_thread_id": self.thread_id,
            "is_topic_message": bool(self.topic) or self.opens_topic,
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
            "chat": self.chat.as_json(),
            "date": self.date,
            **{key: value for key, value in extra.items() if value},
            **self.content,
        }

    def _replied_as_json(self) -> Json:
        """One level deep; in a topic, what answers nothing else answers its first message."""
        replied = self.reply_to or self.topic
        return replied and replace(replied, reply_to=None, topic=None).as_json()

    def _keyboard_as_json(self) -> Json:
        rows = [[button.as_json() for button in row] for row in self.buttons]
        return rows and {"inline_keyboard": rows}


class Messages:
    """Every message there is. Ids rise and are never given again.

    A supergroup counts by itself, from 2, because 1 says that it was made (and is the number of a
    forum's General topic); all other chats of the bot share one count.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._ids: dict[int, Iterator[int]] = defaultdict(lambda: itertools.count(2))
        self._ids[0] = itertools.count(1)
        self._inline_ids = itertools.count(1)
        self._chats: dict[int, dict[int, Message]] = defaultdict(dict)
        self._inline: dict[str, Message] = {}
        self._threads: set[tuple[int, int]] = set()

    def next_id(self, chat: Chat) -> int:
        return next(self._ids[chat.id if chat.type == "supergroup" else 0])

    def next_inline_id(self) -> str:
        return f"inline-{next(self._inline_ids)}"

    def find_inline(self, inline_id: str) -> Message | None:
        return self._inline.get(inline_id)

    def keep(self, message: Message) -> Message:
        self._chats[message.chat.id][message.id] = message
        if message.inline_id:
            self._inline[message.inline_id] = message
        if message.thread:
            self._threads.add((message.chat.id, message.thread))
        self._changes.tell("message", message)
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        return self._chats[chat_id].get(message_id)

    def has_thread(self, chat_id: int, thread: int) -> bool:
        """Whether a message of this supergroup belongs, or belonged, to the thread."""
        return (chat_id, thread) in self._threads

    def delete(self, message: Message) -> None:
        del self._chats[message.chat.id][message.id]
        self._inline.pop(message.inline_id, None)
        self._changes.tell("deleted", {"chat": message.chat.id, "message": message.id})

    def of(self, chat_id: int) -> Iterable[Message]:
        return self._chats[chat_id].values()


def reactions_as_json(emojis: Iterable[str]) -> Json:
    return [{"type": "emoji", "emoji": emoji} for emoji in emojis]
