"""The methods that send, edit and delete what people see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.playground.entities import Entity, read_entities, settle
from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Fields, Json, as_integer
from bot.playground.keyboards import read_keyboard
from bot.playground.markup import MarkupError, parse_html
from bot.playground.messages import Message
from bot.playground.people import Person, Toast, World

_MOST_BYTES = 1 << 15
_MOST_CHARACTERS = 4096
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
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


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
        text: str = "",
        parse_mode: str = "",
        entities: Json = None,
        link_preview_options: Json = None,
        disable_notification: bool = False,
        protect_content: bool = False,
        reply_parameters: Json = None,
        reply_markup: Json = None,
    ) -> Json:
        words = _read_text(text, parse_mode, entities)
        preview = _read_preview(link_preview_options)
        reply = _read_reply(reply_parameters, chat_id)
        person = self.writable(chat_id)
        message = Message(
            id=0,
            chat=person.user,
            sender=self._world.bot,
            date=self._world.date,
            reply_to=self._replied(person, reply),
            link_preview=preview,
            silent=disable_notification,
            protected=protect_content,
        )
        message = _written(message, words, Rule.TEXT_LONG)
        message = replace(message, buttons=read_keyboard(reply_markup))
        numbered = replace(message, id=self._world.messages.next_id())
        return self._world.messages.keep(numbered).as_json()

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
        words = _read_text(text, parse_mode, entities)
        preview = _read_preview(link_preview_options)
        old = self._editable(chat_id, message_id)
        new = _written(replace(old, link_preview=preview), words, Rule.EDIT_LONG)
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
        message = self._find(self.find(chat_id), message_id, Rule.DELETED_NOT_FOUND)
        if message.date < self._world.clock.now() - _SECONDS_TO_DELETE:
            raise ApiError(Rule.DELETE_FORBIDDEN)
        self._world.messages.delete(message)
        return True

    def send_chat_action(self, chat_id: str = "", action: str = "") -> Json:
        if action.lower() not in _ACTIONS:
            raise ApiError(Rule.CHAT_ACTION)
        self.writable(chat_id)
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

    def find(self, chat_id: str) -> Person:
        if not chat_id:
            raise ApiError(Rule.CHAT_EMPTY)
        person = self._world.people.get(as_integer(chat_id) or 0)
        if not person:
            raise ApiError(Rule.CHAT_NOT_FOUND)
        return person

    def writable(self, chat_id: str) -> Person:
        person = self.find(chat_id)
        if person.blocked:
            raise ApiError(Rule.BLOCKED)
        return person

    def _find(self, person: Person, message_id: int, otherwise: Rule) -> Message:
        message = self._world.messages.find(person.id, message_id)
        if not message:
            raise ApiError(otherwise)
        return message

    def _replied(self, person: Person, reply: _Reply) -> Message | None:
        if not reply.message_id:
            return None
        if reply.optional:
            return self._world.messages.find(person.id, reply.message_id)
        return self._find(person, reply.message_id, Rule.REPLIED_NOT_FOUND)

    def _editable(self, chat_id: str, message_id: int) -> Message:
        if not chat_id and not message_id:
            raise ApiError(Rule.MESSAGE_NOT_SPECIFIED)
        message = self._find(self.find(chat_id), message_id, Rule.EDITED_NOT_FOUND)
        if not message.from_bot:
            raise ApiError(Rule.EDIT_FORBIDDEN)
        return message

    def _edit(self, old: Message, new: Message) -> Json:
        if new == old:
            raise ApiError(Rule.NOT_MODIFIED)
        return self._world.messages.keep(replace(new, edit_date=self._world.date)).as_json()


def _read_text(text: str, parse_mode: str, entities: Json) -> tuple[str, tuple[Entity, ...]]:
    if not text:
        raise ApiError(Rule.TEXT_EMPTY)
    if len(text.encode()) > _MOST_BYTES:
        raise ApiError(Rule.TEXT_BYTES)
    mode = parse_mode.lower()
    if mode in ("", "none"):
        return text, read_entities(entities)
    if mode != "html":
        raise ApiError(Rule.PARSE_MODE)
    try:
        return parse_html(text)
    except MarkupError as problem:
        raise ApiError(Rule.MARKUP, problem=problem) from None


def _written(message: Message, words: tuple[str, tuple[Entity, ...]], too_long: Rule) -> Message:
    text, entities = settle(*words)
    if not text:
        raise ApiError(Rule.TEXT_BLANK)
    if len(text) > _MOST_CHARACTERS:
        raise ApiError(too_long)
    return replace(message, text=text, entities=entities)


def _read_preview(value: Json) -> Mapping[str, Json]:
    if value is None:
        return {}
    what = ApiError(Rule.OBJECT_EXPECTED, what="link preview options")
    fields = Fields(value, (*_PREVIEW_FLAGS, "url"), what)
    preview: dict[str, Json] = {flag: fields.boolean(flag) for flag in _PREVIEW_FLAGS}
    preview["url"] = fields.string("url", "")
    return {key: chosen for key, chosen in preview.items() if chosen}


def _read_reply(value: Json, chat_id: str) -> _Reply:
    """A reply into another chat, or to a quoted part, is left out of the double."""
    if not value:
        return _Reply()
    what = ApiError(Rule.OBJECT_EXPECTED, what="reply parameters")
    fields = Fields(value, ("message_id", "chat_id", "allow_sending_without_reply"), what)
    if fields.string("chat_id", chat_id) != chat_id:
        raise ApiError(Rule.FIELD_UNKNOWN, name="chat_id")
    return _Reply(fields.integer("message_id"), fields.boolean("allow_sending_without_reply"))
