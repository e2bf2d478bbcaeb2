"""Basic groups, supergroups and forums; whose messages of them reach the bot, and how."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

from bot.playground.groups import Group
from bot.playground.people import Person
from bot.playground.telegram import Telegram

Json = dict[str, Any]


@pytest.fixture
def ivan(telegram: Telegram, olena: Person) -> Person:
    return telegram.person("Ivan")


@pytest.fixture
def group(telegram: Telegram, olena: Person, ivan: Person) -> Group:
    return telegram.supergroup("Talks", olena, ivan)


@pytest.fixture
def forum(telegram: Telegram, olena: Person) -> Group:
    return telegram.supergroup("Forum", olena, forum=True)


def came(telegram: Telegram) -> list[Json]:
    """The updates, each as a client of Telegram would read it; what it cannot read is an error."""
    updates = [update.as_json() for update in telegram.updates.pending]
    for update in updates:
        read = Update.de_json(update, Bot(telegram.token))
        assert not read.api_kwargs
        assert not (read.effective_message and read.effective_message.api_kwargs)
    return updates


def texts(telegram: Telegram) -> list[str]:
    """What the people wrote, as far as it came to the bot."""
    messages = [update.get("message", {}) for update in came(telegram)]
    return [message["text"] for message in messages if "text" in message]


async def write(telegram: Telegram, chat: Group, text: str = "a", **params: Any) -> Json:
    answer = await telegram.call("sendMessage", {"chat_id": chat.id, "text": text, **params})
    result: Json = answer.result
    return result


class TestMessages:
    @pytest.mark.parametrize("kind", ["group", "supergroup"])
    def test_it_comes_with_its_chat(self, telegram: Telegram, olena: Person, kind: str) -> None:
        group = getattr(telegram, kind)("Talks", olena)
        olena.send("/ask who", chat=group)
        (update,) = came(telegram)
        assert update["message"]["chat"] == {"id": group.id, "title": "Talks", "type": kind}
        assert update["message"]["from"]["first_name"] == "Olena"

    async def test_the_bot_answers_where_it_was_asked(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        asked = olena.send("/ask who", chat=group)
        sent = await write(telegram, group, "The UAE", reply_parameters={"message_id": asked.id})
        assert sent["chat"]["id"] == group.id
        assert [message.text for message in group.received] == ["The UAE"]
        assert group.received[0].reply_to == asked
        assert olena.messages == []

    def test_a_supergroup_counts_its_messages_by_itself(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        """Its first says that it was made."""
        basic = telegram.group("Basic", olena)
        ids = [olena.send("a", chat=chat).id for chat in (None, basic, group, group)]
        assert ids == [1, 2, 2, 3]

    def test_edits_and_taps_come_from_there_too(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        asked = olena.send("/ask who", chat=group)
        olena.edit(asked.id, "/ask whom", chat=group)
        olena.tap(asked.id, "n", chat=group, forged=True)
        _, edited, tapped = came(telegram)
        assert edited["edited_message"]["text"] == "/ask whom"
        assert tapped["callback_query"]["message"]["chat"]["id"] == group.id

    def test_other_kinds_and_forwards_come_from_there_too(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        group.promote_bot(by=olena)
        olena.send_other("sticker", chat=group)
        olena.forward(olena.send("/start"), chat=group)
        _, sticker, _, forwarded = came(telegram)
        assert "sticker" in sticker["message"]
        assert forwarded["message"]["text"] == "/start"
        assert forwarded["message"]["forward_origin"]["sender_user"]["id"] == olena.id

    def test_nobody_edits_what_others_wrote(
        self, olena: Person, ivan: Person, group: Group
    ) -> None:
        message = olena.send("a", chat=group)
        with pytest.raises(LookupError):
            ivan.edit(message.id, "b", chat=group)

    async def test_only_an_admin_bot_deletes_what_others_wrote(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        message = olena.send("a", chat=group)
        delete = {"chat_id": group.id, "message_id": message.id}
        refused = await telegram.call("deleteMessage", delete)
        assert refused.description == "Bad Request: message can't be deleted"
        group.promote_bot(by=olena)
        assert (await telegram.call("deleteMessage", delete)).ok
        assert group.messages == []


class TestPrivacy:
    @pytest.mark.parametrize(
        "text",
        ["/ask who", "/ask@playground_bot who", "/ASK@Playground_Bot", "hey @playground_bot"],
    )
    def test_what_addresses_the_bot_comes(
        self, telegram: Telegram, olena: Person, group: Group, text: str
    ) -> None:
        olena.send(text, chat=group)
        assert texts(telegram) == [text]

    @pytest.mark.parametrize(
        "text",
        ["who mediates?", "/ask@other_bot who", "hey @other_bot", "playground_bot", "try /ask"],
    )
    def test_chatter_does_not(
        self, telegram: Telegram, olena: Person, group: Group, text: str
    ) -> None:
        message = olena.send(text, chat=group)
        olena.edit(message.id, text + "!", chat=group)
        olena.send_other("photo", chat=group)
        assert came(telegram) == []
        assert len(group.messages) == 2

    async def test_replies_to_the_bot_come_and_to_others_do_not(
        self, telegram: Telegram, olena: Person, ivan: Person, group: Group
    ) -> None:
        sent = await write(telegram, group)
        chatter = ivan.send("b", chat=group)
        olena.send("to the bot", chat=group, reply_to=sent["message_id"])
        olena.send("to Ivan", chat=group, reply_to=chatter.id)
        assert texts(telegram) == ["to the bot"]

    def test_a_mention_may_be_kept_back(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        telegram.botfather.mentions = False
        olena.send("hey @playground_bot", chat=group)
        assert came(telegram) == []

    async def test_a_bare_command_goes_to_the_bot_that_spoke_last(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        other = telegram.other_bot()
        group.join(other)
        other.send("I am here", chat=group)
        olena.send("/help 1", chat=group)
        await write(telegram, group)
        olena.send("/help 2", chat=group)
        assert texts(telegram) == ["/help 2"]

    def test_an_admin_sees_everything_but_bots(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        other = telegram.other_bot()
        group.join(other)
        group.promote_bot(by=olena)
        olena.send("chatter", chat=group)
        other.send("/ask@playground_bot", chat=group)
        assert texts(telegram) == ["chatter"]

    async def test_it_can_be_switched_off_for_groups_that_the_bot_comes_to_later(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        assert not (await telegram.call("getMe")).result["can_read_all_group_messages"]
        telegram.botfather.privacy = False
        assert (await telegram.call("getMe")).result["can_read_all_group_messages"]
        olena.send("unheard", chat=group)
        group.kick_bot(by=olena)
        group.add_bot(by=olena)
        olena.send("heard", chat=group)
        assert texts(telegram) == ["heard"]


class TestSpeakingForAChat:
    @pytest.mark.parametrize("text", ["/ask who", "chatter"])
    def test_an_anonymous_admin_is_nobody(
        self, telegram: Telegram, olena: Person, group: Group, text: str
    ) -> None:
        message = olena.send(text, chat=group, speaking_for=group)
        assert (message.sender.id, message.sender.is_bot) == (1087968824, True)
        assert message.sender_chat == group.chat
        assert texts(telegram) == ([text] if text != "chatter" else [])

    def test_only_admins_are_anonymous(self, ivan: Person, group: Group) -> None:
        with pytest.raises(ValueError, match="no admin"):
            ivan.send("a", chat=group, speaking_for=group)
        group.promote(ivan)
        assert ivan.send("a", chat=group, speaking_for=group)

    def test_anybody_speaks_for_an_own_channel(
        self, telegram: Telegram, ivan: Person, group: Group
    ) -> None:
        channel = telegram.channel("Ivan's news", group)
        ivan.send("/ask who", chat=group, speaking_for=channel)
        (update,) = came(telegram)
        assert update["message"]["from"]["id"] == 136817688
        assert update["message"]["sender_chat"]["title"] == "Ivan's news"

    def test_a_post_of_the_groups_channel_is_forwarded_there(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        channel = telegram.channel("News", group)
        group.promote_bot(by=olena)
        channel.post("Round two")
        message = came(telegram)[1]["message"]
        assert (message["from"]["id"], message["is_automatic_forward"]) == (777000, True)
        assert message["forward_origin"]["chat"]["title"] == "News"
        assert [message.text for message in group.messages] == ["Round two"]


class TestTopics:
    def test_it_is_told_when_one_is_opened(self, telegram: Telegram, forum: Group) -> None:
        topic = forum.topic("News")
        (update,) = came(telegram)
        message = update["message"]
        assert message["forum_topic_created"]["name"] == "News"
        assert (message["message_thread_id"], message["is_topic_message"]) == (topic.id, True)
        assert message["chat"]["is_forum"]

    def test_a_message_in_a_topic_answers_the_topics_first_message(
        self, telegram: Telegram, olena: Person, forum: Group
    ) -> None:
        topic = forum.topic("News")
        olena.send("/ask who", chat=forum, topic=topic)
        message = came(telegram)[1]["message"]
        assert (message["message_thread_id"], message["is_topic_message"]) == (topic.id, True)
        assert message["reply_to_message"]["message_id"] == topic.id
        assert "forum_topic_created" in message["reply_to_message"]

    def test_a_message_in_general_has_no_thread(
        self, telegram: Telegram, olena: Person, forum: Group
    ) -> None:
        olena.send("/ask who", chat=forum)
        (update,) = came(telegram)
        assert not {"message_thread_id", "is_topic_message"} & set(update["message"])

    @pytest.mark.parametrize("is_forum", [True, False])
    def test_a_reply_outside_of_topics_has_a_thread_that_is_no_topic(
        self, telegram: Telegram, olena: Person, is_forum: bool
    ) -> None:
        group = telegram.supergroup("Talks", olena, forum=is_forum)
        first = olena.send("/ask 1", chat=group)
        second = olena.send("/ask 2", chat=group, reply_to=first.id)
        olena.send("/ask 3", chat=group, reply_to=second.id)
        for update in came(telegram)[1:]:
            assert update["message"]["message_thread_id"] == first.id
            assert "is_topic_message" not in update["message"]

    async def test_the_bot_writes_into_a_topic(self, telegram: Telegram, forum: Group) -> None:
        topic = forum.topic("News")
        sent = await write(telegram, forum, message_thread_id=topic.id)
        assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)

    @pytest.mark.parametrize("named", [True, False])
    async def test_a_reply_stands_in_the_topic_of_what_it_answers(
        self, telegram: Telegram, olena: Person, forum: Group, named: bool
    ) -> None:
        topic = forum.topic("News")
        for asked in (topic, olena.send("/ask who", chat=forum, topic=topic)):
            thread: Json = {"message_thread_id": topic.id} if named else {}
            sent = await write(telegram, forum, reply_parameters={"message_id": asked.id}, **thread)
            assert sent["message_thread_id"] == topic.id
            assert sent["reply_to_message"]["message_id"] == asked.id

    async def test_a_thread_of_replies_may_be_written_into_where_there_are_no_topics(
        self, telegram: Telegram, olena: Person, group: Group
    ) -> None:
        first = olena.send("a", chat=group)
        olena.send("b", chat=group, reply_to=first.id)
        sent = await write(telegram, group, message_thread_id=first.id)
        assert sent["message_thread_id"] == first.id
        assert "is_topic_message" not in sent

    @pytest.mark.parametrize("named", [True, False], ids=["a topic", "General"])
    async def test_in_a_closed_topic_only_admins_write(
        self, telegram: Telegram, olena: Person, forum: Group, named: bool
    ) -> None:
        ivan = telegram.person("Ivan")
        forum.join(ivan)
        topic = forum.topic("News") if named else None
        forum.close(topic)
        assert came(telegram)[-1]["message"]["forum_topic_closed"] == {}
        place = {"message_thread_id": topic.id} if topic else {}
        told = {"chat_id": forum.id, "text": "a", **place}
        refused = await telegram.call("sendMessage", told)
        assert refused.description == "Bad Request: TOPIC_CLOSED"
        with pytest.raises(ValueError, match="Ivan cannot write in Forum"):
            ivan.send("a", chat=forum, topic=topic)
        olena.send("a", chat=forum, topic=topic)
        forum.promote_bot(by=olena)
        assert (await telegram.call("sendMessage", told)).ok

    def test_only_a_forum_has_topics(self, group: Group) -> None:
        with pytest.raises(ValueError, match="only a forum has topics"):
            group.topic("News")


class TestMembers:
    def test_who_comes_and_goes_is_told(
        self, telegram: Telegram, olena: Person, ivan: Person
    ) -> None:
        group = telegram.supergroup("Talks", olena)
        group.join(ivan)
        assert group.users == [olena.user, telegram.bot, ivan.user]
        group.leave(ivan)
        entered, left = (update["message"] for update in came(telegram))
        assert [user["first_name"] for user in entered["new_chat_members"]] == ["Ivan"]
        assert left["left_chat_member"]["first_name"] == "Ivan"
        assert not group.has(ivan.user)

    def test_it_is_known_who_and_what_there_is(
        self, telegram: Telegram, olena: Person, ivan: Person, group: Group
    ) -> None:
        assert telegram.people == {olena.id: olena, ivan.id: ivan}
        assert telegram.groups == {group.id: group}

    def test_somebody_may_be_brought_in(self, telegram: Telegram, olena: Person) -> None:
        group = telegram.group("Talks", olena)
        group.join(telegram.person("Ivan"), by=olena)
        assert came(telegram)[0]["message"]["from"]["first_name"] == "Olena"

    async def test_an_admin_bot_is_told_of_every_change_if_it_wants(
        self, telegram: Telegram, olena: Person, ivan: Person, group: Group
    ) -> None:
        await telegram.call("getUpdates", {"allowed_updates": ["chat_member"]})
        group.leave(ivan)
        group.promote_bot(by=olena)
        group.join(ivan)
        (update,) = came(telegram)
        change = update["chat_member"]
        assert change["old_chat_member"]["status"] == "left"
        assert change["new_chat_member"]["status"] == "member"

    def test_the_bot_is_told_what_becomes_of_itself(
        self, telegram: Telegram, olena: Person
    ) -> None:
        group = telegram.supergroup("Talks", olena, bot=False)
        group.add_bot(by=olena)
        group.promote_bot(by=olena)
        group.kick_bot(by=olena)
        updates = came(telegram)
        changes = [update["my_chat_member"] for update in updates if "my_chat_member" in update]
        assert [change["new_chat_member"]["status"] for change in changes] == [
            "member",
            "administrator",
            "kicked",
        ]
        (message,) = (update["message"] for update in updates if "message" in update)
        assert [user["id"] for user in message["new_chat_members"]] == [telegram.bot.id]

    @pytest.mark.parametrize(
        ("change", "who", "told"),
        [
            ("join", "Olena", "Olena cannot change Olena from creator to member"),
            ("promote", "Olena", "Olena cannot change Olena from creator to administrator"),
            ("promote", "Mona", "Mona cannot change Mona from left to administrator"),
            ("leave", "Mona", "Mona cannot change Mona from left to left"),
            ("add_bot", "Olena", "Olena cannot change Playground from member to member"),
            ("kick_bot", "Mona", "Mona cannot change Playground from member to kicked"),
        ],
    )
    def test_nobody_becomes_what_cannot_be(
        self, telegram: Telegram, olena: Person, group: Group, change: str, who: str, told: str
    ) -> None:
        person = {"Olena": olena, "Mona": telegram.person("Mona")}[who]
        with pytest.raises(ValueError, match=f"in Talks, {told}"):
            getattr(group, change)(person)
        assert group.status(olena.user) == "creator"
        assert came(telegram) == []

    def test_nothing_comes_from_where_the_bot_is_not(
        self, telegram: Telegram, olena: Person
    ) -> None:
        group = telegram.supergroup("Talks", olena, bot=False)
        olena.send("/ask@playground_bot who", chat=group)
        assert came(telegram) == []

    def test_only_members_write(self, telegram: Telegram, group: Group) -> None:
        with pytest.raises(ValueError, match="cannot write"):
            telegram.person("Stranger").send("a", chat=group)


class TestMigration:
    def test_both_groups_tell_of_it(self, telegram: Telegram, olena: Person) -> None:
        old = telegram.group("Talks", olena)
        new = old.migrate()
        left, entered = (update["message"] for update in came(telegram))
        assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (old.id, new.id)
        assert (entered["chat"]["id"], entered["migrate_from_chat_id"]) == (new.id, old.id)
        assert entered["chat"] == {"id": new.id, "title": "Talks", "type": "supergroup"}

    async def test_people_and_bot_go_on_in_the_new_one(
        self, telegram: Telegram, olena: Person
    ) -> None:
        old = telegram.group("Talks", olena)
        new = old.migrate()
        with pytest.raises(ValueError, match="cannot write"):
            olena.send("a", chat=old)
        olena.send("/ask who", chat=new)
        assert texts(telegram) == ["/ask who"]
        assert (await write(telegram, new))["chat"]["id"] == new.id

    def test_it_happens_once_and_nothing_after_it(self, telegram: Telegram, olena: Person) -> None:
        old = telegram.group("Talks", olena)
        for group in (old, old.migrate()):
            with pytest.raises(ValueError, match="Talks cannot become a supergroup"):
                group.migrate()
        with pytest.raises(ValueError, match="cannot change"):
            old.kick_bot(by=olena)

    async def test_a_refusal_names_the_new_group(self, telegram: Telegram, olena: Person) -> None:
        old = telegram.group("Talks", olena)
        new = old.migrate()
        refused = await telegram.call("sendMessage", {"chat_id": old.id, "text": "a"})
        assert refused.envelope["parameters"] == {"migrate_to_chat_id": new.id}

    async def test_what_stands_in_the_old_group_can_still_be_edited(
        self, telegram: Telegram, olena: Person
    ) -> None:
        old = telegram.group("Talks", olena)
        sent = await write(telegram, old)
        old.migrate()
        edit = {"chat_id": old.id, "message_id": sent["message_id"], "text": "b"}
        assert (await telegram.call("editMessageText", edit)).ok


class TestPublicGroups:
    async def test_it_can_be_named_instead_of_numbered(
        self, telegram: Telegram, olena: Person
    ) -> None:
        group = telegram.supergroup("Talks", olena, username="Abu_Dhabi_Talks")
        params = {"chat_id": "@abu_dhabi_talks", "text": "a"}
        sent = (await telegram.call("sendMessage", params)).result
        assert (sent["chat"]["id"], sent["chat"]["username"]) == (group.id, "Abu_Dhabi_Talks")
        assert len(group.received) == 1

    async def test_a_bot_may_look_into_it_unless_it_was_thrown_out(
        self, telegram: Telegram, olena: Person
    ) -> None:
        group = telegram.supergroup("Talks", olena, bot=False, username="talks")
        react = {"chat_id": "@talks", "message_id": olena.send("a", chat=group).id}
        unseen = await telegram.call("setMessageReaction", react)
        assert unseen.description == "Bad Request: message to react not found"
        look = ("getChatMember", {"chat_id": "@talks", "user_id": olena.id})
        assert (await telegram.call(*look)).result["status"] == "creator"
        assert (await telegram.call("getChat", {"chat_id": "@talks"})).result["id"] == group.id
        group.kick_bot(by=olena)
        refused = await telegram.call(*look)
        assert refused.description == "Forbidden: bot was kicked from the supergroup chat"
