"""What the methods, the people and the groups share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.files import Files
from bot.playground.messages import Chat, Messages, User
from bot.playground.queries import GuestQuery, InlineQuery, Tap
from bot.playground.updates import Updates

if TYPE_CHECKING:
    from bot.playground.groups import Channel, Group
    from bot.playground.people import Person

# Telegram's own accounts (Client.cpp's group_anonymous_bot_user_id and kin).
ANONYMOUS_ADMIN = User(1087968824, "Group", True, "GroupAnonymousBot")
SPEAKING_CHANNEL = User(136817688, "Channel", True, "Channel_Bot")
SERVICE = User(777000, "Telegram")


@dataclass(slots=True)
class BotFather:
    """What the bot's owner has chosen with @BotFather.

    `privacy` holds in a group as it was when the bot came there. Telegram says that a mention gets
    through it, and people report that it does not (telegraf/telegraf#545): `mentions` tries both.
    """

    privacy: bool = True
    mentions: bool = True
    inline: bool = False
    inline_feedback: bool = False
    guests: bool = False


@dataclass(frozen=True, slots=True)
class World:
    bot: User
    clock: Clock
    updates: Updates
    changes: Changes
    messages: Messages
    botfather: BotFather = field(default_factory=BotFather)
    files: Files = field(default_factory=Files)
    people: dict[int, Person] = field(default_factory=dict)
    other_bots: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    usernames: dict[str, int] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    guest_queries: dict[str, GuestQuery] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(100))
    query_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def date(self) -> int:
        return int(self.clock.now())

    def find(self, chat_id: int) -> Person | Group | Channel | None:
        places = self.people.get(chat_id) or self.groups.get(chat_id)
        return places or self.channels.get(chat_id)

    def publish(self, chat: Chat) -> None:
        """Lets a public group or channel be found by its name; people cannot be found so."""
        if chat.username:
            self.usernames[f"@{chat.username.lower()}"] = chat.id
