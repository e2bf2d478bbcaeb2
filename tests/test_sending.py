"""What is done about each way in which a request to Telegram fails."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.metrics import Metrics
from bot.pacing import Pacing
from bot.playground.people import Person
from bot.playground.request import InProcessRequest
from bot.playground.telegram import TOKEN, Telegram
from bot.sending import Sending
from tests.bot_on_telegram import params_of

MIGRATED = "Bad Request: group chat was upgraded to a supergroup chat"
REPLIED = "Bad Request: message to be replied not found"
UNPARSED = "Bad Request: can't parse entities: Unmatched end tag at byte offset 3"
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]])


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    olena = telegram.person("Olena")
    olena.send("hello")
    return olena


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def bot(telegram: Telegram, metrics: Metrics, time: Time) -> ExtBot[None]:
    request = InProcessRequest(telegram)
    sending = Sending(Pacing(time, time.sleep), metrics, time)
    return ExtBot(TOKEN, request=request, get_updates_request=request, rate_limiter=sending)


def sent(telegram: Telegram) -> list[Any]:
    return params_of(telegram, "sendMessage")


def count(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0


class TestInAnotherForm:
    async def test_a_message_that_cannot_be_parsed_is_sent_once_more_as_plain_text(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person, metrics: Metrics
    ) -> None:
        await bot.send_message(olena.id, "<b>a</i> &amp; &lt;b", parse_mode="HTML")
        assert [message.text for message in olena.received] == ["a & <b"]
        assert [params.get("parse_mode") for params in sent(telegram)] == ["HTML", None]
        assert count(metrics, "sent_otherwise_total", reason="plain") == 1

    async def test_but_only_once(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("sendMessage", 400, UNPARSED, times=9)
        with pytest.raises(BadRequest):
            await bot.send_message(olena.id, "<b>a", parse_mode="HTML")
        assert len(sent(telegram)) == 2

    async def test_a_caption_too(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person
    ) -> None:
        await bot.send_document(olena.id, b"x", caption="<b>a", parse_mode="HTML")
        assert [p["caption"] for p in params_of(telegram, "sendDocument")] == ["<b>a", "a"]

    async def test_a_reply_to_a_message_that_is_gone_is_no_reply(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person, metrics: Metrics
    ) -> None:
        await bot.send_message(olena.id, "x", reply_parameters=ReplyParameters(99))
        assert [message.text for message in olena.received] == ["x"]
        assert ["reply_parameters" in params for params in sent(telegram)] == [True, False]
        assert count(metrics, "sent_otherwise_total", reason="no reply") == 1

    async def test_but_not_if_it_makes_sense_only_as_one(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person
    ) -> None:
        with pytest.raises(BadRequest, match="to be replied"):
            await bot.send_message(
                olena.id,
                "x",
                reply_parameters=ReplyParameters(99, allow_sending_without_reply=False),
            )
        assert len(sent(telegram)) == 1

    async def test_a_group_that_has_become_a_supergroup_gets_it_there(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person, metrics: Metrics
    ) -> None:
        telegram.fail("sendMessage", 400, MIGRATED, parameters={"migrate_to_chat_id": olena.id})
        await bot.send_message(-5, "x")
        assert [message.text for message in olena.received] == ["x"]
        assert count(metrics, "sent_otherwise_total", reason="migrated") == 1

    async def test_everything_at_once(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person
    ) -> None:
        telegram.fail("sendMessage", 400, MIGRATED, parameters={"migrate_to_chat_id": olena.id})
        telegram.fail("sendMessage", 400, REPLIED)
        telegram.fail("sendMessage", 400, UNPARSED)
        await bot.send_message(-5, "<b>x", parse_mode="HTML", reply_parameters=ReplyParameters(1))
        assert [message.text for message in olena.received] == ["x"]

    async def test_a_server_that_is_never_content_is_believed_in_the_end(
        self, bot: ExtBot[None], telegram: Telegram
    ) -> None:
        for chat in range(9):
            told = {"migrate_to_chat_id": -1000 - chat}
            telegram.fail("sendMessage", 400, MIGRATED, parameters=told)
        with pytest.raises(Exception, match="migrated"):
            await bot.send_message(-5, "x")
        assert len(sent(telegram)) == 4


class TestTooLong:
    async def test_it_comes_in_parts_the_first_a_reply_the_last_with_buttons(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person, metrics: Metrics
    ) -> None:
        question = olena.send("x")
        await bot.send_message(
            olena.id,
            f"<b>{'слово ' * 1500}</b>",
            parse_mode="HTML",
            reply_parameters=ReplyParameters(question.id),
            reply_markup=BUTTONS,
        )
        told = [message.text for message in olena.received]
        assert len(told) == 3
        assert " ".join(" ".join(told).split()) == " ".join(["слово"] * 1500)
        assert all(len(text) <= 4096 for text in told)
        replies = ["reply_parameters" in params for params in sent(telegram)[1:]]
        buttons = ["reply_markup" in params for params in sent(telegram)[1:]]
        assert (replies, buttons) == ([True, False, False], [False, False, True])
        assert count(metrics, "sent_otherwise_total", reason="in parts") == 1

    async def test_plain_text_stays_plain(self, bot: ExtBot[None], olena: Person) -> None:
        await bot.send_message(olena.id, "a<b>&amp; " * 1000)
        assert "".join(m.text for m in olena.received).replace(" ", "") == "a<b>&amp;" * 1000

    @pytest.mark.parametrize("method", ["sendMessage", "sendDocument"])
    async def test_what_cannot_be_parted_is_refused(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person, method: str
    ) -> None:
        telegram.fail(method, 400, "Bad Request: message is too long", times=9)
        send = (
            bot.send_message(olena.id, "x")
            if method == "sendMessage"
            else bot.send_document(olena.id, b"x")
        )
        with pytest.raises(BadRequest):
            await send
        assert len(params_of(telegram, method)) == 1

    async def test_the_parts_wait_for_their_turns(
        self, bot: ExtBot[None], time: Time, telegram: Telegram
    ) -> None:
        olena = telegram.person("Olena")
        group = telegram.group("Talks", olena)
        for number in range(5):
            await bot.send_message(group.id, f"{number}")
            time.now += 1.1
        before = time.now = time.now + 3
        await bot.send_message(group.id, "x" * 13000)
        assert time.now - before > 2 * 4.2


class TestPauses:
    async def test_429_stops_that_chat_and_no_other(
        self, bot: ExtBot[None], telegram: Telegram, olena: Person, metrics: Metrics, time: Time
    ) -> None:
        petro = telegram.person("Petro")
        petro.send("hello")
        telegram.fail("sendMessage", 429, parameters={"retry_after": 35})
        for wait in (35, 35, 30):
            if wait == 30:
                time.now += 5
            with pytest.raises(RetryAfter) as told:
                await bot.send_message(olena.id, "x")
            assert told.value.retry_after == timedelta(seconds=wait)
        assert len(sent(telegram)) == 1
        await bot.send_message(petro.id, "x")
        time.now += 30
        await bot.send_message(olena.id, "x")
        assert (len(olena.received), len(petro.received)) == (1, 1)
        assert count(metrics, "rate_limited_total", scope="telegram") == 1
        assert count(metrics, "rate_limited_total", scope="pacing") == 2
        assert count(metrics, "retry_after_seconds_sum") == 35

    async def test_429_about_no_chat_is_only_told(
        self, bot: ExtBot[None], telegram: Telegram
    ) -> None:
        telegram.fail("setMyCommands", 429, parameters={"retry_after": 3})
        with pytest.raises(RetryAfter):
            await bot.set_my_commands([("start", "x")])
        assert await bot.set_my_commands([("start", "x")])

    async def test_only_messages_are_paced(
        self, bot: ExtBot[None], olena: Person, time: Time
    ) -> None:
        message = await bot.send_message(olena.id, "0")
        for number in range(1, 100):
            await bot.edit_message_text(f"{number}", olena.id, message.message_id)
        assert time.now == 1000
        await bot.send_message(olena.id, "x")
        assert time.now == pytest.approx(1001, abs=0.1)


async def test_a_message_that_is_not_modified_is_as_it_should_be(
    bot: ExtBot[None], olena: Person
) -> None:
    message = await bot.send_message(olena.id, "x")
    assert await bot.edit_message_text("x", olena.id, message.message_id) is True


GONE = {
    (403, "Forbidden: bot was blocked by the user"): "forbidden",
    (403, "Forbidden: user is deactivated"): "forbidden",
    (403, "Forbidden: bot was kicked from the supergroup chat"): "forbidden",
    (400, "Bad Request: chat not found"): "no chat",
    (400, "Bad Request: not enough rights to send text messages to the chat"): "no rights",
    (400, "Bad Request: have no rights to send a message"): "no rights",
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"): "no rights",
    (400, "Bad Request: TOPIC_CLOSED"): "no topic",
    (400, "Bad Request: message thread not found"): "no topic",
}


class TestUnreachable:
    @pytest.mark.parametrize(("told", "reason"), GONE.items())
    async def test_it_is_not_tried_again_and_told_once_an_hour(
        self,
        told: tuple[int, str],
        reason: str,
        bot: ExtBot[None],
        telegram: Telegram,
        olena: Person,
        metrics: Metrics,
        time: Time,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        telegram.fail("sendMessage", *told, times=60)
        for _ in range(60):
            with pytest.raises(Forbidden):
                await bot.send_message(olena.id, "x")
            time.now += 59
        assert len(sent(telegram)) == 60
        warnings = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
        assert warnings == [f"a chat takes no messages ({reason}); not told again for an hour"]
        assert str(olena.id) not in caplog.text
        assert count(metrics, "unreachable_total", reason=reason) == 60
        await bot.send_message(olena.id, "you are back")
        assert len(olena.received) == 1

    async def test_each_chat_is_told_of(
        self, bot: ExtBot[None], telegram: Telegram, caplog: pytest.LogCaptureFixture
    ) -> None:
        for chat in (1, 2):
            with pytest.raises(Forbidden):
                await bot.send_message(chat, "x")
        assert len(caplog.records) == 2

    async def test_a_request_about_no_chat_may_be_forbidden(
        self, bot: ExtBot[None], telegram: Telegram, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram.fail("setMyCommands", 403)
        with pytest.raises(Forbidden):
            await bot.set_my_commands([("start", "x")])
        assert caplog.records == []


@pytest.mark.parametrize(
    ("status", "kind"), [(400, BadRequest), (500, NetworkError), (502, NetworkError)]
)
async def test_all_else_is_raised_as_it_is(
    bot: ExtBot[None], telegram: Telegram, olena: Person, status: int, kind: type[Exception]
) -> None:
    telegram.fail("sendMessage", status, "Bad Request: something new")
    with pytest.raises(kind, match="omething new"):
        await bot.send_message(olena.id, "x")
    assert len(sent(telegram)) == 1


async def test_it_opens_and_closes(bot: ExtBot[None]) -> None:
    async with bot:
        assert bot.username == "playground_bot"
