"""Dialogues on the bot's own FAQ, written down as data in `dialogues/`.

A dialogue is a list of steps. A person acts: `send` (a text), `sends` (another kind of message) or
`tap` (a button under the bot's last message). Then the bot's last message `shows` these words and
`hides` those; its buttons are `buttons`, or `offers` are among them; a tap brings up a `toast`.

A message gets one new message, a tap changes the last one: the test holds that everywhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
import yaml

from bot.faq import ENGLISH, Faq
from bot.playground.messages import Message
from bot.playground.people import Person
from tests.bot_on_telegram import AtWork, at_work

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.yaml"))

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(faq: Faq) -> AsyncIterator[AtWork]:
    """One bot for all: building it takes a second."""
    async with at_work(faq=faq, operator="the desk") as working:
        yield working


@pytest.fixture
def person(bot: AtWork) -> Person:
    return bot.telegram.person()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    send: str = ""
    sends: str = ""
    tap: str = ""
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    buttons: tuple[str, ...] | None = None
    toast: str = ""

    def __post_init__(self) -> None:
        assert [bool(self.send), bool(self.sends), bool(self.tap)].count(True) == 1
        assert self.shows or self.toast


@pytest.mark.parametrize("path", DIALOGUES, ids=[path.stem for path in DIALOGUES])
async def test_dialogue(path: Path, bot: AtWork, person: Person) -> None:
    for step in yaml.safe_load(path.read_text("utf-8")):
        await _play(Step(**step), bot, person)


async def _play(step: Step, bot: AtWork, person: Person) -> None:
    before, toasts = person.received, len(person.toasts)
    if step.tap:
        person.tap(before[-1].id, step.tap)
    elif step.sends:
        person.send_other(step.sends)
    else:
        person.send(step.send)
    await bot.done()
    assert len(person.received) == len(before) + (not step.tap), step
    assert person.received[: len(before) - 1] == before[:-1], step
    assert (person.received == before) == bool(step.toast), step
    assert [toast.text for toast in person.toasts[toasts:]] == [step.toast] * bool(step.toast), step
    _look_at(person.received[-1], step)


def _look_at(message: Message, step: Step) -> None:
    buttons = [button.text for row in message.buttons for button in row]
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
