from __future__ import annotations

import pytest

from bot.handlers.commands import MENUS
from bot.playground.groups import Group
from bot.playground.people import Person
from bot.wording import available
from tests.bot_on_telegram import ANSWERED, AtWork, labels, params_of, texts, until

HINT = (
    "Ask like this: /ask@playground_bot what does Russia demand? "
    "Or reply to a message with /ask@playground_bot."
)


@pytest.mark.parametrize("text", ["/start", "/START", "/start@playground_bot", "/start please"])
async def test_start_tells_what_it_knows_and_offers_questions(
    bot: AtWork, olena: Person, text: str
) -> None:
    olena.send(text)
    await bot.done()
    (reply,) = texts(olena)
    assert "I know one article, “The talks”, of 4 February 2026" in reply
    assert len(reply) <= 500
    assert labels(olena) == [
        "Where are the talks held?",
        "What does Russia demand?",
        "What does Ukraine answer?",
        "All topics",
    ]


async def test_a_permalink_opens_its_answer(bot: AtWork, olena: Person) -> None:
    olena.send("/start q_where")
    await bot.done()
    assert ANSWERED in texts(olena)[0]
    assert labels(olena) == ["Not what I asked"]


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param("q_gone", id="an entry that is no more"),
        pytest.param("q_", id="cut"),
        pytest.param("q", id="cut to its kind"),
        pytest.param("where", id="no kind"),
        pytest.param("Q_where", id="other case"),
        pytest.param("q_where%20", id="escaped"),
        pytest.param("q_😀", id="foreign letters"),
        pytest.param("a" * 64, id="the longest"),
        pytest.param("q" * 4000, id="far too long"),
        pytest.param("admin", id="a word of power"),
        pytest.param("eyJhZG1pbiI6dHJ1ZX0", id="JSON in base64"),
        pytest.param("<b>q_where</b>", id="markup"),
    ],
)
async def test_a_permalink_to_nothing_is_a_start(bot: AtWork, olena: Person, payload: str) -> None:
    for text in (f"/start {payload}", "/start"):
        olena.send(text)
    await bot.done()
    linked, bare = texts(olena)
    assert linked == bare


async def test_a_permalink_opens_in_the_language_of_the_app(bot: AtWork) -> None:
    person = bot.telegram.person("Ivan", language_code="uk-UA")
    person.send("/start q_where")
    await bot.done()
    assert texts(person)[0].startswith("Де відбуваються переговори?")


async def test_help_tells_how_to_ask(bot: AtWork, olena: Person) -> None:
    olena.send("/help")
    await bot.done()
    assert "for example: Where are the talks held?" in texts(olena)[0]
    assert labels(olena) == ["All topics"]


async def test_topics_lists_the_topics(bot: AtWork, olena: Person) -> None:
    olena.send("/topics")
    await bot.done()
    assert labels(olena) == ["Where and when", "What each side wants"]


async def test_privacy_names_the_operator(bot: AtWork, olena: Person) -> None:
    olena.send("/privacy")
    await bot.done()
    assert texts(olena)[0].endswith("This bot is run by Olena (@olena_desk) & friends.")
    assert olena.received[0].buttons == ()


@pytest.mark.parametrize(("payload", "command"), [("topics", "/topics"), ("privacy", "/privacy")])
async def test_a_link_in_a_group_opens_what_a_command_does(
    bot: AtWork, olena: Person, payload: str, command: str
) -> None:
    for text in (f"/start {payload}", command):
        olena.send(text)
    await bot.done()
    linked, by_command = olena.received
    assert (linked.text, linked.buttons) == (by_command.text, by_command.buttons)


async def test_ask_is_taken_in_private_too(bot: AtWork, olena: Person) -> None:
    for text in ("/ask Where are the talks held?", "/ask@playground_bot what city?", "/ask"):
        olena.send(text)
    await bot.done()
    by_name, by_full_name, bare = texts(olena)
    assert ANSWERED in by_name
    assert ANSWERED in by_full_name
    assert bare == "Please ask a whole question, for example: Where are the talks held?"


async def test_ask_in_reply_is_about_the_message_in_private_too(bot: AtWork, olena: Person) -> None:
    forwarded = olena.send("Where are the talks held?")
    olena.send("/ask", reply_to=forwarded.id)
    await bot.done()
    assert ANSWERED in texts(olena)[1]


@pytest.mark.parametrize("text", ["/start q_where", "/help", "/topics", "/privacy", "/nonsense"])
async def test_a_command_passed_on_is_not_carried_out(
    bot: AtWork, olena: Person, text: str
) -> None:
    olena.forward(bot.telegram.person("Ivan").send(text))
    await bot.done()
    assert [text[:31] for text in texts(olena)] == ["I do not know this command. Ple"]


class TestInGroups:
    @pytest.fixture
    def group(self, bot: AtWork, olena: Person) -> Group:
        return bot.telegram.supergroup("Talks", olena)

    @pytest.mark.parametrize(
        ("command", "text"),
        [
            ("/help", HINT),
            ("/topics", "All questions by topic"),
            ("/start", f"from one article of 4 February 2026. {HINT}"),
            ("/privacy", "Of a question that I cannot answer I keep the words for 30 days"),
        ],
    )
    async def test_a_command_gets_one_line(
        self, bot: AtWork, olena: Person, group: Group, command: str, text: str
    ) -> None:
        for written in (command, f"{command}@playground_bot", f"{command}@playground_bot q_where"):
            sent = olena.send(written, chat=group)
            await bot.done()
            message = group.received[-1]
            assert text in message.text
            assert len(message.text) <= 350
            assert (message.reply_to, message.silent, message.buttons) == (sent, True, ())
        assert len(group.received) == 3

    async def test_it_is_answered_in_its_topic(self, bot: AtWork, olena: Person) -> None:
        forum = bot.telegram.supergroup("Forum", olena, forum=True)
        topic = forum.topic("News")
        olena.send("/help", chat=forum, topic=topic)
        await bot.done()
        assert [message.topic for message in forum.received] == [topic]

    async def test_commands_for_others_and_passed_on_are_not_for_us(
        self, bot: AtWork, olena: Person, group: Group
    ) -> None:
        group.promote_bot(by=olena)
        for text in ("/help@other_bot", "/start@other_bot", "/reload", "a /help", "／help"):
            olena.send(text, chat=group)
        olena.forward(olena.send("/help"), chat=group)
        message = olena.send("/help@other_bot", chat=group)
        olena.edit(message.id, "/help", chat=group)
        await bot.done()
        assert group.received == []


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        ("all_private_chats", ["start", "help", "topics", "privacy"]),
        ("all_group_chats", ["ask", "help", "topics", "privacy"]),
        ("all_chat_administrators", []),
        ("default", []),
    ],
)
async def test_each_place_has_its_menu(bot: AtWork, scope: str, names: list[str]) -> None:
    menus = len(MENUS) * len(available())
    await until(lambda: len(params_of(bot.telegram, "setMyCommands")) == menus)
    menu = (await bot.telegram.call("getMyCommands", {"scope": {"type": scope}})).result
    assert [command["command"] for command in menu] == names
