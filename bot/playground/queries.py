"""Questions that people put to the bot without writing to it, and the methods that answer them.

A tap on a button, an inline query (`@bot text`, from any chat), and a guest query: a mention of the
bot in a group that it is not in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Json
from bot.playground.messages import Message
from bot.playground.results import Result, Switch, read_result, read_results, read_switch

if TYPE_CHECKING:
    from bot.playground.groups import Group
    from bot.playground.people import Person
    from bot.playground.world import World

SECONDS_TO_ANSWER_A_TAP = 150.0
SECONDS_TO_ANSWER_INLINE = 30.0
_MOST_CHARACTERS_OF_TOAST = 200


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


@dataclass(slots=True)
class InlineQuery:
    """What somebody has typed after the bot's name; `results` is None until the bot answers."""

    id: str
    text: str
    expires: float
    results: tuple[Result, ...] | None = None
    next_offset: str = ""
    switch: Switch | None = None

    def result(self, result_id: str) -> Result:
        found = next((result for result in self.results or () if result.id == result_id), None)
        if not found:
            raise LookupError(f"no result {result_id!r} is offered")
        return found


@dataclass(frozen=True, slots=True)
class GuestQuery:
    """A message that mentions the bot where it is no member."""

    group: Group
    message: Message


class Queries:
    def __init__(self, world: World) -> None:
        self._world = world

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
        told = {"tap": callback_query_id, "person": tap.person.id}
        self._world.changes.tell("answer", told | {"text": text, "alert": show_alert})
        return True

    def answer_inline_query(
        self,
        inline_query_id: str = "",
        results: Json = None,
        cache_time: int = 300,
        is_personal: bool = False,
        next_offset: str = "",
        button: Json = None,
    ) -> Json:
        offered, switch = read_results(results), read_switch(button)
        query = self._world.inline_queries.pop(inline_query_id, None)
        if not query or query.expires < self._world.clock.now():
            raise ApiError(Rule.QUERY_OLD)
        query.results, query.next_offset, query.switch = offered, next_offset, switch
        self._world.changes.tell("offer", query)
        return True

    def answer_guest_query(self, guest_query_id: str = "", result: Json = None) -> Json:
        if result is None:
            raise ApiError(Rule.RESULT_MISSING)
        article = read_result(result)
        query = self._world.guest_queries.pop(guest_query_id, None)
        if not query:
            raise ApiError(Rule.QUERY_OLD)
        asked, world = query.message, self._world
        message = replace(
            article.written_into(asked),
            id=world.messages.next_id(asked.chat),
            sender=world.bot,
            date=world.date,
            from_bot=True,
            sender_chat=None,
            reply_to=asked,
            content=_caller(asked),
            inline_id=world.messages.next_inline_id(),
        )
        return {"inline_message_id": query.group.post(message).inline_id}


def _caller(asked: Message) -> Mapping[str, Json]:
    if asked.sender_chat:
        return {"guest_bot_caller_chat": asked.sender_chat.as_json()}
    return {"guest_bot_caller_user": asked.sender.as_json()}
