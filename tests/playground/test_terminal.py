"""The chat in a terminal: what is written in, and what is seen."""

from __future__ import annotations

import asyncio
import io
import signal
import sys
from collections.abc import Callable

import pytest
from rich.console import Console

from bot.errors import BotError
from bot.playground import terminal
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from bot.playground.terminal import INTRODUCTION, chat, exchange
from tests.bot_on_telegram import ANSWERED, ASKED, small_faq

Chat = Callable[..., str]


def console() -> Console:
    return Console(file=io.StringIO(), soft_wrap=True, highlight=False, width=80)


def seen(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Chat:
    """What a terminal shows when these lines are typed, and then Ctrl-D."""

    def type_in(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        shown = console()
        asyncio.run(chat(small_faq(), shown))
        return seen(shown)

    return type_in


def test_it_introduces_itself_and_starts(typing: Chat) -> None:
    shown = typing()
    assert shown.startswith(INTRODUCTION)
    assert "I answer questions about" in shown
    assert "  [4] All topics\n" in shown


def test_a_question_is_answered(typing: Chat) -> None:
    assert ANSWERED in typing(ASKED)


def test_a_number_taps_the_button_with_that_number(typing: Chat) -> None:
    shown = typing("4", "1", "1")
    topics, questions, answer = (
        shown.index(text) for text in ("What do you want to know", "Where and when", ANSWERED)
    )
    assert topics < questions < answer


def test_a_toast_is_shown(typing: Chat) -> None:
    assert "(Thank you. Please try other words.)" in typing(ASKED, "1")


@pytest.mark.parametrize("line", ["0", "5", "-1", "01", "1.", "²", "9" * 5000])
def test_a_number_without_a_button_is_a_message(typing: Chat, line: str) -> None:
    shown = typing(line)
    assert len(shown) > len(typing())
    assert "(no reaction)" not in shown


def test_empty_lines_are_passed_over(typing: Chat) -> None:
    assert typing("", "   ", "/help", "").count("Write a question in your own words") == 1


def test_markup_of_rich_is_shown_as_it_is(typing: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.replies.Replies.toast", lambda *_: "[bold]noted[/bold]")
    assert "([bold]noted[/bold])" in typing(ASKED, "1")


def test_ctrl_c_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> str:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("Ctrl-C did nothing")

    shown = console()
    monkeypatch.setattr(shown, "input", interrupted)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        asyncio.run(chat(small_faq(), shown))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_bot_that_fails_ends_the_chat_with_its_error(
    typing: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "Telegram", lambda: Telegram(token="1000:another-token-than-its"))
    with pytest.raises(BotError, match="does not accept this token"):
        typing(ASKED)
    assert sys.stdin.read() == f"{ASKED}\n"


class TestExchange:
    """Without a bot: what is seen has been there before, or does not come."""

    @pytest.fixture
    def olena(self) -> Person:
        return Telegram().person("Olena")

    @pytest.fixture
    def shown(self) -> Console:
        return console()

    async def test_a_link_is_named_and_sends_nothing(self, shown: Console) -> None:
        telegram = Telegram()
        olena = telegram.person()
        row = [
            {"text": "Read", "url": "https://example.org/[1]"},
            {"text": "A", "callback_data": "a"},
        ]
        keyboard = {"inline_keyboard": [row]}
        await telegram.call(
            "sendMessage", {"chat_id": olena.id, "text": "?", "reply_markup": keyboard}
        )
        await exchange(olena, "1", shown)
        assert seen(shown) == "(opens https://example.org/[1])\n"
        assert not telegram.updates.pending

    async def test_a_bot_that_does_not_react_is_not_waited_for_for_ever(
        self, olena: Person, shown: Console
    ) -> None:
        await exchange(olena, "Anybody?", shown, patience=0.01)
        assert seen(shown) == "(no reaction)\n"
        assert [message.text for message in olena.messages] == ["Anybody?"]
