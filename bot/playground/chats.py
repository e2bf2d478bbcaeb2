"""The methods that send, edit and delete what people see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.playground.access import Access, find_chat
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Fields, Json
from bot.playground.keyboards import read_keyboard
from bot.playground.messages import Message
from bot.playground.people import Toast
from bot.playground.texts import read_preview, read_text, settled
from bot.playground.world import World

_MOST_CHARACTERS_OF_TOAST = 200
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


@dataclass(frozen=True, slots=True)
class _Reply:
    """The parameter `reply_parameters`, read."""

    message_id: int = 0
    optional: bool = False


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
        reply = _read_reply(reply_parameters, chat_id)
        place = find_chat(self._world, chat_id, Access.WRITE)
        message = Message(
            id=0,
            chat=place.chat,
            sender=self._world.bot,
            date=self._world.date,
            from_bot=True,
            link_preview=preview,
            silent=disable_notification,
            protected=protect_content,
        )
        message = self._placed(message, message_thread_id, reply)
        text, found = settled(words, Rule.TEXT_LONG)
        message = replace(message, text=text, entities=found, buttons=read_keyboard(reply_markup))
        numbered = replace(message, id=self._world.messages.next_id(place.chat))
        return place.post(numbered).as_json()

    def edit_message_text(
        self,
        chat_id: str = "",
        message_id: int = 0,
        text: str = "",
        parse_mode: str = "",
        entities: Json = None,
        link_preview_options: Json = None,
        reply_markup: Json = None,
    ) -> Json:
        words = read_text(text, parse_mode, entities)
        preview = read_preview(link_preview_options)
        old = self._editable(chat_id, message_id)
        text, found = settled(words, Rule.EDIT_LONG)
        new = replace(old, text=text, entities=found, link_preview=preview)
        return self._edit(old, replace(new, buttons=read_keyboard(reply_markup)))

    def edit_message_reply_markup(
        self, chat_id: str = "", message_id: int = 0, reply_markup: Json = None
    ) -> Json:
        old = self._editable(chat_id, message_id)
        return self._edit(old, replace(old, buttons=read_keyboard(reply_markup)))

    def delete_message(self, chat_id: str = "", message_id: int = 0) -> Json:
        if not chat_id:
            raise ApiError(Rule.CHAT_NOT_SPECIFIED)
        if not message_id:
            raise ApiError(Rule.MESSAGE_NOT_SPECIFIED)
        message = self._find(chat_id, message_id, Access.WRITE, Rule.DELETED_NOT_FOUND)
        self._check_deletable(message)
        self._world.messages.delete(message)
        return True

    def send_chat_action(self, chat_id: str = "", action: str = "") -> Json:
        if action.lower() not in _ACTIONS:
            raise ApiError(Rule.CHAT_ACTION)
        find_chat(self._world, chat_id, Access.WRITE)
        return True

    def answer_callback_query(
        self,
        callback_query_id: str = "",
        text: str = "",
        show_alert: bool = False,
        cache_time: int = 0,
    ) -> Json:
        tap = self._world.taps.get(callback_query_id)
        if not tap or tap.expires < self._world.clock.now():
            raise ApiError(Rule.QUERY_OLD)
        if len(text) > _MOST_CHARACTERS_OF_TOAST:
            raise ApiError(Rule.TOAST_LONG)
        del self._world.taps[callback_query_id]
        if text:
            tap.person.toasts.append(Toast(text, show_alert))
        return True

    def _placed(self, message: Message, thread_id: int, reply: _Reply) -> Message:
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

    def _replied(self, chat_id: int, reply: _Reply) -> Message | None:
        message = self._world.messages.find(chat_id, reply.message_id)
        if reply.message_id and not message and not reply.optional:
            raise ApiError(Rule.REPLIED_NOT_FOUND)
        return message

    def _in_thread(self, message: Message, thread_id: int) -> Message:
        """A forum's General topic is no thread, whatever number is given to it."""
        opening = self._world.messages.find(message.chat.id, thread_id)
        if opening and opening.opens_topic:
            return replace(message, topic=opening)
        threads = {other.thread for other in self._world.messages.of(message.chat.id)}
        if message.chat.is_forum or thread_id not in threads:
            raise ApiError(Rule.THREAD_NOT_FOUND)
        return replace(message, thread=thread_id)

    def _find(self, chat_id: str, message_id: int, access: Access, otherwise: Rule) -> Message:
        place = find_chat(self._world, chat_id, access)
        message = self._world.messages.find(place.id, message_id)
        if not message:
            raise ApiError(otherwise)
        return message

    def _editable(self, chat_id: str, message_id: int) -> Message:
        if not chat_id and not message_id:
            raise ApiError(Rule.MESSAGE_NOT_SPECIFIED)
        message = self._find(chat_id, message_id, Access.EDIT, Rule.EDITED_NOT_FOUND)
        if not message.from_bot:
            raise ApiError(Rule.EDIT_FORBIDDEN)
        return message

    def _edit(self, old: Message, new: Message) -> Json:
        if new == old:
            raise ApiError(Rule.NOT_MODIFIED)
        return self._world.messages.keep(replace(new, edit_date=self._world.date)).as_json()

    def _check_deletable(self, message: Message) -> None:
        """In a group only admins delete what others wrote."""
        group = self._world.groups.get(message.chat.id)
        if group and not message.from_bot and not group.is_admin(self._world.bot):
            raise ApiError(Rule.DELETE_OTHERS)
        if message.date < self._world.clock.now() - _SECONDS_TO_DELETE:
            raise ApiError(Rule.DELETE_FORBIDDEN)


def _read_reply(value: Json, chat_id: str) -> _Reply:
    """A reply into another chat, or to a quoted part, is left out of the double."""
    if not value:
        return _Reply()
    what = ApiError(Rule.OBJECT_EXPECTED, what="reply parameters")
    fields = Fields(value, ("message_id", "chat_id", "allow_sending_without_reply"), what)
    if fields.string("chat_id", chat_id) != chat_id:
        raise ApiError(Rule.FIELD_UNKNOWN, name="chat_id")
    return _Reply(fields.integer("message_id"), fields.boolean("allow_sending_without_reply"))
