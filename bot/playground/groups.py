"""Groups, supergroups and forums, and the channels whose posts end up there.

What people do in a group they do by `Person`: here is what happens to the group itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.playground.entities import settle
from bot.playground.fields import Json
from bot.playground.members import PRESENT, membership_change
from bot.playground.messages import Chat, Message, User
from bot.playground.people import Person
from bot.playground.privacy import meant_for, mentions
from bot.playground.queries import GuestQuery
from bot.playground.world import ANONYMOUS_ADMIN, SERVICE, World

FIRST_SUPERGROUP = -1_000_000_000_000  # ids of supergroups and channels lie below

# What somebody has to be to become something else.
_BEFORE = {
    "member": ("left", "kicked"),
    "administrator": ("member",),
    "left": PRESENT,
    "kicked": {*PRESENT, "left"},
}


class Group:
    """A group that has been there for a while: that it was made reaches nobody.

    The first of the people owns it.
    """

    def __init__(self, chat: Chat, world: World, people: Iterable[Person], *, bot: bool) -> None:
        self.chat = chat
        self.migrated_to: Group | None = None
        self.deleted = False
        self.closed: set[int] = set()
        self._world = world
        self._privacy = world.botfather.privacy
        self._last_bot = world.bot
        self._statuses: dict[User, str] = {}
        for person in people:
            self._statuses[person.user] = "member" if self._statuses else "creator"
        if bot:
            self._statuses[world.bot] = "member"
        world.groups[chat.id] = self
        world.publish(chat)
        world.changes.tell("group", self)

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """The chat as it stands, the oldest first."""
        return list(self._world.messages.of(self.id))

    @property
    def received(self) -> list[Message]:
        """What the bot wrote."""
        return [message for message in self.messages if message.from_bot]

    @property
    def is_gone(self) -> bool:
        return self.deleted or bool(self.migrated_to)

    @property
    def users(self) -> list[User]:
        """Who is in there."""
        return [user for user in self._statuses if self.has(user)]

    def status(self, user: User) -> str:
        return self._statuses.get(user, "left")

    def has(self, user: User) -> bool:
        return self.status(user) in PRESENT

    def is_admin(self, user: User) -> bool:
        return self.status(user) in ("creator", "administrator")

    def check_writer(self, user: User, topic: Message | None) -> None:
        if self.is_gone or not self.has(user) or not self.is_open(topic, user):
            raise ValueError(f"{user.first_name} cannot write in {self.chat.name}")

    def is_open(self, topic: Message | None, user: User) -> bool:
        """Whether somebody may write into the topic, no topic being General."""
        return self.is_admin(user) or (topic.id if topic else 0) not in self.closed

    def topic(self, name: str) -> Message:
        """Opens a forum topic; the message that says so is the topic."""
        if not self.chat.is_forum:
            raise ValueError("only a forum has topics")
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        opening = self._new_message(self._owner, created)
        return self.post(replace(opening, thread=opening.id))

    def close(self, topic: Message | None) -> None:
        """Closes a topic, or General: only admins may write there."""
        self.closed.add(topic.id if topic else 0)
        closing = self._new_message(self._owner, {"forum_topic_closed": {}})
        self.post(replace(closing, topic=topic))

    def join(self, person: Person, by: Person | None = None) -> None:
        self._enter(person.user, by or person)

    def leave(self, person: Person) -> None:
        self._exit(person.user, person, "left")

    def add_bot(self, by: Person) -> None:
        self._privacy = self._world.botfather.privacy
        self._enter(self._world.bot, by)

    def kick_bot(self, by: Person) -> None:
        self._exit(self._world.bot, by, "kicked")

    def promote(self, person: Person) -> None:
        self._become(person.user, person.user, "administrator")

    def promote_bot(self, by: Person) -> None:
        self._become(self._world.bot, by.user, "administrator")

    def migrate(self) -> Group:
        """Makes a supergroup of the group; the old one takes nothing more."""
        if self.is_gone or self.chat.type != "group":
            raise ValueError(f"{self.chat.name} cannot become a supergroup")
        chat = Chat(FIRST_SUPERGROUP - next(self._world.ids), "supergroup", self.chat.name)
        self.migrated_to = Group(chat, self._world, (), bot=False)
        self.migrated_to._statuses = dict(self._statuses)
        for group, note in (
            (self, {"migrate_to_chat_id": chat.id}),
            (self.migrated_to, {"migrate_from_chat_id": self.id}),
        ):
            message = group._new_message(ANONYMOUS_ADMIN, note)
            group.post(replace(message, sender_chat=group.chat))
        return self.migrated_to

    def post(self, message: Message, kind: str = "message") -> Message:
        """Keeps the message, and tells the bot if it may know."""
        if message.sender.is_bot and not message.sender_chat:
            self._last_bot = message.sender
        elif self._reaches_bot(message):
            self._world.updates.add(kind, message.as_json())
        elif self._calls_guest(message) and kind == "message":
            query_id = str(next(self._world.query_ids))
            self._world.guest_queries[query_id] = GuestQuery(self, message)
            told = message.as_json() | {"guest_query_id": query_id}
            self._world.updates.add("guest_message", told)
        return self._world.messages.keep(message)

    @property
    def _owner(self) -> User:
        return next(user for user in self._statuses if not user.is_bot)

    def _calls_guest(self, message: Message) -> bool:
        bot = self._world.bot
        return self._world.botfather.guests and not self.has(bot) and mentions(bot, message)

    def _reaches_bot(self, message: Message) -> bool:
        bot = self._world.bot
        if not self.has(bot):
            return False
        return (
            not self._privacy
            or self.is_admin(bot)
            or meant_for(
                bot,
                message,
                spoke_last=self._last_bot == bot,
                by_mention=self._world.botfather.mentions,
            )
        )

    def _enter(self, user: User, by: Person) -> None:
        self._become(user, by.user, "member")
        self.post(self._new_message(by.user, {"new_chat_members": [user.as_json()]}))

    def _exit(self, user: User, by: Person, status: str) -> None:
        self._become(user, by.user, status)
        self.post(self._new_message(by.user, {"left_chat_member": user.as_json()}))

    def _become(self, user: User, by: User, status: str) -> None:
        """Of others' changes only admins are told."""
        old = self.status(user)
        if self.is_gone or old not in _BEFORE[status] or not (by == user or self.has(by)):
            change = f"{user.first_name} from {old} to {status}"
            raise ValueError(f"in {self.chat.name}, {by.first_name} cannot change {change}")
        self._statuses[user] = status
        self._world.changes.tell("group", self)
        mine = user == self._world.bot
        if mine or self.is_admin(self._world.bot):
            date = self._world.date
            change = membership_change(self.chat.as_json(), by, date, user, old, status)
            self._world.updates.add("my_chat_member" if mine else "chat_member", change)

    def _new_message(self, sender: User, service: Json) -> Message:
        message_id = self._world.messages.next_id(self.chat)
        return Message(message_id, self.chat, sender, self._world.date, content=service)


class Channel:
    """A channel that the bot is not in; its posts appear in the group that belongs to it."""

    def __init__(self, chat: Chat, world: World, group: Group) -> None:
        self.chat = chat
        self._world = world
        self._group = group
        world.channels[chat.id] = self
        world.publish(chat)

    def post(self, text: str) -> Message:
        kept, entities = settle(text, ())
        post = self._world.messages.next_id(self.chat)
        origin = {
            "type": "channel",
            "chat": self.chat.as_json(),
            "message_id": post,
            "date": self._world.date,
        }
        message = Message(
            self._world.messages.next_id(self._group.chat),
            self._group.chat,
            SERVICE,
            self._world.date,
            text=kept,
            entities=entities,
            content={"is_automatic_forward": True, "forward_origin": origin},
            sender_chat=self.chat,
        )
        return self._group.post(message)
