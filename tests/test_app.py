"""The whole bot, wired up: who gets a reply and who does not, how it starts, what it says of its
secrets; and once as a process of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.errors import BotError
from bot.logs import OneLine
from bot.playground.contents import CONTENTS
from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from bot.wording import available
from tests.bot_on_telegram import (
    ANSWERED,
    ASKED,
    PATIENCE,
    at_work,
    params_of,
    run_until_it_fails,
    small_edition,
    texts,
    until,
)
from tests.faq_files import ARTICLE, GOOD

ROOT = Path(__file__).parent.parent
FOREVER = 1_000_000
AN_HOUR = 3600.0
MENU = {"scope": {"type": "all_private_chats"}}


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    return telegram.person("Olena")


class TestOneReply:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(ASKED, id="a question"),
            pytest.param("banana", id="no question of ours"),
            pytest.param("/start", id="a command"),
            pytest.param("/START@playground_bot q_where", id="a command, written in full"),
            pytest.param("/nonsense", id="an unknown command"),
            pytest.param("/start@other_bot", id="a command for another bot"),
            pytest.param("/", id="a slash"),
            pytest.param("🕊🕊🕊", id="emoji"),
            pytest.param("\u200b", id="nothing to be seen"),
            pytest.param("<b>&amp;</i>", id="markup"),
            pytest.param("x" * 4096, id="the longest message"),
            pytest.param("Who? " * 800, id="many questions"),
            pytest.param("hello", id="a greeting"),
        ],
    )
    async def test_to_every_text(self, telegram: Telegram, olena: Person, text: str) -> None:
        async with at_work(telegram) as bot:
            olena.send(text)
            await bot.done()
        assert len(olena.received) == len(params_of(telegram, "sendMessage")) == 1

    @pytest.mark.parametrize("kind", sorted(CONTENTS))
    async def test_to_everything_else(self, telegram: Telegram, olena: Person, kind: str) -> None:
        async with at_work(telegram) as bot:
            olena.send_other(kind, caption=ASKED)
            await bot.done()
        assert texts(olena) == ["I can only read text. Please write your question in words."]
        assert len(params_of(telegram, "sendMessage")) == 1

    async def test_to_each_person_their_own(self, telegram: Telegram) -> None:
        people = [telegram.person(str(number)) for number in range(20)]
        async with at_work(telegram) as bot:
            for person in people:
                person.send(ASKED if person.id % 2 else "/help")
            await bot.done()
        assert [ANSWERED in "".join(texts(person)) for person in people] == [
            bool(person.id % 2) for person in people
        ]
        assert all(len(person.received) == 1 for person in people)

    async def test_without_a_preview_of_its_links(self, telegram: Telegram, olena: Person) -> None:
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            await bot.done()
        assert olena.received[0].link_preview == {"is_disabled": True}


class TestSilence:
    @pytest.mark.parametrize("fetched", ["while it runs", "from before it ran"])
    async def test_an_edited_message_gets_no_reply(
        self, telegram: Telegram, olena: Person, fetched: str
    ) -> None:
        message = olena.send(ASKED)
        if fetched == "from before it ran":
            olena.edit(message.id, "/help")
        async with at_work(telegram) as bot:
            await bot.done()
            if fetched == "while it runs":
                olena.edit(message.id, "/help")
                await asyncio.sleep(0.02)
        assert len(olena.received) == 1
        assert ANSWERED in texts(olena)[0]

    @pytest.mark.parametrize(
        "chat",
        [
            pytest.param({"id": -5, "type": "group", "title": "Talks"}, id="group"),
            pytest.param(
                {"id": -1000000000005, "type": "supergroup", "title": "Talks", "is_forum": True},
                id="forum",
            ),
            pytest.param({"id": -1000000000006, "type": "channel", "title": "T"}, id="channel"),
        ],
    )
    @pytest.mark.parametrize("kind", ["message", "edited_message", "channel_post"])
    @pytest.mark.parametrize("text", [ASKED, "/start@other_bot", "/nonsense"])
    async def test_nothing_is_said_where_others_read(
        self,
        telegram: Telegram,
        caplog: pytest.LogCaptureFixture,
        chat: Mapping[str, Any],
        kind: str,
        text: str,
    ) -> None:
        telegram.updates.add(kind, _message(chat, text=text))
        async with at_work(telegram) as bot:
            await bot.done()
        assert params_of(telegram, "sendMessage") == []
        assert _problems(caplog) == []

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            pytest.param(
                "message",
                {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 0, "type": "x"}}},
                id="a message was pinned",
            ),
            pytest.param("message", {"group_chat_created": True}, id="a chat was made"),
        ],
    )
    async def test_what_the_app_tells_by_itself_gets_no_reply(
        self, telegram: Telegram, olena: Person, kind: str, content: Mapping[str, Any]
    ) -> None:
        telegram.updates.add(kind, _message(olena.user.as_chat(), **content))
        async with at_work(telegram) as bot:
            await bot.done()
        assert olena.received == []

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            pytest.param("an_update_of_next_year", {"anything": 1}, id="an unknown kind"),
            pytest.param("poll", CONTENTS["poll"]["poll"], id="a poll"),
        ],
    )
    async def test_other_updates_are_passed_over(
        self,
        telegram: Telegram,
        olena: Person,
        caplog: pytest.LogCaptureFixture,
        kind: str,
        content: Mapping[str, Any],
    ) -> None:
        unasked = {"ok": True, "result": [{"update_id": 0, kind: content}]}
        telegram.fail("getUpdates", 200, body=json.dumps(unasked).encode())
        olena.send(ASKED)
        async with at_work(telegram) as bot:
            await bot.done()
        assert len(olena.received) == 1
        assert _problems(caplog) == []

    async def test_who_blocked_the_bot_is_left_alone(
        self, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        petro = telegram.person("Petro")
        async with at_work(telegram) as bot:
            olena.send(ASKED)
            olena.block_bot()
            petro.send(ASKED)
            await bot.done()
        assert (len(olena.received), len(petro.received)) == (0, 1)
        assert len(params_of(telegram, "sendMessage")) == 2
        assert _problems(caplog) == [
            "a chat takes no messages (forbidden); not told again for an hour"
        ]


class TestStarting:
    async def test_the_commands_are_registered(self, telegram: Telegram) -> None:
        async with at_work(telegram):
            await until(lambda: params_of(telegram, "setMyCommands"))
        menu = (await telegram.call("getMyCommands", MENU)).result
        assert {command["command"]: command["description"] for command in menu} == {
            "start": "What this bot does",
            "help": "How to ask",
            "topics": "All questions by topic",
            "privacy": "What happens to your messages",
        }

    @pytest.mark.parametrize(
        ("status", "parameters"),
        [(502, None), (429, {"retry_after": 0.01}), (400, None)],
        ids=["bad gateway", "too many requests", "bad request"],
    )
    async def test_it_waits_for_telegram_with_growing_pauses(
        self, telegram: Telegram, olena: Person, status: int, parameters: Any
    ) -> None:
        telegram.fail("getMe", status, parameters=parameters, times=3)
        olena.send(ASKED)
        async with at_work(telegram, pause=0.01) as bot:
            await bot.done()
        assert len(olena.received) == 1
        times = [call.time for call in telegram.calls if call.method == "getMe"]
        assert len(times) == 4
        least = [0.01] * 3 if parameters else [0.01, 0.02, 0.04]
        for (before, after), pause in zip(pairwise(times), least, strict=True):
            assert after - before >= pause

    async def test_it_can_be_stopped_before_telegram_is_there(self, telegram: Telegram) -> None:
        telegram.fail("getMe", 502, times=FOREVER)
        async with at_work(telegram, pause=AN_HOUR) as bot:
            await until(lambda: telegram.calls)
            await bot.stopped()
        assert {call.method for call in telegram.calls} == {"getMe"}

    @pytest.mark.parametrize("status", [401, 404])
    async def test_a_wrong_token_is_told_without_it(
        self, telegram: Telegram, caplog: pytest.LogCaptureFixture, status: int
    ) -> None:
        telegram.fail("getMe", status)
        with pytest.raises(BotError) as told:
            await run_until_it_fails(telegram)
        assert str(told.value) == "TELEGRAM_TOKEN: Telegram does not accept this token"
        assert told.value.__cause__ is None
        assert told.value.__suppress_context__
        assert [call.method for call in telegram.calls] == ["getMe"]
        assert TOKEN not in caplog.text

    async def test_a_menu_that_does_not_get_through_is_sent_again(self, telegram: Telegram) -> None:
        telegram.fail("setMyCommands", 502, times=2)
        async with at_work(telegram):
            # Of each language one for private chats and one for groups.
            menus = 2 * len(available())
            await until(lambda: len(params_of(telegram, "setMyCommands")) == 2 + menus)
        assert len((await telegram.call("getMyCommands", MENU)).result) == 4

    async def test_a_menu_that_telegram_refuses_is_not(
        self, telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("setMyCommands", 400)
        async with at_work(telegram, pause=0.001) as bot:
            olena.send(ASKED)
            await bot.done()
            await asyncio.sleep(0.02)
        assert len(params_of(telegram, "setMyCommands")) == 1

    @pytest.mark.parametrize(
        ("status", "parameters"),
        [(429, {"retry_after": 3600}), (400, None), (401, None), (502, None)],
        ids=["to be sent in an hour", "bad request", "unauthorized", "bad gateway"],
    )
    async def test_questions_are_answered_without_a_menu(
        self,
        telegram: Telegram,
        olena: Person,
        caplog: pytest.LogCaptureFixture,
        status: int,
        parameters: Any,
    ) -> None:
        telegram.fail("setMyCommands", status, parameters=parameters, times=FOREVER)
        olena.send(ASKED)
        async with at_work(telegram, pause=AN_HOUR) as bot:
            await until(lambda: params_of(telegram, "setMyCommands"))
            await bot.done()
        assert len(olena.received) == 1
        assert len(params_of(telegram, "setMyCommands")) == 1
        assert "no menu of commands" in caplog.text


@pytest.mark.parametrize("url", ["https://api.example.org", "https://api.example.org/"])
def test_requests_go_to_the_server_that_is_set(url: str) -> None:
    bot = build(TOKEN, small_edition(), api_url=url).application.bot
    assert bot.base_url == f"https://api.example.org/bot{TOKEN}"


async def test_the_token_is_in_no_line_of_the_log(
    telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(OneLine("%(name)s %(message)s"))
    telegram.fail("sendMessage", 400, "Bad Request: no")
    telegram.fail("getUpdates", 409, "Conflict: another")
    olena.send("/help")
    async with at_work(telegram) as bot:
        await bot.done()
    telegram.fail("getMe", 401)
    with pytest.raises(BotError):
        await run_until_it_fails(telegram)
    assert "update 1 failed" in caplog.text
    assert "Set Bot API URL: https://api.telegram.org/bot[token]" in caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


class TestProcess:
    @pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
    async def test_it_answers_until_it_is_told_to_stop(
        self, telegram: Telegram, olena: Person, tmp_path: Path, told: signal.Signals
    ) -> None:
        async with serving(telegram) as url:
            process = await _bot(tmp_path, BOT_API_URL=url, TELEGRAM_TOKEN=TOKEN)
            olena.send(ASKED)
            await until(lambda: olena.received)
            await until(lambda: not telegram.updates.pending)
            process.send_signal(told)
            log = await _end(process)
        assert process.returncode == 0
        assert ANSWERED in texts(olena)[0]
        assert [update["offset"] for update in params_of(telegram, "getUpdates")] == [0, 2]
        assert "at work as @playground_bot" in log
        assert not any(word in log for word in (TOKEN, ASKED, "Traceback", "Warning"))

    async def test_a_token_that_telegram_does_not_know_ends_it(
        self, telegram: Telegram, tmp_path: Path
    ) -> None:
        token = "1000:a-token-that-nobody-has-ever-given-out"
        async with serving(telegram) as url:
            process = await _bot(tmp_path, BOT_API_URL=url, TELEGRAM_TOKEN=token)
            log = await _end(process)
        assert process.returncode == 2
        assert log.splitlines()[-1] == "TELEGRAM_TOKEN: Telegram does not accept this token"
        assert not any(word in log for word in ("Traceback", "Warning"))
        assert token not in log

    async def test_it_stops_while_nobody_listens_at_the_address(self, tmp_path: Path) -> None:
        process = await _bot(tmp_path, BOT_API_URL="http://127.0.0.1:1", TELEGRAM_TOKEN=TOKEN)
        assert process.stderr
        log = ""
        async with asyncio.timeout(PATIENCE):
            while "not at work yet: NetworkError" not in log:
                log += (await process.stderr.readline()).decode()
        process.terminate()
        log += await _end(process)
        assert process.returncode == 0
        assert "Warning" not in log
        assert TOKEN not in log


async def _bot(folder: Path, **settings: str) -> asyncio.subprocess.Process:
    """`python -m bot run` on the small FAQ, in a folder of its own, where no .env is."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "talks.txt").write_text(ARTICLE, "utf-8")
    (folder / "small.yaml").write_text(GOOD, "utf-8")
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-X", "dev", "-m", "bot", "run"),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "FAQ_PATH": "small.yaml"}
        | {"LOG_LEVEL": "DEBUG"}
        | settings,
        stderr=asyncio.subprocess.PIPE,
    )


async def _end(process: asyncio.subprocess.Process) -> str:
    """What the process has written on standard error when it has ended, in 10 s at most."""
    async with asyncio.timeout(10):
        _, log = await process.communicate()
    return log.decode()


def _message(chat: Mapping[str, Any], **content: Any) -> Mapping[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "Ivan"}
    if str(content.get("text")).startswith("/"):
        length = len(content["text"])
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message_id": 77, "date": 1_770_000_000, "chat": chat, "from": sender, **content}


def _problems(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
