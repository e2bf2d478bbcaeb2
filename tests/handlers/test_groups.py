"""Groups: whom the bot answers there, where it answers, and what it leaves alone.

The double delivers what Telegram would deliver; most tests let the bot see everything, as an admin
does, so that it is the bot that keeps silent.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.groups import Group
from bot.playground.messages import Message
from bot.playground.people import Person
from tests.bot_on_telegram import ASKED, AtWork, params_of

BRIEF = "On 4 February 2026 the talks began in Abu Dhabi. Quote and source · 4 Feb 2026"
HINT = (
    "Ask like this: /ask@playground_bot what does Russia demand? "
    "Or reply to a message with /ask@playground_bot."
)
REPEATED = "I answered this a few minutes ago, in the message above. Quote and source"
MISS = "I found no answer to that."


@pytest.fixture
def ivan(bot: AtWork) -> Person:
    return bot.telegram.person("Ivan")


@pytest.fixture
def group(bot: AtWork, olena: Person, ivan: Person) -> Group:
    """A supergroup in which the bot sees everything."""
    group = bot.telegram.supergroup("Talks", olena, ivan)
    group.promote_bot(by=olena)
    return group


@pytest.fixture
def quiet(bot: AtWork, olena: Person, ivan: Person) -> Group:
    """A supergroup in which the bot is in privacy mode."""
    return bot.telegram.supergroup("Talks", olena, ivan)


def texts(group: Group) -> list[str]:
    """What the bot has written there."""
    return [message.text for message in group.received]


async def answer(bot: AtWork, group: Group) -> Message:
    """The bot's one message there."""
    await bot.done()
    (message,) = group.received
    return message


class TestAddressed:
    @pytest.mark.parametrize(
        "text",
        [
            f"/ask@playground_bot {ASKED}",
            f"/ask {ASKED}",
            f"/ask@playground_bot @playground_bot {ASKED}",
            f"/ASK@Playground_Bot\n{ASKED}",
            f"@playground_bot {ASKED}",
            f"{ASKED} @PLAYGROUND_BOT",
            "Where, @playground_bot, are the talks held?",
        ],
    )
    async def test_by_command_or_by_name(
        self, bot: AtWork, olena: Person, quiet: Group, text: str
    ) -> None:
        asked = olena.send(text, chat=quiet)
        message = await answer(bot, quiet)
        assert message.text == BRIEF
        assert message.reply_to == asked

    async def test_by_a_reply_to_the_bot(self, bot: AtWork, olena: Person, quiet: Group) -> None:
        olena.send("/ask what does Russia demand?", chat=quiet)
        first = await answer(bot, quiet)
        asked = olena.send(ASKED, chat=quiet, reply_to=first.id)
        await bot.done()
        assert texts(quiet)[1:] == [BRIEF]
        assert quiet.received[1].reply_to == asked

    async def test_only_where_telegram_brings_a_mention_at_all(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        bot.telegram.botfather.mentions = False
        olena.send(f"@playground_bot {ASKED}", chat=quiet)
        await bot.done()
        assert texts(quiet) == []

    async def test_by_a_mention_of_the_account_itself(
        self, bot: AtWork, olena: Person, group: Group
    ) -> None:
        message = olena.send("@bot_", chat=group)
        await bot.done()
        entity = {"type": "text_mention", "offset": 0, "length": 5}
        user = bot.telegram.bot.as_json()
        text = {"text": f"@bot_ {ASKED}", "entities": [entity | {"user": user}]}
        bot.telegram.updates.add("message", message.as_json() | text)
        assert (await answer(bot, group)).text == BRIEF

    async def test_the_language_is_that_of_the_question(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        olena.send("/ask Де відбуваються переговори?", chat=quiet)
        assert (await answer(bot, quiet)).text.startswith("В Абу-Дабі.")

    async def test_a_question_without_words_gets_a_hint_with_the_bots_name(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        for text in ("/ask", "/ask@playground_bot 🕊", "@playground_bot", "/ask ?"):
            olena.send(text, chat=quiet)
        await bot.done()
        assert texts(quiet) == [HINT] * 4

    async def test_a_miss_is_one_line(self, bot: AtWork, olena: Person, quiet: Group) -> None:
        olena.send("/ask banana", chat=quiet)
        message = await answer(bot, quiet)
        assert message.text.startswith(MISS)
        assert "\n" not in message.text
        assert message.buttons == ()

    async def test_unsure_is_one_line_of_links_and_no_wall_of_buttons(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        olena.send("/ask Where and Russia", chat=quiet)
        message = await answer(bot, quiet)
        assert message.text == (
            "Did you mean: What does Russia demand? · Where are the talks held?"
        )
        assert [entity.url for entity in message.entities] == [
            f"https://t.me/playground_bot?start=q_{id}" for id in ("russia-donbas", "where")
        ]
        assert message.buttons == ()


class TestAboutAMessage:
    @pytest.mark.parametrize("text", ["/ask@playground_bot", "/ask", "@playground_bot", " /ask "])
    async def test_it_is_answered_itself(
        self, bot: AtWork, olena: Person, ivan: Person, group: Group, text: str
    ) -> None:
        said = ivan.send(ASKED, chat=group)
        olena.send(text.strip(), chat=group, reply_to=said.id)
        message = await answer(bot, group)
        assert message.text == BRIEF
        assert message.reply_to == said

    async def test_words_after_the_command_are_the_question(
        self, bot: AtWork, olena: Person, ivan: Person, group: Group
    ) -> None:
        said = ivan.send("what does Russia demand?", chat=group)
        asked = olena.send(f"/ask {ASKED}", chat=group, reply_to=said.id)
        message = await answer(bot, group)
        assert (message.text, message.reply_to) == (BRIEF, asked)

    async def test_what_is_said_under_a_photo_counts(
        self, bot: AtWork, olena: Person, ivan: Person, group: Group
    ) -> None:
        photo = ivan.send_other("photo", chat=group, caption=ASKED)
        olena.send("/ask", chat=group, reply_to=photo.id)
        message = await answer(bot, group)
        assert message.text == BRIEF
        assert message.reply_to is not None
        assert message.reply_to.id == photo.id

    async def test_a_message_without_words_gets_a_hint(
        self, bot: AtWork, olena: Person, ivan: Person, group: Group
    ) -> None:
        sticker = ivan.send_other("sticker", chat=group)
        asked = olena.send("/ask", chat=group, reply_to=sticker.id)
        message = await answer(bot, group)
        assert (message.text, message.reply_to) == (HINT, asked)

    async def test_the_bots_own_words_are_no_question(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        olena.send(f"/ask {ASKED}", chat=quiet)
        first = await answer(bot, quiet)
        olena.send("/ask", chat=quiet, reply_to=first.id)
        await bot.done()
        assert texts(quiet) == [BRIEF, HINT]

    @pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "from another chat"])
    async def test_a_part_that_is_quoted_is_what_is_asked(
        self, bot: AtWork, olena: Person, ivan: Person, quiet: Group, elsewhere: bool
    ) -> None:
        said = ivan.send(f"I cannot follow all this. {ASKED} And who pays?", chat=quiet)
        asked = olena.send("nobody reads this", chat=quiet, reply_to=said.id).as_json()
        command = {"type": "bot_command", "offset": 0, "length": 4}
        asked |= {"text": "/ask", "entities": [command]}
        asked |= {"quote": {"text": ASKED, "position": 26}}
        if elsewhere:
            del asked["reply_to_message"]
        bot.telegram.updates.add("message", asked)
        message = await answer(bot, quiet)
        assert message.text == BRIEF
        assert message.reply_to is not None
        assert message.reply_to.id == (asked["message_id"] if elsewhere else said.id)


class TestSilence:
    @pytest.mark.parametrize(
        "text",
        [
            ASKED,
            "what does Russia demand?",
            "@other_bot where are the talks held?",
            "playground_bot where are the talks held?",
            "write to olena@playground_bot.example",
            "see t.me/playground_bot where are the talks held?",
            "/ask@other_bot where are the talks held?",
            "/weather",
            "/weather@playground_bot",
            "/weather @playground_bot where are the talks held?",
            "/start@other_bot",
            "please try /ask@playground_bot where",
            "／ask where",
            "/\u200bask where",
            "hello",
        ],
    )
    async def test_to_what_is_not_for_the_bot(
        self, bot: AtWork, olena: Person, group: Group, text: str
    ) -> None:
        olena.send(text, chat=group)
        await bot.done()
        assert texts(group) == []

    async def test_to_people_who_reply_to_each_other(
        self, bot: AtWork, olena: Person, ivan: Person, group: Group
    ) -> None:
        said = olena.send(ASKED, chat=group)
        ivan.send("what does Russia demand?", chat=group, reply_to=said.id)
        await bot.done()
        assert texts(group) == []

    @pytest.mark.parametrize("text", ["thanks!", "👍", "ok", "?!"])
    async def test_to_a_nod(self, bot: AtWork, olena: Person, quiet: Group, text: str) -> None:
        olena.send(f"/ask {ASKED}", chat=quiet)
        first = await answer(bot, quiet)
        olena.send(text, chat=quiet, reply_to=first.id)
        await bot.done()
        assert texts(quiet) == [BRIEF]

    async def test_to_a_forwarded_command(
        self, bot: AtWork, olena: Person, ivan: Person, group: Group
    ) -> None:
        message = olena.send(f"/ask {ASKED}")
        ivan.forward(message, chat=group)
        await bot.done()
        assert texts(group) == []

    async def test_to_other_bots(self, bot: AtWork, group: Group) -> None:
        other = bot.telegram.other_bot()
        group.join(other)
        message = other.send(f"/ask@playground_bot {ASKED}", chat=group)
        # Telegram keeps it back; a bot may all the same be made to read others' words.
        bot.telegram.updates.add("message", message.as_json())
        await bot.done()
        assert texts(group) == []

    async def test_to_what_was_sent_through_a_bot(
        self, bot: AtWork, olena: Person, group: Group
    ) -> None:
        message = olena.send(f"/ask {ASKED}", chat=group).as_json()
        await bot.done()
        told = {"message_id": 77, "via_bot": bot.telegram.bot.as_json()}
        bot.telegram.updates.add("message", message | told)
        await bot.done()
        assert texts(group) == [BRIEF]

    async def test_to_posts_of_the_groups_channel(
        self, bot: AtWork, group: Group, olena: Person
    ) -> None:
        bot.telegram.channel("News", group).post(f"/ask@playground_bot {ASKED}")
        await bot.done()
        assert texts(group) == []

    async def test_to_posts_of_the_groups_channel_that_do_not_tell_their_origin(
        self, bot: AtWork, group: Group, ivan: Person
    ) -> None:
        channel = bot.telegram.channel("News", group)
        post = ivan.send("a", chat=group, speaking_for=channel).as_json()
        command = {"type": "bot_command", "offset": 0, "length": 4}
        text = {"text": f"/ask {ASKED}", "entities": [command]}
        bot.telegram.updates.add("message", post | text | {"is_automatic_forward": True})
        await bot.done()
        assert texts(group) == []

    @pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "business_message"])
    @pytest.mark.parametrize("text", [f"/ask@playground_bot {ASKED}", "/start", "/help"])
    async def test_to_messages_that_no_group_holds(
        self, bot: AtWork, olena: Person, group: Group, kind: str, text: str
    ) -> None:
        message = olena.send(text, chat=group).as_json()
        await bot.done()
        before = texts(group)
        chat = {"id": group.id, "type": "channel", "title": "Talks"}
        bot.telegram.updates.add(kind, message | {"message_id": 77, "chat": chat})
        await bot.done()
        assert texts(group) == before

    async def test_to_who_comes_and_goes_and_brings_the_bot(
        self, bot: AtWork, olena: Person, group: Group
    ) -> None:
        petro = bot.telegram.person("Petro")
        group.join(petro)
        group.leave(petro)
        group.kick_bot(by=olena)
        group.add_bot(by=olena)
        await bot.done()
        assert texts(group) == []

    async def test_to_words_under_pictures(self, bot: AtWork, olena: Person, group: Group) -> None:
        entity = {"type": "bot_command", "offset": 0, "length": 4}
        olena.send_other("photo", chat=group, caption=f"/ask {ASKED}", caption_entities=[entity])
        await bot.done()
        assert texts(group) == []


class TestOnBehalfOf:
    async def test_an_anonymous_admin_is_answered_like_anybody(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        asked = olena.send(f"/ask {ASKED}", chat=quiet, speaking_for=quiet)
        message = await answer(bot, quiet)
        assert (message.text, message.reply_to) == (BRIEF, asked)

    async def test_who_speaks_for_a_channel_is_answered_like_anybody(
        self, bot: AtWork, ivan: Person, quiet: Group
    ) -> None:
        channel = bot.telegram.channel("Ivan's news", quiet)
        ivan.send(f"/ask {ASKED}", chat=quiet, speaking_for=channel)
        assert (await answer(bot, quiet)).text == BRIEF


class TestManners:
    async def test_it_is_silent_short_and_shows_no_preview(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        olena.send(f"/ask {ASKED}", chat=quiet)
        message = await answer(bot, quiet)
        assert message.silent
        assert len(message.text) <= 350
        assert message.link_preview == {"is_disabled": True}
        (link,) = message.entities
        assert link.url == "https://t.me/playground_bot?start=q_where"

    async def test_the_link_opens_the_whole_answer_in_the_private_chat(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        olena.send(f"/ask {ASKED}", chat=quiet)
        (link,) = (await answer(bot, quiet)).entities
        olena.send(f"/start {link.url.partition('=')[2]}")
        await bot.done()
        assert "Talks began in Abu Dhabi\nSource: The talks" in olena.received[0].text

    @pytest.mark.parametrize("in_topic", [True, False])
    async def test_a_question_deleted_meanwhile_is_answered_in_its_place(
        self, bot: AtWork, olena: Person, in_topic: bool
    ) -> None:
        forum = bot.telegram.supergroup("Forum", olena, forum=True)
        forum.promote_bot(by=olena)
        topic = forum.topic("News") if in_topic else None
        asked = olena.send(f"/ask {ASKED}", chat=forum, topic=topic)
        await bot.telegram.call("deleteMessage", {"chat_id": forum.id, "message_id": asked.id})
        message = await answer(bot, forum)
        assert (message.text, message.reply_to, message.topic) == (BRIEF, None, topic)

    @pytest.mark.parametrize("kind", ["group", "supergroup"])
    async def test_it_answers_in_every_kind_of_group(
        self, bot: AtWork, olena: Person, kind: str
    ) -> None:
        group = getattr(bot.telegram, kind)("Talks", olena)
        olena.send(f"/ask {ASKED}", chat=group)
        assert (await answer(bot, group)).text == BRIEF

    async def test_a_group_that_becomes_a_supergroup_is_answered_there(
        self, bot: AtWork, olena: Person, ivan: Person
    ) -> None:
        group = bot.telegram.group("Talks", olena, ivan)
        olena.send(f"/ask {ASKED}", chat=group)
        await bot.done()
        bigger = group.migrate()
        olena.send(f"/ask {ASKED}", chat=bigger)
        await bot.done()
        assert (texts(group), texts(bigger)) == ([BRIEF], [BRIEF])

    async def test_markup_in_names_and_titles_harms_nothing(self, bot: AtWork) -> None:
        wild = '</b><a href="https://evil.example">x</a>&amp;<3 \u202e{0.__class__} %s'
        person = bot.telegram.person(wild)
        group = bot.telegram.supergroup(wild, person)
        person.send(f"/ask {wild}", chat=group)
        person.send("/ask", chat=group)
        person.send(wild)
        await bot.done()
        assert len(texts(group)) == 2
        for message in [*group.received, *person.received]:
            assert not any(part in message.text for part in ("evil", "class", "%s", "\u202e"))
            assert all(
                "t.me/playground_bot" in (e.url or "t.me/playground_bot") for e in message.entities
            )

    async def test_a_group_that_threw_the_bot_out_is_left_alone(
        self, bot: AtWork, olena: Person, quiet: Group, caplog: pytest.LogCaptureFixture
    ) -> None:
        olena.send(f"/ask {ASKED}", chat=quiet)
        quiet.kick_bot(by=olena)
        await bot.done()
        assert texts(quiet) == []
        (told,) = [r.getMessage() for r in caplog.records if r.levelname in ("WARNING", "ERROR")]
        assert told == "a chat takes no messages (forbidden); not told again for an hour"


class TestTopics:
    async def test_it_answers_in_the_topic_and_in_general(self, bot: AtWork, olena: Person) -> None:
        forum = bot.telegram.supergroup("Forum", olena, forum=True)
        for topic in (forum.topic("News"), forum.topic("Talks"), None):
            asked = olena.send(f"/ask {ASKED}", chat=forum, topic=topic)
            await bot.done()
            message = forum.received[-1]
            assert (message.text, message.topic, message.reply_to) == (BRIEF, topic, asked)

    async def test_a_bare_command_in_a_topic_is_about_no_message(
        self, bot: AtWork, olena: Person
    ) -> None:
        """There every message counts as a reply to the one that opened the topic."""
        forum = bot.telegram.supergroup("Forum", olena, forum=True)
        topic = forum.topic("Where are the talks held?")
        asked = olena.send("/ask", chat=forum, topic=topic)
        message = await answer(bot, forum)
        assert (message.text, message.reply_to, message.topic) == (HINT, asked, topic)

    async def test_a_thread_that_is_no_topic_is_no_topic(
        self, bot: AtWork, olena: Person, ivan: Person, quiet: Group
    ) -> None:
        first = ivan.send("a", chat=quiet)
        asked = olena.send(f"/ask {ASKED}", chat=quiet, reply_to=first.id)
        message = await answer(bot, quiet)
        assert (message.text, message.reply_to) == (BRIEF, asked)
        assert "message_thread_id" not in params_of(bot.telegram, "sendMessage")[0]


class TestAskedAgain:
    async def ask(self, bot: AtWork, person: Person, group: Group, **where: Any) -> Message:
        person.send(f"/ask {where.pop('text', ASKED)}", chat=group, **where)
        await bot.done()
        return group.received[-1]

    async def test_it_points_to_the_answer(
        self, bot: AtWork, olena: Person, ivan: Person, quiet: Group
    ) -> None:
        first = await self.ask(bot, olena, quiet)
        for text in (ASKED, "what city?"):
            again = await self.ask(bot, ivan, quiet, text=text)
            assert (again.text, again.reply_to, again.silent) == (REPEATED, first, True)

    async def test_after_ten_minutes_it_is_answered_anew(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        await self.ask(bot, olena, quiet)
        bot.telegram.clock.shift(601)
        assert (await self.ask(bot, olena, quiet)).text == BRIEF

    async def test_if_the_answer_was_deleted_it_is_answered_anew(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        first = await self.ask(bot, olena, quiet)
        await bot.telegram.call("deleteMessage", {"chat_id": quiet.id, "message_id": first.id})
        second = await self.ask(bot, olena, quiet)
        assert second.text == BRIEF
        third = await self.ask(bot, olena, quiet)
        assert (third.text, third.reply_to) == (REPEATED, second)

    async def test_other_questions_languages_topics_and_groups_have_their_own_answers(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        forum = bot.telegram.supergroup("Forum", olena, forum=True)
        topic = forum.topic("News")
        for text, chat, where in (
            (ASKED, quiet, None),
            ("what does Russia demand?", quiet, None),
            ("Де відбуваються переговори?", quiet, None),
            (ASKED, forum, None),
            (ASKED, forum, topic),
        ):
            message = await self.ask(bot, olena, chat, text=text, topic=where)
            assert message.text != REPEATED

    async def test_what_has_no_answer_is_not_pointed_to(
        self, bot: AtWork, olena: Person, quiet: Group
    ) -> None:
        for _ in range(2):
            message = await self.ask(bot, olena, quiet, text="banana")
            assert message.text.startswith(MISS)

    async def test_a_pointer_that_telegram_refuses_for_another_reason_is_an_error(
        self, bot: AtWork, olena: Person, quiet: Group, caplog: pytest.LogCaptureFixture
    ) -> None:
        await self.ask(bot, olena, quiet)
        bot.telegram.fail("sendMessage", 400, "Bad Request: the sky is falling")
        olena.send(f"/ask {ASKED}", chat=quiet)
        await bot.done()
        assert texts(quiet) == [BRIEF]
        assert "failed" in caplog.text


async def test_an_update_that_comes_twice_is_answered_once(
    bot: AtWork, olena: Person, quiet: Group
) -> None:
    message = olena.send(f"/ask {ASKED}", chat=quiet)
    bot.telegram.updates.add("message", message.as_json())
    await bot.done()
    assert texts(quiet) == [BRIEF]
