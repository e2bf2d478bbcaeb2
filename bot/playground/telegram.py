"""Telegram: one bot, the people who talk to it, and the Bot API between them. No network."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus

from bot.playground.access import Access, find_chat
from bot.playground.answers import Answer, Call, Ending, refusing
from bot.playground.changes import Changes
from bot.playground.chats import Chats
from bot.playground.clock import Clock
from bot.playground.commands import Commands
from bot.playground.errors import ApiError, Rule
from bot.playground.faults import SECONDS_TOO_LONG, Fault, Faults
from bot.playground.fields import Json, arguments, readers
from bot.playground.flood import Flood
from bot.playground.groups import FIRST_SUPERGROUP, Channel, Group
from bot.playground.messages import Chat, Messages, User
from bot.playground.people import Person
from bot.playground.profiles import Profiles
from bot.playground.queries import Queries
from bot.playground.reactions import Reactions
from bot.playground.updates import Updates
from bot.playground.webhook import Post, Webhook
from bot.playground.webhook_post import post_over_http
from bot.playground.world import BotFather, World

__all__ = ["TOKEN", "Answer", "Call", "Telegram", "refusing"]

TOKEN = "1000:playground-token-that-opens-nothing"
_LONGEST_TOKEN = 80
_FLOODING = ("send_message", "send_document")


class Telegram:
    """`call` is the bot's side of the wire, `person` the people's."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        clock: Clock | None = None,
        post: Post = post_over_http,
        local: bool = False,
    ) -> None:
        """`post` brings updates to a webhook; one's own, `local` server takes any URL for it."""
        self.token = token
        self._local = local
        self.clock = clock or Clock()
        self.updates = Updates(self.clock)
        self.flood = Flood(self.clock)
        self.calls: list[Call] = []
        self.changes = changes = Changes()
        bot = User(int(token.partition(":")[0]), "Playground", True, "playground_bot")
        self._world = world = World(bot, self.clock, self.updates, changes, Messages(changes))
        self.faults = Faults()
        chats = Chats(world)
        queries, reactions = Queries(world), Reactions(world)
        profiles = Profiles(world)
        self.commands = commands = Commands(
            lambda chat_id: find_chat(world, chat_id, Access.READ_MEMBERS)
        )
        webhook = Webhook(self.updates, self.clock, self.call, post, local=local)
        methods = (
            self.get_me,
            self.updates.get_updates,
            webhook.set_webhook,
            webhook.delete_webhook,
            webhook.get_webhook_info,
            chats.send_message,
            chats.send_document,
            chats.edit_message_text,
            chats.edit_message_reply_markup,
            chats.delete_message,
            chats.send_chat_action,
            world.files.get_file,
            reactions.set_message_reaction,
            queries.answer_callback_query,
            queries.answer_inline_query,
            queries.answer_guest_query,
            profiles.get_chat,
            profiles.get_chat_member,
            commands.set_my_commands,
            commands.get_my_commands,
            commands.delete_my_commands,
        )
        self._methods = {
            method.__name__.replace("_", ""): (method, readers(method)) for method in methods
        }

    @property
    def bot(self) -> User:
        return self._world.bot

    @property
    def people(self) -> Mapping[int, Person]:
        return self._world.people

    @property
    def other_bots(self) -> Mapping[int, Person]:
        return self._world.other_bots

    @property
    def groups(self) -> Mapping[int, Group]:
        return self._world.groups

    @property
    def botfather(self) -> BotFather:
        """What the bot's owner may change."""
        return self._world.botfather

    def person(self, first_name: str = "Olena", language_code: str = "en") -> Person:
        user = User(next(self._world.ids), first_name, language_code=language_code)
        person = self._world.people[user.id] = Person(user, self._world)
        self.changes.tell("person", person)
        return person

    def other_bot(self, username: str = "other_bot") -> Person:
        """Another bot, whom somebody moves like a person; it is met in groups only."""
        user = User(next(self._world.ids), "Other", True, username)
        return self._world.other_bots.setdefault(user.id, Person(user, self._world))

    def group(self, title: str, *people: Person, bot: bool = True) -> Group:
        """A basic group."""
        chat = Chat(-next(self._world.ids), "group", title)
        return Group(chat, self._world, people, bot=bot)

    def supergroup(
        self,
        title: str,
        *people: Person,
        bot: bool = True,
        forum: bool = False,
        username: str = "",
    ) -> Group:
        """A supergroup; one with a username is public."""
        chat_id = FIRST_SUPERGROUP - next(self._world.ids)
        chat = Chat(chat_id, "supergroup", title, username, forum)
        return Group(chat, self._world, people, bot=bot)

    def channel(self, title: str, group: Group, *, username: str = "") -> Channel:
        """A channel whose discussion is the group."""
        chat = Chat(FIRST_SUPERGROUP - next(self._world.ids), "channel", title, username)
        return Channel(chat, self._world, group)

    async def call(
        self, method: str, params: Mapping[str, Json] | None = None, *, token: str | None = None
    ) -> Answer:
        """Answers a request as the Bot API would; parameters may be JSON or strings with JSON."""
        self.calls.append(Call(method, self._readable(method, params or {}), self.clock.now()))
        fault = self.faults.next(method) or Fault()
        if fault.answer:
            return fault.befall(fault.answer)
        try:
            result = await self._run(method, params or {}, self.token if token is None else token)
            answer = Answer(HTTPStatus.OK, {"ok": True, "result": result})
        except ApiError as error:
            answer = refusing(error.status, error.description, error.parameters)
        return fault.befall(answer)

    def download(self, file_path: str, *, token: str | None = None) -> bytes | None:
        """What lies at /file/bot<token>/<file_path>."""
        return self._world.files.fetch(file_path) if token in (None, self.token) else None

    def fail(
        self,
        method: str,
        status: int,
        description: str = "",
        *,
        parameters: Mapping[str, Json] | None = None,
        times: int = 1,
        body: bytes | None = None,
    ) -> None:
        """Scripts the answer to the next calls of the method, which then do nothing."""
        told = description or HTTPStatus(status).phrase
        answer = refusing(status, told, parameters, body)
        self.faults.script(method, Fault(answer), times)

    def slow(self, method: str, *, seconds: float = SECONDS_TOO_LONG, times: int = 1) -> None:
        """The next calls of the method are carried out at once, and answered so much later."""
        self.faults.script(method, Fault(delay=seconds), times)

    def cut(self, method: str, ending: Ending = Ending.NONE, *, times: int = 1) -> None:
        """The next calls of the method are carried out, but no whole answer comes back."""
        self.faults.script(method, Fault(ending=ending), times)

    def get_me(self) -> Json:
        return self._world.bot.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.botfather.privacy,
            "supports_inline_queries": self.botfather.inline,
            "supports_guest_queries": self.botfather.guests,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    async def _run(self, method: str, params: Mapping[str, Json], token: str) -> Json:
        self._check(token)
        if method.lower() not in self._methods:
            raise ApiError(Rule.METHOD_UNKNOWN)
        function, known = self._methods[method.lower()]
        told = arguments(known, method, params)
        if function.__name__ in _FLOODING:
            self.flood.check(told.get("chat_id", ""))
        result = function(**told)
        return await result if inspect.isawaitable(result) else result

    def _check(self, token: str) -> None:
        if ":" not in token or token.startswith("0") or len(token) > _LONGEST_TOKEN:
            raise ApiError(Rule.TOKEN_LOCAL if self._local else Rule.TOKEN_MALFORMED)
        if token != self.token:
            raise ApiError(Rule.TOKEN_UNKNOWN)

    def _readable(self, method: str, params: Mapping[str, Json]) -> Mapping[str, Json]:
        with suppress(KeyError, ApiError):
            _, known = self._methods[method.lower()]
            return arguments(known, method, params)
        return params
