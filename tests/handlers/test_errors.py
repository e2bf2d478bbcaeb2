"""When a handler fails: an apology in private, silence elsewhere, one record in the log."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.logs import OneLine
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.replies import Replies
from tests.bot_on_telegram import (
    ANSWERED,
    ASKED,
    AtWork,
    Line,
    build_on,
    params_of,
    texts,
)

APOLOGY = "Something went wrong on my side. Please try again in a minute."
SECRET = "my diagnosis, which is nobody's business"


def broken(*_: Any) -> Any:
    raise RuntimeError("a bug")


def errors(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_failure_is_apologised_for_once_and_logged_once(
    bot: AtWork,
    olena: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    caplog.handler.setFormatter(OneLine("%(message)s"))
    with monkeypatch.context() as patched:
        patched.setattr(Replies, "render", broken)
        olena.send(SECRET)
        await bot.done()
    assert texts(olena) == [APOLOGY]
    (record,) = errors(caplog)
    assert record.levelno == logging.ERROR
    assert record.getMessage() == "update 1 failed"
    assert "Traceback" in caplog.text
    assert "RuntimeError: a bug" in caplog.text
    assert not any(told in caplog.text for told in (SECRET, "diagnosis", "Olena", str(olena.id)))


async def test_the_bot_goes_on_after_a_failure(
    bot: AtWork, olena: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Replies, "help", broken)
    petro = bot.telegram.person("Petro")
    for person in (olena, petro):
        for text in ("/help", ASKED):
            person.send(text)
    await bot.done()
    for person in (olena, petro):
        apology, answer = texts(person)
        assert apology == APOLOGY
        assert ANSWERED in answer


async def test_what_telegram_refuses_is_a_failure_of_ours(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot.telegram.fail("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
    olena.send(ASKED)
    await bot.done()
    assert texts(olena) == [APOLOGY]
    assert len(params_of(bot.telegram, "sendMessage")) == 2
    assert [record.getMessage() for record in errors(caplog)] == ["update 1 failed"]


async def test_a_failed_tap_is_apologised_for(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    olena.send("/start")
    await bot.done()
    bot.telegram.fail("editMessageText", 400, "Bad Request: BUTTON_DATA_INVALID")
    olena.tap(olena.received[0].id, "All topics")
    await bot.done()
    assert texts(olena)[1:] == [APOLOGY]
    assert [record.getMessage() for record in errors(caplog)] == ["update 2 failed"]


async def test_a_tap_whose_handler_fails_is_answered_once(
    bot: AtWork, olena: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    olena.send("/start")
    await bot.done()
    monkeypatch.setattr(Replies, "topics", broken)
    olena.tap(olena.received[0].id, "All topics")
    await bot.done()
    assert len(params_of(bot.telegram, "answerCallbackQuery")) == 1
    assert texts(olena)[1:] == [APOLOGY]


async def test_an_apology_that_fails_ends_the_matter(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot.telegram.fail("sendMessage", 400, "Bad Request: no", times=2)
    olena.send(ASKED)
    olena.send("/help")
    await bot.done()
    assert len(olena.received) == 1
    assert [record.getMessage() for record in errors(caplog)] == [
        "update 1 failed",
        "update 1: no apology could be sent: BadRequest",
    ]


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param(
            {"message": {"message_id": 5, "date": 1, "chat": {"id": -5, "type": "group"}}},
            id="in a group",
        ),
        pytest.param({"inline_message_id": "abc"}, id="under an inline message"),
    ],
)
async def test_nobody_else_is_told_of_a_failure(
    bot: AtWork, caplog: pytest.LogCaptureFixture, origin: dict[str, Any]
) -> None:
    bot.telegram.fail("answerCallbackQuery", 400, "Bad Request: no")
    tap = {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "Ivan"}, "data": "t"}
    bot.telegram.updates.add("callback_query", {**tap, "chat_instance": "1", **origin})
    await bot.done()
    assert params_of(bot.telegram, "sendMessage") == []
    assert [record.getMessage() for record in errors(caplog)] == ["update 1 failed"]


async def test_a_failure_outside_of_any_update_is_logged(caplog: pytest.LogCaptureFixture) -> None:

    application = build_on(Line(Telegram())).application
    await application.process_error(None, RuntimeError("a bug"))
    assert [record.getMessage() for record in errors(caplog)] == ["failed outside of any update"]
    assert "RuntimeError: a bug" in caplog.text


async def test_a_failure_of_the_error_handler_itself_ends_nothing(
    bot: AtWork, olena: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(update: object, context: Any) -> None:
        raise RuntimeError("another bug")

    bot.bot.application.add_error_handler(fail)
    for _ in range(3):
        bot.telegram.fail("sendMessage", 400, "Bad Request: no", times=2)
        olena.send(ASKED)
        await bot.done()
    olena.send(ASKED)
    await bot.done()
    assert len(olena.received) == 1
    assert "another bug" in caplog.text
