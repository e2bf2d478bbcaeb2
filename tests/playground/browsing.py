"""A browser on the playground's page, and what people do in it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from bot.playground.people import Person
from bot.playground.telegram import Telegram

CHROMIUM = Path("/usr/bin/chromium")
"""Where Debian puts it."""

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

DESKTOP = ViewportSize(width=1100, height=760)
PHONE = ViewportSize(width=375, height=720)

Colours = Literal["light", "dark"]

# Generous: a busy machine makes no page wrong.
expect.set_options(timeout=15_000)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"there is no {CHROMIUM}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@dataclass(frozen=True, slots=True)
class Window:
    """A window that shows the page to a person of Telegram's."""

    page: Page
    telegram: Telegram
    person: Person
    complaints: list[str] = field(default_factory=list)

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("combobox", name="Message")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.log.get_by_role("article")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def offers(self) -> Locator:
        return self.page.get_by_role("listbox", name="Suggestions").get_by_role("option")

    def button(self, name: str) -> Locator:
        """Of the last message that has such a button."""
        return self.log.get_by_role("button", name=name, exact=True).last

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def open(self, chat: str) -> None:
        await self.page.locator("#chats b").get_by_text(chat, exact=True).click()

    async def told(self, text: str, **params: Any) -> int:
        """Has the bot write into the person's chat, unless into another; the message's id."""
        told: Mapping[str, Any] = {"chat_id": self.person.id, "text": text, "parse_mode": "HTML"}
        answer = await self.telegram.call("sendMessage", {**told, **params})
        assert answer.ok, answer.description
        return int(answer.result["message_id"])


@asynccontextmanager
async def window(
    page: Page,
    url: str,
    telegram: Telegram,
    person: Person,
    *,
    size: ViewportSize = DESKTOP,
    colours: Colours = "light",
) -> AsyncIterator[Window]:
    """Shows the page to the person; it must not complain of anything meanwhile."""
    opened = Window(page, telegram, person)

    def fail(error: Error) -> None:
        opened.complaints.append(str(error))

    def say(message: ConsoleMessage) -> None:
        opened.complaints.append(message.text)

    await page.set_viewport_size(size)
    await page.emulate_media(color_scheme=colours)
    # From here, because a new fragment alone loads nothing.
    await page.goto("about:blank")
    page.on("pageerror", fail)
    page.on("console", say)
    try:
        await page.goto(f"{url}/#{person.id}")
        await expect(page.locator("#title")).to_have_text(telegram.bot.first_name)
        yield opened
        assert opened.complaints == []
    finally:
        page.remove_listener("pageerror", fail)
        page.remove_listener("console", say)
