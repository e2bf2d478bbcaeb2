"""The people's side: what somebody with the app does and sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.playground.contents import CONTENTS
from bot.playground.entities import Entity, settle
from bot.playground.fields import Json, Upload
from bot.playground.members import membership_change
from bot.playground.messages import Chat, Message, User, reactions_as_json
from bot.playground.queries import (
    SECONDS_TO_ANSWER_A_TAP,
    SECONDS_TO_ANSWER_INLINE,
    InlineQuery,
    Tap,
    Toast,
)
from bot.playground.world import ANONYMOUS_ADMIN, SPEAKING_CHANNEL, World

if TYPE_CHECKING:
    from bot.playground.groups import Channel, Group

__all__ = ["Person", "Toast"]


class Person:
    """Somebody who has opened the chat with the bot, unless it is a `stranger`.

    What does not say in which `chat` happens there.
    """

    def __init__(self, user: User, world: World) -> None:
        self.user = user
        self.stranger = False
        self.blocked = False
        self.deactivated = False
        self.toasts: list[Toast] = []
        self._world = world

    @property
    def id(self) -> int:
        """The person's id, which is the private chat's too."""
        return self.user.id

    @property
    def chat(self) -> Chat:
        return self.user.chat

    @property
    def users(self) -> tuple[User, ...]:
        return self.user, self._world.bot

    def status(self, user: User) -> str:
        """What somebody is in the private chat."""
        return "member" if user in self.users else "left"

    @property
    def messages(self) -> list[Message]:
        """The private chat as it stands, the oldest first."""
        return list(self._world.messages.of(self.id))

    @property
    def received(self) -> list[Message]:
        """What the bot wrote there."""
        return [message for message in self.messages if message.from_bot]

    def send(
        self,
        text: str,
        *,
        reply_to: int | None = None,
        chat: Group | None = None,
        topic: Message | None = None,
        speaking_for: Group | Channel | None = None,
    ) -> Message:
        """An admin may speak for the group, which hides who it is; anybody for an own channel."""
        kept, entities = _written(text)
        message = replace(self._new_message(chat, topic), text=kept, entities=entities)
        if speaking_for:
            if chat == speaking_for and not speaking_for.is_admin(self.user):
                raise ValueError(f"{self.user.first_name} is no admin")
            message = replace(
                message,
                sender=ANONYMOUS_ADMIN if speaking_for == chat else SPEAKING_CHANNEL,
                sender_chat=speaking_for.chat,
            )
        if reply_to is not None:
            message = message.replying(self._find(reply_to, chat))
        return (chat or self).post(message)

    def send_other(
        self, kind: str, *, chat: Group | None = None, topic: Message | None = None, **content: Json
    ) -> Message:
        """A message of another kind (`contents.py` lists them), perhaps with a `caption`."""
        message = self._new_message(chat, topic)
        return (chat or self).post(replace(message, content={**CONTENTS[kind], **content}))

    def send_file(self, name: str, content: bytes, *, chat: Group | None = None) -> Message:
        document = self._world.files.document(Upload(name, content))
        return self.send_other("document", chat=chat, document=document)

    def react(self, message_id: int, *emojis: str, chat: Group | None = None) -> None:
        """Puts these under the message instead of what the person has put there before."""
        message = self._find(message_id, chat)
        old = message.reactions.get(self.user, ())
        reactions = {**message.reactions, self.user: emojis}
        self._world.messages.keep(replace(message, reactions=reactions))
        if not chat or chat.is_admin(self._world.bot):
            change = {
                "chat": message.chat.as_json(),
                "message_id": message_id,
                "user": self.user.as_json(),
                "date": self._world.date,
                "old_reaction": reactions_as_json(old),
                "new_reaction": reactions_as_json(emojis),
            }
            self._world.updates.add("message_reaction", change)

    def forward(self, message: Message, *, chat: Group | None = None) -> Message:
        """Passes on what somebody wrote; that holds for commands, too."""
        origin = {"type": "user", "sender_user": message.sender.as_json(), "date": message.date}
        told = {**message.content, "forward_origin": origin}
        copy = replace(self._new_message(chat, None), text=message.text, entities=message.entities)
        return (chat or self).post(replace(copy, content=told))

    def edit(self, message_id: int, text: str, *, chat: Group | None = None) -> Message:
        message = self._find(message_id, chat)
        if message.sender != self.user or not message.text:
            raise LookupError(f"message {message_id} is no text of this person's")
        kept, entities = _written(text)
        changed = replace(message, text=kept, entities=entities, edit_date=self._world.date)
        return (chat or self).post(changed, "edited_message")

    def tap(
        self, message_id: int, name: str, *, forged: bool = False, chat: Group | None = None
    ) -> str:
        """Taps the button with this label or callback data; the query's id comes back.

        A forged tap sends `name` as data from any message, as a tampered app can.
        """
        place = chat or self
        message = self._world.messages.find(place.id, message_id)
        button = message.button(name) if message else None
        if not button and not forged:
            raise LookupError(f"message {message_id} has no button {name!r} that sends anything")
        query_id = str(next(self._world.query_ids))
        expires = self._world.clock.now() + SECONDS_TO_ANSWER_A_TAP
        self._world.taps[query_id] = Tap(self, expires)
        gone = {"chat": place.chat.as_json(), "message_id": message_id, "date": 0}
        source: Json = {"message": message.as_json() if message else gone}
        if message and message.inline_id:
            source = {"inline_message_id": message.inline_id}
        query = {
            "id": query_id,
            "from": self.user.as_json(),
            "chat_instance": str(place.id),
            "data": button.callback_data if button else name,
        }
        self._world.updates.add("callback_query", query | source)
        return query_id

    def ask_inline(self, text: str, *, chat: Group | None = None, offset: str = "") -> InlineQuery:
        """Types the bot's name and a text into the message field, without sending them."""
        if not self._world.botfather.inline:
            raise LookupError("this bot is in no inline mode")
        query_id = str(next(self._world.query_ids))
        query = InlineQuery(query_id, text, self._world.clock.now() + SECONDS_TO_ANSWER_INLINE)
        self._world.inline_queries[query_id] = query
        told = {
            "id": query_id,
            "from": self.user.as_json(),
            "query": text,
            "offset": offset,
            "chat_type": chat.chat.type if chat else "sender",
        }
        self._world.updates.add("inline_query", told)
        return query

    def choose(
        self,
        query: InlineQuery,
        result_id: str,
        *,
        chat: Group | None = None,
        topic: Message | None = None,
    ) -> Message:
        """Sends a result of the query; the bot may edit it afterwards if it has buttons."""
        world, result = self._world, query.result(result_id)
        inline_id = world.messages.next_inline_id() if result.buttons else ""
        message = result.written_into(self._new_message(chat, topic))
        message = replace(message, via_bot=world.bot, inline_id=inline_id)
        if world.botfather.inline_feedback:
            told = {"result_id": result_id, "from": self.user.as_json(), "query": query.text}
            known = {"inline_message_id": inline_id} if inline_id else {}
            world.updates.add("chosen_inline_result", told | known)
        return (chat or self).post(message)

    def block_bot(self) -> None:
        self._set_blocked(True)

    def speak(self, language_code: str) -> None:
        """Sets the language of the person's app."""
        self.user = replace(self.user, language_code=language_code)
        self._world.changes.tell("person", self)

    def post(self, message: Message, kind: str = "message") -> Message:
        """Keeps a message in the private chat; the bot is told what others write."""
        if not message.from_bot:
            self._world.updates.add(kind, message.as_json())
        return self._world.messages.keep(message)

    def _new_message(self, group: Group | None, topic: Message | None) -> Message:
        """Writing to the bot opens the chat, and unblocks it, as the app asks for first."""
        if group:
            group.check_writer(self.user, topic)
        elif self.blocked:
            self._set_blocked(False)
        else:
            self.stranger = False
        chat = (group or self).chat
        message_id = self._world.messages.next_id(chat)
        return Message(message_id, chat, self.user, self._world.date, topic=topic)

    def _find(self, message_id: int, group: Group | None) -> Message:
        message = self._world.messages.find((group or self).id, message_id)
        if not message:
            raise LookupError(f"no message {message_id} in this chat")
        return message

    def _set_blocked(self, blocked: bool) -> None:
        self.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        chat, world = self.chat.as_json(), self._world
        change = membership_change(chat, self.user, world.date, world.bot, old, new)
        self._world.updates.add("my_chat_member", change)
        self._world.changes.tell("person", self)


def _written(text: str) -> tuple[str, tuple[Entity, ...]]:
    kept, entities = settle(text, ())
    if not kept:
        raise ValueError("the app sends no empty message")
    return kept, entities
