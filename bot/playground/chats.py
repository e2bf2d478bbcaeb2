"""The methods that send, edit and delete what people see."""

from __future__ import annotations

from dataclasses import replace

from bot.playground.access import Access, find_chat, find_message
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import File, Json
from bot.playground.groups import Group
from bot.playground.keyboards import read_keyboard
from bot.playground.messages import Message
from bot.playground.texts import Reply, read_caption, read_preview, read_reply, read_text, settled
from bot.playground.world import World

_SECONDS_TO_DELETE = 48 * 3600
_ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
]


class Chats:
    def __init__(self, world: World) -> None:
        self._world = world

    def send_message(
        self,
        chat_id: str = "",
        message_thread_id: int = 0,
        text: str = "",
        parse_mode: str = "",
        entities: Json = None,
        link_preview_options: Json = None,
        disable_notification: bool = False,
        protect_content: bool = False,
        reply_parameters: Json = None,
        reply_markup: Json = None,
    ) -> Json:
        words = read_text(text, parse_mode, entities)
        preview = read_preview(link_preview_options)
        reply = read_reply(reply_parameters, chat_id)
        message = self._begun(chat_id, message_thread_id, reply)
        text, found = settled(words, Rule.TEXT_LONG)
        message = replace(
            message,
            text=text,
            entities=found,
            link_preview=preview,
            silent=disable_notification,
            protected=protect_content,
            buttons=read_keyboard(reply_markup),
        )
        return self._sent(message)

    def send_document(
        self,
        chat_id: str = "",
        message_thread_id: int = 0,
        document: File = None,
        caption: str = "",
        parse_mode: str = "",
        caption_entities: Json = None,
        disable_notification: bool = False,
        protect_content: bool = False,
        reply_parameters: Json = None,
        reply_markup: Json = None,
    ) -> Json:
        content = {"document": self._world.files.document(document)}
        told = read_caption(caption, parse_mode, caption_entities)
        reply = read_reply(reply_parameters, chat_id)
        message = replace(
            self._begun(chat_id, message_thread_id, reply),
            content={**content, **told},
            silent=disable_notification,
            protected=protect_content,
            buttons=read_keyboard(reply_markup),
        )
        return self._sent(message)

    def edit_message_text(
        self,
        chat_id: str = "",
        message_id: int = 0,
        inline_message_id: str = "",
        text: str = "",
        parse_mode: str = "",
        entities: Json = None,
        link_preview_options: Json = None,
        reply_markup: Json = None,
    ) -> Json:
        words = read_text(text, parse_mode, entities)
        preview = read_preview(link_preview_options)
        old = self._editable(chat_id, message_id, inline_message_id)
        text, found = settled(words, Rule.EDIT_LONG)
        new = replace(old, text=text, entities=found, link_preview=preview)
        return self._edit(old, replace(new, buttons=read_keyboard(reply_markup)))

    def edit_message_reply_markup(
        self,
        chat_id: str = "",
        message_id: int = 0,
        inline_message_id: str = "",
        reply_markup: Json = None,
    ) -> Json:
        old = self._editable(chat_id, message_id, inline_message_id)
        return self._edit(old, replace(old, buttons=read_keyboard(reply_markup)))

    def delete_message(self, chat_id: str = "", message_id: int = 0) -> Json:
        if not chat_id:
            raise ApiError(Rule.CHAT_NOT_SPECIFIED)
        if not message_id:
            raise ApiError(Rule.MESSAGE_NOT_SPECIFIED)
        message = find_message(
            self._world, chat_id, message_id, Access.WRITE, Rule.DELETED_NOT_FOUND
        )
        self._check_deletable(message)
        self._world.messages.delete(message)
        return True

    def send_chat_action(self, chat_id: str = "", action: str = "") -> Json:
        if action.lower() not in _ACTIONS:
            raise ApiError(Rule.CHAT_ACTION)
        place = find_chat(self._world, chat_id, Access.WRITE)
        self._world.changes.tell("action", {"chat": place.id, "action": action.lower()})
        return True

    def _begun(self, chat_id: str, thread_id: int, reply: Reply) -> Message:
        """A message of the bot's, in its place, with nothing in it."""
        chat = find_chat(self._world, chat_id, Access.WRITE).chat
        date = self._world.date
        return self._placed(
            Message(0, chat, self._world.bot, date, from_bot=True), thread_id, reply
        )

    def _sent(self, message: Message) -> Json:
        place = find_chat(self._world, str(message.chat.id), Access.WRITE)
        if isinstance(place, Group) and not place.is_open(message.topic, self._world.bot):
            raise ApiError(Rule.TOPIC_CLOSED)
        numbered = replace(message, id=self._world.messages.next_id(message.chat))
        return place.post(numbered).as_json()

    def _placed(self, message: Message, thread_id: int, reply: Reply) -> Message:
        """The message in its topic, as the reply that it is."""
        replied = self._replied(message.chat.id, reply)
        if thread_id:
            message = self._in_thread(message, thread_id)
        if not replied:
            return message
        answer = message.replying(replied)
        if thread_id and answer.thread_id != thread_id:
            raise ApiError(Rule.REPLIED_ELSEWHERE)
        return answer

    def _replied(self, chat_id: int, reply: Reply) -> Message | None:
        message = self._world.messages.find(chat_id, reply.message_id)
        if reply.message_id and not message and not reply.optional:
            raise ApiError(Rule.REPLIED_NOT_FOUND)
        return message

    def _in_thread(self, message: Message, thread_id: int) -> Message:
        """A forum's General topic is no thread, whatever number is given to it."""
        opening = self._world.messages.find(message.chat.id, thread_id)
        if opening and opening.opens_topic:
            return replace(message, topic=opening)
        known = self._world.messages.has_thread(message.chat.id, thread_id)
        if message.chat.is_forum or not known:
            raise ApiError(Rule.THREAD_NOT_FOUND)
        return replace(message, thread=thread_id)

    def _editable(self, chat_id: str, message_id: int, inline_id: str) -> Message:
        """Inline messages are the bot's to edit, whoever sent them."""
        if inline_id:
            inline = self._world.messages.find_inline(inline_id)
            if not inline:
                raise ApiError(Rule.INLINE_MESSAGE)
            return inline
        if not chat_id and not message_id:
            raise ApiError(Rule.MESSAGE_NOT_SPECIFIED)
        message = find_message(self._world, chat_id, message_id, Access.EDIT, Rule.EDITED_NOT_FOUND)
        if not message.from_bot:
            raise ApiError(Rule.EDIT_FORBIDDEN)
        return message

    def _edit(self, old: Message, new: Message) -> Json:
        if new == old:
            raise ApiError(Rule.NOT_MODIFIED)
        kept = self._world.messages.keep(replace(new, edit_date=self._world.date))
        return True if old.inline_id else kept.as_json()

    def _check_deletable(self, message: Message) -> None:
        """In a group only admins delete what others wrote."""
        group = self._world.groups.get(message.chat.id)
        if group and not message.from_bot and not group.is_admin(self._world.bot):
            raise ApiError(Rule.DELETE_OTHERS)
        if message.date < self._world.clock.now() - _SECONDS_TO_DELETE:
            raise ApiError(Rule.DELETE_FORBIDDEN)
