"""What people can be made to do, and what they can look at: one method each, for scripts.

Ids stand for everything: of a person, of a chat (a private chat has the person's), of a message in
its chat. A `chat` that is not given is the private chat with the bot. What cannot be done is a
LookupError or a ValueError with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import StringConstraints

from bot.playground.contents import CONTENTS
from bot.playground.fields import Json
from bot.playground.groups import Group
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.queries import InlineQuery
from bot.playground.reactions import EMOJI
from bot.playground.sights import group_as_json, message_as_json, person_as_json, query_as_json
from bot.playground.telegram import Telegram

K = TypeVar("K")
T = TypeVar("T")

# An app sends no more in one message than a bot may (core.telegram.org/bots/api#message).
Text = Annotated[str, StringConstraints(max_length=4096)]
Query = Annotated[str, StringConstraints(max_length=256)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Username = Annotated[str, StringConstraints(pattern="^[A-Za-z][A-Za-z0-9_]{4,31}$")]
Language = Annotated[str, StringConstraints(pattern="^([a-z]{2,3})?$")]
Membership = Literal["join", "leave", "promote", "add_bot", "kick_bot", "promote_bot"]


class Acts:
    """What changes something."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._queries: dict[str, InlineQuery] = {}

    def person(self, first_name: Name, language: Language = "en") -> Json:
        return person_as_json(self._telegram.person(first_name, language))

    def other_bot(self, username: Username) -> Json:
        """Another bot, which is moved like a person."""
        if username.lower() == self._telegram.bot.username.lower():
            raise ValueError("that is the name of the bot itself")
        return person_as_json(self._telegram.other_bot(username))

    def group(
        self,
        title: Name,
        people: list[int],
        kind: Literal["group", "supergroup", "forum"] = "group",
        bot: bool = True,
    ) -> Json:
        """The first of the people owns it."""
        members = [self._person(person) for person in dict.fromkeys(people)]
        if not members or members[0].user.is_bot:
            raise ValueError("a group needs somebody who owns it")
        if kind == "group":
            return group_as_json(self._telegram.group(title, *members, bot=bot))
        forum = kind == "forum"
        return group_as_json(self._telegram.supergroup(title, *members, bot=bot, forum=forum))

    def topic(self, chat: int, name: Name) -> Json:
        return message_as_json(self._group(chat).topic(name))

    def member(self, chat: int, person: int, change: Membership) -> Json:
        """Somebody comes, goes or becomes an admin; or does so with the bot."""
        group = self._group(chat)
        getattr(group, change)(self._person(person))
        return group_as_json(group)

    def migrate(self, chat: int) -> Json:
        """Makes a supergroup of a group."""
        return group_as_json(self._group(chat).migrate())

    def send(
        self,
        person: int,
        text: Text,
        chat: int | None = None,
        topic: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Json:
        """An anonymous admin speaks for the group."""
        group = self._place(person, chat)
        if anonymous and not group:
            raise ValueError("nobody is anonymous in a private chat")
        message = self._person(person).send(
            text,
            chat=group,
            topic=_topic(group, topic),
            reply_to=reply_to,
            speaking_for=group if anonymous else None,
        )
        return message_as_json(message)

    def send_other(
        self, person: int, kind: str, chat: int | None = None, topic: int | None = None
    ) -> Json:
        """A photo, a sticker ...: the kinds of `contents.py`."""
        group = self._place(person, chat)
        if kind not in CONTENTS:
            raise ValueError(f"kind: must be one of {', '.join(CONTENTS)}")
        message = self._person(person).send_other(kind, chat=group, topic=_topic(group, topic))
        return message_as_json(message)

    def edit(self, person: int, message: int, text: Text, chat: int | None = None) -> Json:
        group = self._place(person, chat)
        return message_as_json(self._person(person).edit(message, text, chat=group))

    def tap(
        self,
        person: int,
        message: int,
        button: str,
        chat: int | None = None,
        forged: bool = False,
    ) -> Json:
        """By the button's label or data. The bot's answer is the event "answer" of this tap."""
        group = self._place(person, chat)
        tap = self._person(person).tap(message, button, chat=group, forged=forged)
        return {"tap": tap}

    def react(self, person: int, message: int, emojis: list[str], chat: int | None = None) -> Json:
        group = self._place(person, chat)
        if not EMOJI.issuperset(emojis):
            raise ValueError(f"emojis: must be some of {' '.join(sorted(EMOJI))}")
        self._person(person).react(message, *emojis, chat=group)
        return {}

    def ask_inline(
        self, person: int, text: Query = "", chat: int | None = None, offset: str = ""
    ) -> Json:
        """The bot's answer is the event "offer" of this query."""
        group = self._place(person, chat)
        query = self._person(person).ask_inline(text, chat=group, offset=offset)
        self._queries[query.id] = query
        return query_as_json(query)

    def choose(
        self,
        person: int,
        query: str,
        result: str,
        chat: int | None = None,
        topic: int | None = None,
    ) -> Json:
        group = self._place(person, chat)
        asked = _found(self._queries, query, "inline query")
        message = self._person(person).choose(asked, result, chat=group, topic=_topic(group, topic))
        return message_as_json(message)

    def speak(self, person: int, language: Language) -> Json:
        """Sets the language of somebody's app."""
        somebody = self._person(person)
        somebody.speak(language)
        return person_as_json(somebody)

    def block(self, person: int) -> Json:
        """Blocks the bot; writing to it unblocks it."""
        somebody = self._person(person)
        somebody.block_bot()
        return person_as_json(somebody)

    def botfather(
        self,
        privacy: bool | None = None,
        mentions: bool | None = None,
        inline: bool | None = None,
        inline_feedback: bool | None = None,
        guests: bool | None = None,
    ) -> Json:
        """What the bot's owner sets; not given means as before."""
        choices = {
            "privacy": privacy,
            "mentions": mentions,
            "inline": inline,
            "inline_feedback": inline_feedback,
            "guests": guests,
        }
        owner = self._telegram.botfather
        for name, choice in choices.items():
            if choice is not None:
                setattr(owner, name, choice)
        return {name: getattr(owner, name) for name in choices}

    def _person(self, person: int) -> Person:
        return _found({**self._telegram.people, **self._telegram.other_bots}, person, "person")

    def _group(self, chat: int) -> Group:
        return _found(self._telegram.groups, chat, "group")

    def _place(self, person: int, chat: int | None) -> Group | None:
        """None is the private chat, which another bot has not."""
        if chat in (None, person) and person in self._telegram.other_bots:
            raise ValueError("bots do not talk to each other: say in which group")
        if chat in (None, person):
            return None
        group, user = self._group(chat), self._person(person).user
        if not group.has(user):
            raise ValueError(f"{user.first_name} is not in {group.chat.name}")
        return group


class Looks:
    """What changes nothing."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def people(self) -> Json:
        return [person_as_json(person) for person in self._telegram.people.values()]

    def groups(self) -> Json:
        return [group_as_json(group) for group in self._telegram.groups.values()]

    def messages(self, chat: int) -> Json:
        chats: dict[int, Person | Group] = {**self._telegram.people, **self._telegram.groups}
        return [message_as_json(message) for message in _found(chats, chat, "chat").messages]

    def toasts(self, person: int) -> Json:
        somebody = _found(self._telegram.people, person, "person")
        return [{"text": toast.text, "alert": toast.alert} for toast in somebody.toasts]

    def commands(self, person: int, chat: int | None = None) -> Json:
        """The menu of commands in somebody's app."""
        somebody = _found(self._telegram.people, person, "person")
        group = None if chat in (None, person) else _found(self._telegram.groups, chat, "group")
        return self._telegram.commands.menu(somebody, group)


def _found(things: Mapping[K, T], which: K, what: str) -> T:
    if which not in things:
        raise LookupError(f"there is no {what} {which}")
    return things[which]


def _topic(group: Group | None, topic: int | None) -> Message | None:
    if topic is None:
        return None
    messages = group.messages if group else ()
    topics = {message.id: message for message in messages if message.opens_topic}
    return _found(topics, topic, "topic")
