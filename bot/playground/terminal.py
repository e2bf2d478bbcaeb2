"""A chat with the bot in a terminal: the real bot, talking to the double of Telegram."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence

from rich.console import Console

from bot.app import build
from bot.faq import Faq
from bot.playground.keyboards import Button
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.request import InProcessRequest
from bot.playground.screen import painted
from bot.playground.telegram import TOKEN, Telegram
from bot.retrying import or_stopped

INTRODUCTION = """\
This is the bot in your terminal; nothing leaves this machine. Write as you would in Telegram.
A number taps the button with that number; Ctrl-D ends.

To run it in Telegram: write to @BotFather there, send /newbot, and put the token that you get into
a file named .env as TELEGRAM_TOKEN=<token>. Then start again.
"""

PATIENCE = 5.0
"""Seconds to wait for the bot to react; it is all in this process and takes milliseconds."""


async def chat(faq: Faq, console: Console) -> None:
    """Talks with whoever sits at the terminal until there is no more input."""
    telegram = Telegram()
    bot = build(TOKEN, faq, requests=(InProcessRequest(telegram), InProcessRequest(telegram)))
    person = telegram.person("You")
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    # A bot that fails ends the chat, and its error is raised.
    running.add_done_callback(lambda _: stop.set())
    try:
        console.print(INTRODUCTION, highlight=False)
        line: str | None = "/start"
        while line is not None:
            await or_stopped(exchange(person, line, console), stop)
            line = None if stop.is_set() else _line(console)
    finally:
        stop.set()
        await running


async def exchange(
    person: Person, line: str, console: Console, *, patience: float = PATIENCE
) -> None:
    """Does what `line` says, waits for the bot's answer and shows what has changed."""
    before, toasts = person.received, len(person.toasts)
    buttons = enumerate(_buttons(before[-1]) if before else (), 1)
    button = next((button for number, button in buttons if line == str(number)), None)
    if button and button.url:
        console.print(f"(opens {button.url})", style="dim", markup=False)
        return
    if button:
        person.tap(before[-1].id, button.callback_data)
    else:
        person.send(line)
    try:
        async with asyncio.timeout(patience):
            while person.received == before and len(person.toasts) == toasts:
                await asyncio.sleep(0.005)
    except TimeoutError:
        console.print("(no reaction)", style="dim", markup=False)
    _show([message for message in person.received if message not in before], console)
    for toast in person.toasts[toasts:]:
        console.print(f"({toast.text})", style="dim", markup=False)


def _show(messages: Sequence[Message], console: Console) -> None:
    for message in messages:
        labels = [button.text for button in _buttons(message)]
        console.print("\n", painted(message.text, message.entities, labels), sep="")


def _buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


def _line(console: Console) -> str | None:
    """What is written next, empty lines passed over; None at the end.

    The bot stands still meanwhile, which it can: all that reaches it comes from here.
    """
    # asyncio.run keeps Ctrl-C from a program that waits for input.
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while True:
            if line := console.input("\n> ").strip():
                return line
    except (EOFError, KeyboardInterrupt):
        return None
    finally:
        signal.signal(signal.SIGINT, kept)
