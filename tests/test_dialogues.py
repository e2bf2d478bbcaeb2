"""Dialogues on the bot's own FAQ, written down as data in `dialogues/`.

A dialogue is a list of steps. Somebody acts: `send` (a text), `sends` (another kind of message),
`edits` (their last text), `tap` (a button under the bot's last message), `types` (after the bot's
name, for a list) or `choose` (from that list, which `posts` a text of the bot's in their name). It
happens in the private chat or `in` a `group`; or `elsewhere`, in a group that the bot is not in.
The message may be a reply `to` the `bot` or to `somebody`, and somebody else may act:
`by: somebody`.

Then the bot's last message there `reads` so, whole; or it `shows` these words and `hides` those.
Its buttons are `buttons`, or `offers` are among them; a tap brings up a `toast`; a list begins
with the titles that it `lists`, or is empty. Where none of it is said, the bot keeps silent.

A message gets one new message, an edit or a tap changes the last one: the test holds that.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
import yaml

from bot.faq import ENGLISH, Faq
from bot.playground.groups import Group
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.queries import InlineQuery
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import AtWork, at_work

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.yaml"))

pytestmark = pytest.mark.asyncio(loop_scope="module")


TODAY = date(2026, 11, 23)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(faq: Faq) -> AsyncIterator[AtWork]:
    """One bot for all: building it takes a second."""
    telegram = Telegram()
    telegram.botfather.inline = telegram.botfather.guests = True
    async with at_work(telegram, faq=faq, operator="the desk", day=TODAY) as working:
        yield working


@pytest.fixture
def person(bot: AtWork) -> Person:
    return bot.telegram.person()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    send: str = ""
    sends: str = ""
    edits: str = ""
    tap: str = ""
    types: str | None = None
    choose: str = ""
    place: str = "private"
    to: str = ""
    by: str = "person"
    reads: str = ""
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    buttons: tuple[str, ...] | None = None
    toast: str = ""
    posts: str = ""
    lists: list[str] | None = None

    def __post_init__(self) -> None:
        actions = (self.send, self.sends, self.edits, self.tap, self.choose)
        assert sum(map(bool, actions)) + (self.types is not None) == 1
        assert self.place in ("private", "group", "elsewhere")

    @property
    def is_answered(self) -> bool:
        return bool(self.reads or self.shows)


class Scene:
    """The people and places of one dialogue."""

    def __init__(self, bot: AtWork) -> None:
        self.bot = bot
        self.people = {name: bot.telegram.person(name) for name in ("person", "somebody")}
        both = tuple(self.people.values())
        self.groups: dict[str, Group | None] = {
            "private": None,
            "group": bot.telegram.supergroup("Talks", *both),
            "elsewhere": bot.telegram.supergroup("Elsewhere", *both, bot=False),
        }
        self.list: InlineQuery | None = None
        self.last: dict[str, Message] = {}

    async def play(self, step: Step) -> None:
        person, group = self.people[step.by], self.groups[step.place]
        place = group or person
        before, toasts = place.received, len(person.toasts)
        sent = self._act(step, person, group)
        if sent:
            self.last[step.by] = sent
        await self.bot.done()
        changes = bool(step.tap or step.edits)
        assert len(place.received) == len(before) + (step.is_answered and not changes), step
        assert place.received[: len(before) - 1] == before[:-1], step
        assert (place.received == before) != step.is_answered, step
        new_toasts = [toast.text for toast in person.toasts[toasts:]]
        assert new_toasts == [step.toast] * bool(step.toast), step
        if step.lists is not None:
            assert self.list
            titles = [result.title for result in self.list.results or ()]
            assert titles[: len(step.lists) or None] == step.lists
        if step.is_answered:
            _look_at(place.received[-1], step)

    def _act(self, step: Step, person: Person, group: Group | None) -> Message | None:
        received = (group or person).received
        if step.tap:
            person.tap(received[-1].id, step.tap, chat=group)
        elif step.types is not None:
            self.list = person.ask_inline(step.types)
        elif step.choose:
            assert self.list
            results = {result.title: result.id for result in self.list.results or ()}
            sent = person.choose(self.list, results[step.choose], chat=group)
            assert sent.text == step.posts.strip()
        elif step.edits:
            return person.edit(self.last[step.by].id, step.edits, chat=group)
        elif step.sends:
            return person.send_other(step.sends, chat=group)
        else:
            replied = {"": None, "bot": received[-1:], "somebody": [self.last.get("somebody")]}
            to = replied[step.to]
            return person.send(step.send, chat=group, reply_to=to[0].id if to and to[0] else None)
        return None


@pytest.mark.parametrize("path", DIALOGUES, ids=[path.stem for path in DIALOGUES])
async def test_dialogue(path: Path, bot: AtWork) -> None:
    scene = Scene(bot)
    for step in yaml.safe_load(path.read_text("utf-8")):
        step["place"] = step.pop("in", "private")
        await scene.play(Step(**step))


def _look_at(message: Message, step: Step) -> None:
    buttons = [button.text for row in message.buttons for button in row]
    if step.reads:
        assert message.text == step.reads.strip()
    assert [text for text in step.shows if text not in message.text] == [], message.text
    assert [text for text in step.hides if text in message.text] == [], message.text
    assert [label for label in step.offers if label not in buttons] == [], buttons
    if step.buttons is not None:
        assert buttons == list(step.buttons)


async def test_every_entry_is_reached_without_typing(faq: Faq, bot: AtWork, person: Person) -> None:
    person.send("/topics")
    await bot.done()
    seen: set[str] = set()
    offered = _data(person)
    while offered:
        data = offered.pop()
        seen.add(data)
        if data.startswith("t"):
            person.tap(person.received[0].id, data, forged=True)
            await bot.done()
            offered |= _data(person) - seen
    assert {data.removeprefix("q:") for data in seen if data.startswith("q:")} == set(faq.entries)
    assert person.toasts == []
    assert len(person.received) == 1


async def test_every_entry_can_be_shown(faq: Faq, bot: AtWork, person: Person) -> None:
    for id in faq.entries:
        person.send(f"/start q_{id}")
    await bot.done()
    shown = [message.text.splitlines()[0] for message in person.received]
    assert shown == [entry.text(ENGLISH).question for entry in faq.entries.values()]


def _data(person: Person) -> set[str]:
    """What the buttons under the bot's message send."""
    (message,) = person.received
    return {button.callback_data for row in message.buttons for button in row}
