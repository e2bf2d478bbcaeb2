"""The tally of a run tells what was lost, and which kill doubled an answer."""

from __future__ import annotations

from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import ANSWERED
from tests.chaos.tally import HELP, People, Tally


async def told(telegram: Telegram, person: Person, *texts: str) -> None:
    for text in texts:
        assert (await telegram.call("sendMessage", {"chat_id": person.id, "text": text})).ok


def asking(telegram: Telegram, times: int) -> tuple[People, Person]:
    people, person = People(), telegram.person()
    for _ in range(times):
        people.ask(person)
    return people, person


async def test_an_answer_too_many_is_laid_to_the_kill_after_the_first_of_the_two() -> None:
    telegram = Telegram()
    people, person = asking(telegram, 2)
    people.killed()
    await told(telegram, person, HELP)
    people.killed()
    people.killed()  # the lease ends later
    await told(telegram, person, HELP, ANSWERED)
    assert people.tally(1) == Tally(2, 0, [0, 1, 0], 0, 1)
    assert people.tally(1).holds


async def test_one_too_many_hides_none_that_is_lost() -> None:
    telegram = Telegram()
    people, person = asking(telegram, 2)
    await told(telegram, person, HELP)
    people.killed()
    await told(telegram, person, HELP)
    assert people.tally(1) == Tally(2, 1, [1], 0, 1)
    assert not people.tally(1).holds


async def test_what_comes_twice_without_a_kill_or_out_of_order_is_unexplained() -> None:
    telegram = Telegram()
    people, person = asking(telegram, 2)
    people.killed()
    await told(telegram, person, HELP, ANSWERED, ANSWERED, HELP)
    assert people.tally(1) == Tally(2, 0, [0], 2, 1)
    assert not people.tally(1).holds


async def test_a_kill_may_double_32_and_no_more() -> None:
    assert Tally(40, 0, [32, 32], 0, 1).holds
    assert not Tally(40, 0, [33, 0], 0, 1).holds
