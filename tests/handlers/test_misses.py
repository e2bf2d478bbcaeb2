"""What is noted when nobody could answer, and what is not: the store is what a test looks at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.answering import Answerer
from bot.misses import Kind, Miss
from bot.playground.groups import Group
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot_on_telegram import ASKED, DAY, AtWork, at_work, texts
from tests.faq_files import GOOD, load_with_article

NO, NONE, NOT = Kind.NO_MATCH, Kind.NONE_OF_THESE, Kind.NOT_ASKED

MISSED = "who is the chef"
(NEAREST,) = Answerer(load_with_article(GOOD)).candidates(MISSED)[:1]
NEAR = Miss(DAY, NO, MISSED, NEAREST.id, round(NEAREST.score, 1))
UNSURE = "Where and Russia"


@pytest.fixture
def group(bot: AtWork, olena: Person) -> Group:
    return bot.telegram.supergroup("Talks", olena)


def message_of(bot: AtWork, person: Person, text: str, **more: Any) -> dict[str, Any]:
    """A message of a kind that the double's people do not write."""
    length = len(text) if text.startswith("/") else 0
    command = [{"type": "bot_command", "offset": 0, "length": length}] if length else []
    return {
        "message_id": 900,
        "date": int(bot.telegram.clock.now()),
        "chat": person.chat.as_json(),
        "from": person.user.as_json(),
        "text": text,
        "entities": command,
        **more,
    }


async def nothing_else(bot: AtWork, *kept: Miss) -> None:
    """After one more miss, these are all."""
    await bot.done()
    bot.telegram.person("Last").send("what was last")
    found = await bot.missed(len(kept) + 1)
    assert sorted(one.text for one in found) == sorted(
        [*(one.text for one in kept), "what was last"]
    )
    assert set(kept) <= set(found)


async def test_a_question_without_an_answer_is_kept_with_the_day_and_what_came_nearest(
    bot: AtWork, olena: Person
) -> None:
    olena.send(MISSED)
    assert await bot.missed(1) == [NEAR]
    assert texts(olena)[0].startswith("I found no answer to that.")


async def test_the_same_one_again_is_counted(bot: AtWork, olena: Person) -> None:
    for _ in range(3):
        olena.send(MISSED)
    await bot.done()
    await nothing_else(bot, replace(NEAR, times=3))


async def test_in_a_group_only_what_is_addressed_to_the_bot(
    bot: AtWork, olena: Person, group: Group
) -> None:
    group.promote_bot(by=olena)
    olena.send("who is the other chef", chat=group)
    olena.send(f"/ask {MISSED}", chat=group)
    await nothing_else(bot, NEAR)


async def test_a_guest_counts_too() -> None:
    telegram = Telegram()
    telegram.botfather.guests = True
    async with at_work(telegram) as bot:
        olena = telegram.person("Olena")
        elsewhere = telegram.supergroup("Elsewhere", olena, bot=False)
        olena.send(f"@playground_bot {MISSED}", chat=elsewhere)
        assert await bot.missed(1) == [NEAR]


async def test_a_question_that_is_edited_into_one(bot: AtWork, olena: Person) -> None:
    sent = olena.send(ASKED)
    await bot.done()
    olena.edit(sent.id, MISSED)
    assert await bot.missed(1) == [NEAR]


async def test_what_is_answered_or_not_even_looked_up_is_not_kept(
    bot: AtWork, olena: Person
) -> None:
    for text in (ASKED, UNSURE, "hello", "thanks", "🕊", "/nonsense", "/help", "chef " * 100):
        olena.send(text)
    olena.send_other("photo", caption=MISSED)
    await nothing_else(bot)


async def test_words_that_somebody_else_wrote_are_not_kept(
    bot: AtWork, olena: Person, group: Group
) -> None:
    ivan = bot.telegram.person("Ivan")
    group.join(ivan)
    said = ivan.send(MISSED, chat=group)
    olena.send("/ask", chat=group, reply_to=said.id)
    olena.forward(said)
    await bot.done()
    assert len(group.received) == len(olena.received) == 1
    quote = {"text": MISSED, "position": 0}
    bot.telegram.updates.add("message", message_of(bot, olena, "/ask", quote=quote))
    await nothing_else(bot)


async def test_the_writer_is_not_kept(bot: AtWork) -> None:
    person = bot.telegram.person("Canarynella")
    person.send("canarynella and @max_87 ask: who is the chef")
    (miss,) = await bot.missed(1)
    assert miss.text == "[name] and [name] ask: who is the chef"


async def test_nor_is_whom_they_mention_without_an_at_name(bot: AtWork, olena: Person) -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 4, "user": olena.user.as_json()}
    message = message_of(bot, olena, "zorg asks who is the chef", entities=[entity])
    bot.telegram.updates.add("message", message)
    (miss,) = await bot.missed(1)
    assert miss.text == "[name] asks who is the chef"


class TestTaps:
    async def test_none_of_these_keeps_the_question_above(self, bot: AtWork, olena: Person) -> None:
        olena.send(f"/ask {UNSURE}")
        await bot.done()
        olena.tap(olena.received[0].id, "None of these")
        (miss,) = await bot.missed(1)
        assert (miss.day, miss.kind, miss.text, miss.entry) == (DAY, NONE, UNSURE, "russia-donbas")
        assert miss.score > 0

    async def test_not_what_i_asked_keeps_the_question_and_the_wrong_entry(
        self, bot: AtWork, olena: Person
    ) -> None:
        olena.send("what does Russia demand")
        await bot.done()
        (answer,) = olena.received
        olena.tap(answer.id, "What does Ukraine say?")
        await bot.done()
        olena.tap(answer.id, "Not what I asked")
        (miss,) = await bot.missed(1)
        assert (miss.kind, miss.text, miss.entry) == (
            NOT,
            "what does Russia demand",
            "ukraine-donbas",
        )

    async def test_it_works_after_a_restart(self, olena: Person, bot: AtWork) -> None:
        olena.send(ASKED)
        await bot.done()
        await bot.stopped()
        async with at_work(bot.telegram) as another:
            olena.tap(olena.received[0].id, "Not what I asked")
            (miss,) = await another.missed(1)
        assert (miss.kind, miss.text, miss.entry) == (NOT, ASKED, "where")
        assert miss.score > 50

    async def test_where_there_is_no_question_the_tap_is_counted(
        self, bot: AtWork, olena: Person
    ) -> None:
        olena.send("/start q_where")
        await bot.done()
        olena.tap(olena.received[0].id, "Not what I asked")
        olena.tap(olena.received[0].id, "n", forged=True)
        await nothing_else(bot, Miss(DAY, NOT, "", "where"), Miss(DAY, NONE, ""))

    async def test_a_question_that_was_passed_on_is_not_kept(
        self, bot: AtWork, olena: Person
    ) -> None:
        olena.forward(bot.telegram.person("Ivan").send(ASKED))
        await bot.done()
        olena.tap(olena.received[0].id, "Not what I asked")
        assert await bot.missed(1) == [Miss(DAY, NOT, "", "where")]

    @pytest.mark.parametrize("data", ["m:gone", "q:gone", "t:gone:1", ""])
    async def test_a_stale_or_forged_button_is_no_miss(
        self, bot: AtWork, olena: Person, data: str
    ) -> None:
        olena.send(ASKED)
        await bot.done()
        olena.tap(olena.received[0].id, data, forged=True)
        await nothing_else(bot)


async def test_a_reply_that_people_may_find_wrong_is_a_reply_to_the_question(
    bot: AtWork, olena: Person
) -> None:
    sent = [olena.send(text) for text in (ASKED, UNSURE, MISSED, "/start")]
    await bot.done()
    assert [message.reply_to for message in olena.received] == [*sent[:2], None, None]


async def test_what_was_noted_last_is_kept_when_the_bot_stops(database: str) -> None:
    async with at_work(database=database) as working:
        working.telegram.person("Ivan").send(MISSED)
        await working.done()
        await working.stopped()
    async with at_work(database=database) as again:
        assert await again.missed(1) == [NEAR]
