"""The people's side over HTTP, as a script uses it; what reached the bot, the Bot API tells."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.playground.people import Person
from bot.playground.people_api import people_routes
from bot.playground.server import serving
from bot.playground.telegram import Telegram

PATIENCE = 10.0
KEYBOARD = {"inline_keyboard": [[{"text": "Other side", "callback_data": "o"}]]}


class Script:
    """Somebody's script over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def do(self, act: str, **arguments: Any) -> Any:
        response = await self.client.post(f"/people/{act}", json=arguments)
        assert response.status_code == 200, response.text
        return response.json()

    async def refused(self, act: str, **arguments: Any) -> str:
        response = await self.client.post(f"/people/{act}", json=arguments)
        assert response.status_code == 400
        (sentence,) = response.json().values()
        return str(sentence)

    async def see(self, look: str, **arguments: Any) -> Any:
        response = await self.client.get(f"/people/{look}", params=arguments)
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture
async def script(telegram: Telegram) -> AsyncIterator[Script]:
    async with (
        serving(telegram, routes=[people_routes(telegram)]) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client,
    ):
        yield Script(client)


async def last_update(telegram: Telegram) -> Any:
    telegram.clock.shift(5)
    wanted = ["message", "edited_message", "callback_query", "inline_query", "guest_message"]
    kinds = [*wanted, "my_chat_member", "message_reaction", "chosen_inline_result"]
    answer = await telegram.call("getUpdates", {"offset": -1, "allowed_updates": kinds})
    (update,) = answer.result
    del update["update_id"]
    return update


async def bot_says(telegram: Telegram, chat: int, text: str = "Said", **params: Any) -> int:
    answer = await telegram.call("sendMessage", {"chat_id": chat, "text": text, **params})
    return int(answer.result["message_id"])


class TestPeople:
    async def test_somebody_is_made_and_seen(self, script: Script) -> None:
        made = await script.do("person", first_name="Amal", language="uk")
        assert made["language_code"] == "uk"
        assert await script.see("people") == [made]

    async def test_what_somebody_writes_reaches_the_bot_and_is_in_the_chat(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        sent = await script.do("send", person=olena.id, text="Who mediates?")
        assert (await last_update(telegram))["message"]["text"] == "Who mediates?"
        reply = await bot_says(telegram, olena.id, disable_notification=True)
        seen = await script.see("messages", chat=olena.id)
        assert [message["message_id"] for message in seen] == [sent["message_id"], reply]
        assert [message["silent"] for message in seen] == [False, True]

    async def test_messages_are_answered_and_edited(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        said = await bot_says(telegram, olena.id)
        sent = await script.do("send", person=olena.id, text="Why?", reply_to=said)
        assert sent["reply_to_message"]["message_id"] == said
        await script.do("edit", person=olena.id, message=sent["message_id"], text="How?")
        assert (await last_update(telegram))["edited_message"]["text"] == "How?"

    async def test_a_photo_can_be_sent(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        await script.do("send_other", person=olena.id, kind="photo")
        assert "photo" in (await last_update(telegram))["message"]
        refusal = await script.refused("send_other", person=olena.id, kind="smell")
        assert refusal.startswith("kind: must be one of animation, audio")

    async def test_a_tap_is_answered_with_a_toast(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        said = await bot_says(telegram, olena.id, reply_markup=KEYBOARD)
        tap = await script.do("tap", person=olena.id, message=said, button="Other side")
        assert (await last_update(telegram))["callback_query"]["id"] == tap["tap"]
        answer = {"callback_query_id": tap["tap"], "text": "Noted", "show_alert": True}
        await telegram.call("answerCallbackQuery", answer)
        assert await script.see("toasts", person=olena.id) == [{"text": "Noted", "alert": True}]

    async def test_reactions_are_counted_by_emoji(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        said = await bot_says(telegram, olena.id)
        await script.do("react", person=olena.id, message=said, emojis=["👍"])
        (seen,) = await script.see("messages", chat=olena.id)
        assert seen["reactions"] == {"👍": [olena.id]}

    async def test_the_language_of_somebodys_app_is_set(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        assert (await script.do("speak", person=olena.id, language="ru"))["language_code"] == "ru"
        await script.do("send", person=olena.id, text="Кто?")
        assert (await last_update(telegram))["message"]["from"]["language_code"] == "ru"

    async def test_who_blocks_the_bot_is_not_written_to(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        assert (await script.do("block", person=olena.id))["blocked"]
        answer = await telegram.call("sendMessage", {"chat_id": olena.id, "text": "?"})
        assert answer.status == 403


class TestGroups:
    async def test_a_group_with_the_bot_hears_commands(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        group = await script.do("group", title="Readers", people=[olena.id])
        assert [member["status"] for member in group["members"]] == ["creator", "member"]
        await script.do("send", person=olena.id, chat=group["id"], text="/ask@playground_bot who?")
        assert (await last_update(telegram))["message"]["chat"]["title"] == "Readers"
        assert await script.see("groups") == [group]

    async def test_a_forum_has_topics(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        forum = await script.do("group", title="News", people=[olena.id], kind="forum")
        topic = await script.do("topic", chat=forum["id"], name="Territory")
        place = {"person": olena.id, "chat": forum["id"], "topic": topic["message_id"]}
        sent = await script.do("send", **place, text="/ask@playground_bot who?")
        assert sent["message_thread_id"] == topic["message_id"]
        await script.do("send_other", **place, kind="sticker")
        (seen,) = await script.see("groups")
        assert seen["topics"] == [{"id": topic["message_id"], "name": "Territory"}]
        assert "topic 77" in await script.refused("send", **place | {"topic": 77}, text="?")
        assert "topic 1" in await script.refused("send", person=olena.id, topic=1, text="?")

    async def test_an_anonymous_admin_speaks_for_the_group(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        group = await script.do("group", title="News", people=[olena.id], kind="supergroup")
        sent = await script.do(
            "send", person=olena.id, chat=group["id"], text="/ask@playground_bot", anonymous=True
        )
        assert sent["sender_chat"]["id"] == group["id"]

    async def test_people_and_the_bot_come_and_go(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        amal = telegram.person("Amal")
        group = await script.do("group", title="Readers", people=[olena.id], bot=False)
        for change, person, status in (
            ("join", amal, "member"),
            ("promote", amal, "administrator"),
            ("add_bot", olena, "member"),
            ("promote_bot", olena, "administrator"),
        ):
            seen = await script.do("member", chat=group["id"], person=person.id, change=change)
            assert status in [member["status"] for member in seen["members"]]
        for change, left in (("kick_bot", 2), ("leave", 1)):
            seen = await script.do("member", chat=group["id"], person=amal.id, change=change)
            assert len(seen["members"]) == left

    async def test_a_group_becomes_a_supergroup(self, script: Script, olena: Person) -> None:
        group = await script.do("group", title="Readers", people=[olena.id])
        assert (await script.do("migrate", chat=group["id"]))["type"] == "supergroup"

    async def test_another_bot_speaks_in_groups_only(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        other = await script.do("other_bot", username="weather_bot")
        group = await script.do("group", title="Readers", people=[olena.id])
        await script.do("member", chat=group["id"], person=other["id"], change="join")
        sent = await script.do("send", person=other["id"], chat=group["id"], text="Rain")
        assert sent["from"]["is_bot"]
        assert "in which group" in await script.refused("send", person=other["id"], text="Rain")

    async def test_a_guest_is_mentioned(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        owner = await script.do("botfather", guests=True)
        assert (owner["guests"], owner["inline"], owner["privacy"]) == (True, False, True)
        group = await script.do("group", title="Friends", people=[olena.id], bot=False)
        mention = {"person": olena.id, "chat": group["id"], "text": "@playground_bot who?"}
        await script.do("send", **mention)
        assert "guest_message" in await last_update(telegram)


class TestInlineMode:
    async def test_results_are_offered_and_one_is_chosen(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        await script.do("botfather", inline=True)
        asked = await script.do("ask_inline", person=olena.id, text="donbas")
        assert asked["results"] is None
        article = {
            "type": "article",
            "id": "a",
            "title": "Donbas",
            "input_message_content": {"message_text": "Answer"},
        }
        button = {"text": "Ask me", "start_parameter": "inline"}
        answer = {"inline_query_id": asked["query"], "results": [article], "button": button}
        async with watching(script) as events:
            await telegram.call("answerInlineQuery", answer)
            offer = await events.next("offer")
        shown = {"id": "a", "title": "Donbas", "description": ""}
        switch = {"text": "Ask me", "start": "inline"}
        assert offer == {"query": asked["query"], "results": [shown], "switch": switch}
        sent = await script.do("choose", person=olena.id, query=asked["query"], result="a")
        assert (sent["text"], sent["via_bot"]["username"]) == ("Answer", "playground_bot")

    async def test_what_is_not_offered_cannot_be_chosen(
        self, script: Script, olena: Person
    ) -> None:
        refusal = await script.refused("ask_inline", person=olena.id)
        assert refusal == "this bot is in no inline mode"
        assert "query 7" in await script.refused("choose", person=olena.id, query="7", result="a")


class TestCommands:
    async def test_the_menu_is_that_of_the_person_and_the_chat(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        group = telegram.group("Readers", olena, telegram.person("Amal"))
        for scope in ("all_private_chats", "all_chat_administrators"):
            command = {"command": "help", "description": scope}
            told = {"commands": [command], "scope": {"type": scope}}
            await telegram.call("setMyCommands", told)
        (private,) = await script.see("commands", person=olena.id)
        (of_admins,) = await script.see("commands", person=olena.id, chat=group.id)
        assert private["description"] == "all_private_chats"
        assert of_admins["description"] == "all_chat_administrators"


class TestWrongUse:
    @pytest.mark.parametrize(
        ("act", "arguments", "sentence"),
        [
            ("send", {"person": 5, "text": "?"}, "there is no person 5"),
            ("send", {"person": 100, "chat": -5, "text": "?"}, "there is no group -5"),
            ("send", {"person": 100, "text": " "}, "the app sends no empty message"),
            ("send", {"person": 100, "text": "x" * 4097}, "text: String should have at most"),
            ("send", {"person": 100, "text": "?", "reply_to": 5}, "no message 5 in this chat"),
            ("send", {"person": 100}, "text: Missing required argument"),
            ("send", {"person": "x", "text": "?", "loud": 1}, "person: Input should be a valid"),
            ("send", {"person": 100, "text": "?", "anonymous": True}, "nobody is anonymous"),
            ("edit", {"person": 100, "message": 1, "text": "?"}, "no message 1 in this chat"),
            ("react", {"person": 100, "message": 1, "emojis": ["so"]}, "emojis: must be some of"),
            ("ask_inline", {"person": 100, "text": "x" * 257}, "text: String should have at most"),
            ("tap", {"person": 100, "message": 1, "button": "x"}, "message 1 has no button 'x'"),
            ("topic", {"chat": -5, "name": "x"}, "there is no group -5"),
            ("group", {"title": "Empty", "people": []}, "a group needs somebody"),
            ("person", {"first_name": " "}, "first_name: String should have at least 1"),
            ("other_bot", {"username": "no"}, "username: String should match pattern"),
            ("other_bot", {"username": "Playground_bot"}, "the name of the bot itself"),
        ],
    )
    async def test_it_is_told_in_a_sentence(
        self, script: Script, olena: Person, act: str, arguments: Any, sentence: str
    ) -> None:
        assert sentence in await script.refused(act, **arguments)

    async def test_an_edit_leaves_something(self, script: Script, olena: Person) -> None:
        sent = olena.send("Who?").id
        told = {"person": olena.id, "message": sent, "text": " "}
        assert "empty message" in await script.refused("edit", **told)

    async def test_a_group_is_owned_by_one_person(self, script: Script, olena: Person) -> None:
        other = await script.do("other_bot", username="weather_bot")
        for people in ([other["id"]], [other["id"], olena.id]):
            refused = await script.refused("group", title="Bots", people=people, kind="forum")
            assert "needs somebody who owns it" in refused
        group = await script.do("group", title="Readers", people=[olena.id, olena.id])
        assert [member["status"] for member in group["members"]] == ["creator", "member"]

    @pytest.mark.parametrize(
        ("act", "arguments"),
        [
            ("send", {"text": "?"}),
            ("edit", {"message": 1, "text": "?"}),
            ("tap", {"message": 1, "button": "x", "forged": True}),
            ("react", {"message": 1, "emojis": []}),
            ("ask_inline", {}),
        ],
    )
    async def test_who_is_not_in_a_group_does_nothing_there(
        self, script: Script, telegram: Telegram, olena: Person, act: str, arguments: Any
    ) -> None:
        place = {"chat": telegram.group("Readers", olena).id, "person": telegram.person("Ivan").id}
        assert "Ivan is not in Readers" in await script.refused(act, **place, **arguments)

    async def test_a_request_may_be_broken_off(
        self, script: Script, caplog: pytest.LogCaptureFixture
    ) -> None:
        address = script.client.base_url
        _, writer = await asyncio.open_connection(address.host, address.port)
        head = f"POST /people/send HTTP/1.1\r\nHost: {address.host}\r\nContent-Length: 9\r\n\r\n{{"
        writer.write(head.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        assert await script.see("people") == []
        assert caplog.records == []

    @pytest.mark.parametrize("body", [b"{", b"[]", b"null", b"[" * 100_000, b"\xff"])
    async def test_a_body_that_is_no_object_is_refused(self, script: Script, body: bytes) -> None:
        response = await script.client.post("/people/send", content=body)
        assert response.status_code == 400
        assert response.json() == {"error": "the body must be a JSON object"}

    async def test_half_a_character_is_refused(self, script: Script, olena: Person) -> None:
        body = b'{"person": 100, "text": "\\ud800"}'
        response = await script.client.post("/people/send", content=body)
        assert response.status_code == 400
        assert response.json()["error"].startswith("text: ")

    async def test_what_there_is_not_is_told_with_what_there_is(self, script: Script) -> None:
        for response in (
            await script.client.post("/people/_group", json={}),
            await script.client.get("/people/send"),
        ):
            assert response.status_code == 404
            assert "here, only " in response.json()["error"]
        assert (await script.client.put("/people/send")).status_code == 404

    async def test_looking_changes_nothing(self, script: Script, olena: Person) -> None:
        response = await script.client.get("/people/send", params={"person": 100, "text": "?"})
        assert response.status_code == 404
        assert olena.messages == []


class Events:
    """A stream of changes, as it is read."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self, kind: str) -> Any:
        """The next event of this kind."""
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                event = json.loads(line.removeprefix("data: ") or "{}")
                if event.get("event") == kind:
                    return event["what"]
        raise AssertionError("the stream has ended")


class watching:  # noqa: N801
    """The events from now on, without the state that they begin with."""

    def __init__(self, script: Script) -> None:
        self._stream = script.client.stream("GET", "/people/events")
        self.state: Any = None

    async def __aenter__(self) -> Events:
        response = await self._stream.__aenter__()
        assert response.headers["Content-Type"].startswith("text/event-stream")
        events = Events(response.aiter_lines())
        self.state = await events.next("state")
        return events

    async def __aexit__(self, *error: Any) -> None:
        await self._stream.__aexit__(*error)


class TestEvents:
    async def test_they_begin_with_all_there_is(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        telegram.group("Readers", olena)
        olena.send("Hello")
        stream = watching(script)
        async with stream:
            state = stream.state
        assert state["bot"]["username"] == "playground_bot"
        assert [person["first_name"] for person in state["people"]] == ["Olena"]
        assert [group["title"] for group in state["groups"]] == ["Readers"]
        assert [message["text"] for message in state["messages"]] == ["Hello"]

    async def test_whatever_changes_is_told(
        self, script: Script, telegram: Telegram, olena: Person
    ) -> None:
        async with watching(script) as events:
            amal = telegram.person("Amal")
            assert (await events.next("person"))["first_name"] == "Amal"
            amal.block_bot()
            assert (await events.next("person"))["blocked"]
            group = telegram.group("Readers", olena)
            assert (await events.next("group"))["title"] == "Readers"
            group.join(amal)
            assert len((await events.next("group"))["members"]) == 3
            assert "new_chat_members" in await events.next("message")
            said = await bot_says(telegram, olena.id, reply_markup=KEYBOARD)
            assert (await events.next("message"))["message_id"] == said
            tap = olena.tap(said, "o")
            await telegram.call("answerCallbackQuery", {"callback_query_id": tap})
            answer = {"tap": tap, "person": olena.id, "text": "", "alert": False}
            assert await events.next("answer") == answer
            action = {"chat_id": olena.id, "action": "typing"}
            await telegram.call("sendChatAction", action)
            assert await events.next("action") == {"chat": olena.id, "action": "typing"}
            gone = {"chat_id": olena.id, "message_id": said}
            await telegram.call("deleteMessage", gone)
            assert await events.next("deleted") == {"chat": olena.id, "message": said}

    async def test_who_has_gone_is_not_told_any_more(
        self, script: Script, telegram: Telegram
    ) -> None:
        async with watching(script):
            pass
        async with asyncio.timeout(PATIENCE):
            while telegram.changes.watchers:
                await asyncio.sleep(0.001)
