"""The page in a browser: first with the real bot behind it, then with a bot that the test plays."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.app import build
from bot.playground.page import page_routes
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from tests.bot_on_telegram import ANSWERED, ASKED, PATIENCE, small_edition, until
from tests.playground.browsing import PHONE, Window, chromium, window

pytestmark = pytest.mark.asyncio(loop_scope="module")

RUSSIA = "What does Russia demand?"

CONTRASTS = """() => {
  const rgba = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return [...(colour.startsWith("color(") ? [r, g, b] : [r / 255, g / 255, b / 255]), a];
  };
  const over = (top, below) => below.map((c, at) => top[at] * top[3] + c * (1 - top[3]));
  const light = colour => colour
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = node => node ? over(rgba(getComputedStyle(node).backgroundColor),
                                     behind(node.parentElement)) : [1, 1, 1];
  const written = node => [...node.childNodes].some(child => child.data?.trim());
  return [...document.querySelectorAll(".bubble *")].filter(written).map(node => {
    const below = behind(node);
    const text = over(rgba(getComputedStyle(node).color), below);
    const [dark, bright] = [light(text), light(below)].sort((a, b) => a - b);
    return [(bright + 0.05) / (dark + 0.05), node.textContent];
  });
}"""
"""The contrast of each text of the messages, as WCAG 2 defines it, and the text."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@dataclass(frozen=True, slots=True)
class Stage:
    page: Page
    telegram: Telegram
    url: str

    def window(self, **looks: Any) -> AbstractAsyncContextManager[Window]:
        """The page, shown to a new person."""
        return window(self.page, self.url, self.telegram, self.telegram.person("Ann"), **looks)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    """The real bot on the small FAQ, polling over HTTP."""
    telegram, stop = Telegram(), asyncio.Event()
    reader = telegram.person("Reader")
    async with serving(telegram, routes=page_routes(telegram)) as url:
        running = asyncio.create_task(build(TOKEN, small_edition(), api_url=url).run(stop))
        await until(lambda: telegram.commands.menu(reader))
        yield Stage(await browser.new_page(), telegram, url)
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await running


@pytest_asyncio.fixture(loop_scope="module")
async def ann(stage: Stage) -> AsyncIterator[Window]:
    """Ann, in her chat with the real bot."""
    async with stage.window() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def empty(browser: Browser) -> AsyncIterator[Stage]:
    """Nobody polls here."""
    telegram = Telegram()
    async with serving(telegram, routes=page_routes(telegram)) as url:
        yield Stage(await browser.new_page(), telegram, url)


@pytest_asyncio.fixture(loop_scope="module")
async def alone(empty: Stage) -> AsyncIterator[Window]:
    """Ann, in her chat with a bot that the test plays."""
    empty.telegram.updates.clear()
    empty.telegram.botfather.inline = True
    async with empty.window() as opened:
        yield opened


class TestAsking:
    async def test_a_question_is_answered_with_quote_date_and_buttons(self, ann: Window) -> None:
        await ann.say(RUSSIA)
        await expect(ann.last.locator("strong")).to_have_text(RUSSIA)
        await expect(ann.last.locator("blockquote")).to_contain_text("Russia insists")
        await expect(ann.last).to_contain_text("Reported 4 Feb 2026")
        await expect(ann.button("What does Ukraine say?")).to_be_visible()
        await expect(ann.field).to_be_focused()
        await expect(ann.field).to_have_value("")

    async def test_the_first_answer_is_on_the_screen_at_once(self, ann: Window) -> None:
        """It takes some tens of milliseconds; the limit is for a busy machine."""
        await ann.field.fill(ASKED)
        await ann.page.evaluate(
            """answer => {
              const log = document.getElementById("log");
              const now = () => performance.now();
              addEventListener("keydown", () => { window.begun = now(); }, { once: true });
              new MutationObserver(() => {
                if (log.textContent.includes(answer)) window.took ??= now() - window.begun;
              }).observe(log, { childList: true });
            }""",
            ANSWERED,
        )
        await ann.field.press("Enter")
        await expect(ann.last).to_contain_text(ANSWERED)
        assert await ann.page.evaluate("window.took") < 3000

    async def test_the_other_side_is_one_tap_away(self, ann: Window) -> None:
        await ann.say(RUSSIA)
        await ann.button("What does Ukraine say?").click()
        await expect(ann.last).to_contain_text("Ukrainian officials rejected this.")
        await expect(ann.last).to_contain_text("edited")
        await expect(ann.messages).to_have_count(2)

    async def test_not_what_i_asked_brings_up_a_toast(self, ann: Window) -> None:
        await ann.say(ASKED)
        await ann.button("Not what I asked").click()
        await expect(ann.page.locator("#toast")).to_have_text("Thank you. Please try other words.")

    async def test_did_you_mean_offers_questions_to_tap(self, ann: Window) -> None:
        await ann.say("Where and Russia")
        await expect(ann.last).to_contain_text("Did you mean one of these?")
        await ann.button(ASKED).click()
        await expect(ann.last).to_contain_text(ANSWERED)

    async def test_every_answer_is_reached_by_topics(self, ann: Window) -> None:
        await ann.say("/topics")
        await ann.button("Where and when").click()
        await ann.button(ASKED).click()
        await expect(ann.last).to_contain_text(ANSWERED)

    async def test_what_the_bot_does_not_know_it_says(self, ann: Window) -> None:
        await ann.say("best pizza in town?")
        await expect(ann.last).to_contain_text("I found no answer to that.")
        await expect(ann.button("All topics")).to_be_visible()

    async def test_an_empty_chat_offers_to_start(self, ann: Window) -> None:
        await ann.button("Start").click()
        await expect(ann.last).to_contain_text("I answer questions about")

    async def test_a_group_command_is_answered_in_the_group(
        self, stage: Stage, ann: Window
    ) -> None:
        stage.telegram.group("Readers", ann.person)
        await ann.open("Readers")
        await ann.say(f"/ask@playground_bot {RUSSIA}")
        await expect(ann.messages).to_have_count(2)
        await expect(ann.last.locator(".sender")).to_have_text("Playground")
        asked = ann.last.get_by_role("button", name="In reply to")
        await expect(asked).to_contain_text(f"/ask@playground_bot {RUSSIA}")
        await expect(ann.last.locator(".text")).to_contain_text("Russia insisted on Donbas")
        await expect(ann.last.get_by_title("Sent without a sound")).to_be_visible()
        await ann.last.get_by_role("link", name="Quote and source").click()
        await expect(ann.page.get_by_role("heading", level=1)).to_have_text("Playground")
        await expect(ann.last.locator("blockquote")).to_contain_text("Russia insists")

    async def test_the_commands_come_in_a_menu(self, ann: Window) -> None:
        await ann.page.get_by_role("button", name="Commands").click()
        await expect(ann.offers.first).to_contain_text("/start")
        await ann.field.press("ArrowDown")
        await expect(ann.offers.nth(1)).to_have_attribute("aria-selected", "true")
        await ann.field.press("Enter")
        await expect(ann.last).to_contain_text("Write a question in your own words")
        await ann.field.type("/priv")
        await expect(ann.offers).to_have_count(1)
        await ann.field.press("Enter")
        await expect(ann.last).to_contain_text("This bot's operator has left no address.")
        await expect(ann.field).to_have_value("")
        await ann.field.type("/to")
        await expect(ann.offers).to_have_count(1)
        await ann.field.press("Tab")
        await expect(ann.field).to_have_value("/topics ")
        await ann.field.fill("/")
        await ann.field.press("Escape")
        await expect(ann.offers).to_have_count(0)

    async def test_the_keyboard_is_enough(self, ann: Window) -> None:
        keyboard = ann.page.keyboard
        await expect(ann.field).to_be_focused()
        await keyboard.type(RUSSIA)
        await keyboard.press("Enter")
        await expect(ann.button("What does Ukraine say?")).to_be_visible()
        focused = ann.page.locator("button:focus")
        on_the_message = ("In reply to Ann", "Reply", "What does Ukraine say?")
        for name in ("Commands", "Not what I asked", *reversed(on_the_message)):
            await keyboard.press("Shift+Tab")
            await expect(focused).to_have_accessible_name(re.compile(f"^{re.escape(name)}"))
        await keyboard.press("Shift+Tab")
        await expect(ann.last).to_be_focused()
        await keyboard.press("ArrowUp")
        await expect(ann.messages.first).to_be_focused()
        await keyboard.press("End")
        await expect(ann.last).to_be_focused()
        for name in on_the_message:
            await keyboard.press("Tab")
            await expect(focused).to_have_accessible_name(re.compile(f"^{re.escape(name)}"))
        await keyboard.press("Enter")
        await expect(ann.last).to_contain_text("Ukrainian officials rejected this.")
        await expect(ann.last).to_be_focused()
        await keyboard.press("Escape")
        await expect(ann.field).to_be_focused()


class TestWriting:
    async def test_the_last_message_is_edited(self, alone: Window) -> None:
        await alone.say("Who?")
        await expect(alone.last).to_contain_text("Who?")
        await alone.field.press("ArrowUp")
        await expect(alone.field).to_have_value("Who?")
        await alone.say("Who mediates?")
        await expect(alone.last).to_contain_text("Who mediates?")
        await expect(alone.last).to_contain_text("edited")
        assert [message.text for message in alone.person.messages] == ["Who mediates?"]

    async def test_an_edit_can_be_left_alone(self, alone: Window) -> None:
        await alone.say("Who?")
        await alone.last.hover()
        await alone.button("Edit").click()
        await expect(alone.page.get_by_text("Edit message")).to_be_visible()
        await alone.field.press("Escape")
        await expect(alone.page.get_by_text("Edit message")).to_be_hidden()
        await expect(alone.field).to_have_value("")

    async def test_an_edit_gives_back_what_was_begun(self, alone: Window) -> None:
        alone.person.send("Who?")
        await alone.field.fill("And why")
        await alone.last.hover()
        await alone.button("Edit").click()
        await alone.say("Who mediates?")
        await expect(alone.last).to_contain_text("Who mediates?")
        await expect(alone.field).to_have_value("And why")

    async def test_an_edit_may_turn_into_a_reply(self, alone: Window) -> None:
        alone.person.send("Who?")
        await alone.last.hover()
        await alone.button("Edit").click()
        await expect(alone.page.get_by_role("button", name="Save")).to_be_visible()
        await alone.button("Reply").click()
        await expect(alone.page.get_by_role("button", name="Send")).to_be_visible()
        await expect(alone.field).to_have_value("")
        await alone.say("Why?")
        await expect(alone.messages).to_have_count(2)

    async def test_a_message_is_answered(self, alone: Window) -> None:
        said = await alone.told("As of 4 February 2026, nobody knows.")
        await alone.last.hover()
        await alone.button("Reply").click()
        await expect(alone.page.get_by_text("Reply to Playground")).to_be_visible()
        await alone.say("Why not?")
        await expect(alone.last.get_by_role("button", name="In reply to")).to_contain_text("nobody")
        reply = alone.person.messages[-1].reply_to
        assert reply
        assert reply.id == said
        await alone.last.get_by_role("button", name="In reply to").click()
        await expect(alone.messages.first).to_be_focused()

    async def test_a_growing_field_hides_no_message(self, alone: Window) -> None:
        for number in range(20):
            await alone.told(f"Message {number}")
        await expect(alone.last).to_contain_text("Message 19")
        await expect(alone.last).to_be_in_viewport(ratio=1)
        await alone.last.hover()
        await alone.button("Reply").click()
        await alone.field.fill("One\n" * 6)
        await expect(alone.last).to_be_in_viewport(ratio=1)

    async def test_lines_are_broken_by_shift_and_enter(self, alone: Window) -> None:
        await alone.field.fill("One")
        await alone.field.press("Shift+Enter")
        await alone.field.type("Two")
        await alone.field.press("Enter")
        await expect(alone.last).to_contain_text("Two")
        assert alone.person.messages[0].text == "One\nTwo"

    async def test_what_cannot_be_done_is_told(self, alone: Window) -> None:
        message = alone.person.send("Gone soon")
        await expect(alone.last).to_contain_text("Gone soon")
        await alone.field.press("ArrowUp")
        await expect(alone.field).to_have_value("Gone soon")
        await alone.telegram.call(
            "deleteMessage", {"chat_id": alone.person.id, "message_id": message.id}
        )
        await expect(alone.messages).to_have_count(0)
        await alone.say("Too late")
        told = f"no message {message.id} in this chat"
        await expect(alone.page.locator("#toast")).to_have_text(told)
        # The browser tells of the refusal.
        await until(lambda: alone.complaints)
        alone.complaints.clear()

    async def test_what_does_not_reach_the_server_is_not_lost(self, alone: Window) -> None:
        await alone.page.route("**/people/*", lambda route: route.abort())
        await alone.say("Who mediates?")
        toast = alone.page.locator("#toast")
        await expect(toast).to_have_text("The playground does not answer")
        await expect(alone.field).to_have_value("Who mediates?")
        await alone.field.fill("/")
        await alone.page.get_by_label("Language").select_option(label="Русский")
        await expect(alone.page.get_by_label("Language")).to_have_value("en")
        await alone.page.unroute("**/people/*")
        assert all("Failed to load resource" in told for told in alone.complaints)
        alone.complaints.clear()
        await alone.say("Who mediates?")
        await expect(alone.last).to_contain_text("Who mediates?")

    async def test_inline_results_are_offered_and_chosen(self, alone: Window) -> None:
        await alone.field.type("@playground_bot donbas")
        await self.offer(alone.telegram, "donbas")
        await expect(alone.offers).to_have_count(3)
        for _ in range(3):
            await alone.field.press("ArrowDown")
        await alone.field.press("Enter")
        await expect(alone.last).to_contain_text("Another says")
        await expect(alone.last).to_contain_text("via @playground_bot")
        await expect(alone.field).to_have_value("")

    async def test_the_button_above_inline_results_begins_the_private_chat(
        self, alone: Window
    ) -> None:
        alone.telegram.group("Readers", alone.person)
        await alone.open("Readers")
        await alone.field.type("@playground_bot why")
        await self.offer(alone.telegram, "why")
        await alone.offers.get_by_text("Ask me").click()
        await expect(alone.page.get_by_role("heading", level=1)).to_have_text("Playground")
        await expect(alone.last).to_contain_text("/start inline")

    async def offer(self, telegram: Telegram, text: str) -> None:
        """Answers the inline query with a button and two results."""
        articles = [
            {
                "type": "article",
                "id": name,
                "title": f"{name} side",
                "description": "What it says",
                "input_message_content": {"message_text": f"{name} says"},
            }
            for name in ("One", "Another")
        ]
        answer = {
            "inline_query_id": await self.inline_query(telegram, text),
            "results": articles,
            "button": {"text": "Ask me", "start_parameter": "inline"},
        }
        assert (await telegram.call("answerInlineQuery", answer)).ok

    async def inline_query(self, telegram: Telegram, text: str) -> str:
        """The id of the query that asks for this, once it has reached the bot."""
        offset = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                told = {"offset": offset, "timeout": 5}
                for update in (await telegram.call("getUpdates", told)).result:
                    offset = update["update_id"] + 1
                    if update["inline_query"]["query"] == text:
                        return str(update["inline_query"]["id"])

    async def test_where_inline_mode_is_off_a_mention_is_a_message(self, empty: Stage) -> None:
        empty.telegram.botfather.inline = False
        async with empty.window() as alone:
            await alone.say("@playground_bot who mediates?")
            await expect(alone.last).to_contain_text("who mediates?")


class TestReading:
    async def test_formatting_is_shown(self, alone: Window) -> None:
        await alone.told(
            "<b>bold <i>both</i></b> <u>under</u> <s>struck</s> <code>1 &lt; 2</code> 🇺🇦 "
            '<a href="https://example.org/">link</a>\n<blockquote>A quote</blockquote>\nAfter\n'
            "<pre>two\nlines</pre>",
            disable_notification=True,
        )
        for tag, text in (
            ("strong", "bold both"),
            ("strong em", "both"),
            ("u", "under"),
            ("s", "struck"),
            ("code", "1 < 2"),
            ("a", "link"),
            ("blockquote", "A quote"),
            ("pre", "two\nlines"),
        ):
            await expect(alone.last.locator(tag)).to_have_text(text)
        await expect(alone.last.locator("a")).to_have_attribute("rel", "noopener noreferrer")
        await expect(alone.last.locator("time")).to_be_visible()
        await expect(alone.last.get_by_title("Sent without a sound")).to_be_visible()

    async def test_a_command_in_a_text_is_sent_by_a_click_or_a_key(self, alone: Window) -> None:
        await alone.told("Choose from /topics.")
        for way in ("click", "Enter", " "):
            command = alone.button("/topics")
            await (command.click() if way == "click" else command.press(way))
            await expect(alone.last).to_contain_text("/topics")
            await alone.told("Choose from /topics.")
            await expect(alone.last).to_contain_text("Choose")
        assert [message.text for message in alone.person.messages if not message.from_bot] == [
            "/topics"
        ] * 3

    async def test_a_full_stop_stays_with_the_command_before_it(self, alone: Window) -> None:
        await alone.told("Choose a question from /topics.")
        parted = """message => {
          const command = message.querySelector(".command");
          const stop = document.createRange();
          stop.selectNodeContents(command.nextSibling);
          return [...Array(200).keys()].filter(more => {
            message.style.width = `${120 + more}px`;
            const [{ top }, { bottom }] = [stop, command].map(it => it.getBoundingClientRect());
            return top > bottom;
          });
        }"""
        assert await alone.last.evaluate(parted) == []

    async def test_text_that_would_be_markup_stays_text(self, alone: Window) -> None:
        hostile = "<img src=x onerror=hacked()><script>hacked()</script>\u202eгорка & <b>"
        alone.telegram.person(hostile[:40])
        group = alone.telegram.group(hostile, alone.person)
        alone.person.send(hostile, chat=group)
        await alone.told(
            hostile,
            parse_mode="",
            reply_markup={"inline_keyboard": [[{"text": hostile, "callback_data": hostile[:40]}]]},
        )
        await expect(alone.last.locator(".text")).to_contain_text(hostile)
        await expect(alone.button(hostile)).to_be_visible()
        await alone.open(hostile)
        await expect(alone.page.get_by_role("heading", level=1)).to_have_text(hostile)
        assert await alone.page.locator("img, #log script, #chats script").count() == 0

    async def test_a_long_quote_and_a_spoiler_open(self, alone: Window) -> None:
        long = "It goes on and on, as articles do, and on. " * 20
        await alone.told(
            f"<tg-spoiler>They agree</tg-spoiler><blockquote expandable>{long}</blockquote>"
        )
        quote = alone.last.locator("blockquote")
        before = await quote.bounding_box()
        await alone.button("Whole quote").click()
        await expect(alone.button("Whole quote")).to_have_attribute("aria-expanded", "true")
        after = await quote.bounding_box()
        assert before
        assert after
        assert after["height"] > 2 * before["height"]
        await alone.button("Spoiler").press("Enter")
        await expect(alone.last.get_by_text("They agree")).to_be_visible()
        await expect(alone.last.locator(".spoiler")).to_have_count(0)

    async def test_a_tap_spins_until_it_is_answered_with_an_alert(self, alone: Window) -> None:
        await alone.told(
            "Why?", reply_markup={"inline_keyboard": [[{"text": "Tell", "callback_data": "t"}]]}
        )
        await alone.button("Tell").click()
        await expect(alone.button("Tell")).to_have_attribute("aria-busy", "true")
        (update,) = (await alone.telegram.call("getUpdates", {"timeout": 5})).result
        answer = {
            "callback_query_id": update["callback_query"]["id"],
            "text": "Nobody knows",
            "show_alert": True,
        }
        await alone.telegram.call("answerCallbackQuery", answer)
        alert = alone.page.get_by_role("dialog")
        await expect(alert).to_contain_text("Nobody knows")
        await alone.page.keyboard.press("Enter")
        await expect(alert).to_be_hidden()
        await expect(alone.button("Tell")).not_to_have_attribute("aria-busy", "true")

    async def test_typing_is_shown_until_the_message_comes(self, alone: Window) -> None:
        await alone.telegram.call(
            "sendChatAction", {"chat_id": alone.person.id, "action": "typing"}
        )
        await expect(alone.page.locator("#subtitle")).to_have_text("typing")
        await alone.told("Here")
        await expect(alone.page.locator("#subtitle")).to_have_text("bot")

    async def test_a_permalink_opens_in_the_private_chat(self, alone: Window) -> None:
        group = alone.telegram.group("Readers", alone.person)
        link = '<a href="https://t.me/playground_bot?start=q_where">Quote and source</a>'
        await alone.told(link, chat_id=group.id)
        await alone.open("Readers")
        await alone.log.get_by_role("link", name="Quote and source").click()
        await expect(alone.last).to_contain_text("/start q_where")
        assert [message.text for message in alone.person.messages] == ["/start q_where"]

    async def test_a_link_to_a_message_goes_there(self, alone: Window) -> None:
        group = alone.telegram.supergroup("Readers", alone.person)
        said = alone.person.send("The earlier answer", chat=group)
        await alone.told(f'<a href="https://t.me/c/{str(group.id)[4:]}/{said.id}">Earlier</a>')
        await alone.log.get_by_role("link", name="Earlier").click()
        await expect(alone.page.get_by_role("heading", level=1)).to_have_text("Readers")
        await expect(alone.messages.first).to_be_focused()

    async def test_a_forum_keeps_its_topics_apart(self, alone: Window) -> None:
        forum = alone.telegram.supergroup("News", alone.person, forum=True)
        territory = forum.topic("Territory")
        forum.topic("Delegations")
        await alone.told("About Donbas", chat_id=forum.id, message_thread_id=territory.id)
        await alone.open("Territory")
        await expect(alone.page.get_by_role("heading", level=1)).to_have_text("News · Territory")
        await expect(alone.last).to_contain_text("About Donbas")
        await alone.say("Thank you")
        await expect(alone.last).to_contain_text("Thank you")
        assert forum.messages[-1].topic == territory
        await alone.open("General")
        await expect(alone.messages).to_have_count(0)

    async def test_somebody_else_sees_what_is_unread(self, alone: Window) -> None:
        olena = alone.telegram.person("Olena", "uk")
        alone.telegram.group("Readers", alone.person, olena)
        await alone.open("Readers")
        await alone.say("Hello, Olena")
        await expect(alone.last).to_contain_text("Hello, Olena")
        await alone.open("Playground")
        await alone.page.get_by_label("You are").select_option(label="Olena")
        readers = alone.page.get_by_role("navigation").get_by_role("button", name="Readers")
        await expect(readers).to_contain_text("1 new")
        await readers.click()
        await expect(readers).not_to_contain_text("new")
        await expect(alone.last.locator(".sender")).to_have_text("Ann")

    async def test_the_language_of_the_person_is_switched(self, alone: Window) -> None:
        await alone.page.get_by_label("Language").select_option(label="Українська")
        await until(lambda: alone.person.user.language_code == "uk")
        await alone.say("Хто?")
        await expect(alone.last).to_contain_text("Хто?")
        (update,) = (await alone.telegram.call("getUpdates")).result
        assert update["message"]["from"]["language_code"] == "uk"

    async def test_new_messages_are_read_aloud_and_old_ones_are_not(self, alone: Window) -> None:
        await expect(alone.log).to_have_attribute("aria-live", "polite")
        await alone.told("New")
        await expect(alone.last).to_contain_text("Playground: New")


class TestLooks:
    async def test_a_phone_shows_the_chats_or_one_chat(self, empty: Stage) -> None:
        async with empty.window(size=PHONE) as phone:
            await expect(phone.log).to_be_hidden()
            await phone.open("Playground")
            await phone.told("A word that is too long: " + "x" * 200)
            await expect(phone.last).to_be_visible()
            await expect(phone.page.get_by_role("navigation")).to_be_hidden()
            width = "document.documentElement.scrollWidth"
            assert await phone.page.evaluate(width) == PHONE["width"]
            assert await phone.log.evaluate("log => log.scrollWidth <= log.clientWidth")
            await phone.page.get_by_role("button", name="Back to the chats").click()
            await expect(phone.page.get_by_role("navigation")).to_be_visible()
            await expect(phone.log).to_be_hidden()

    async def test_on_a_phone_what_can_be_done_with_an_answer_hides_none_of_it(
        self, empty: Stage
    ) -> None:
        keyboard = {"inline_keyboard": [[{"text": "Tell", "callback_data": "t"}]]}
        async with empty.window(size=PHONE) as phone:
            await phone.open("Playground")
            await phone.told("A long answer. " * 20, reply_markup=keyboard)
            await phone.last.click()
            reply = await phone.button("Reply").bounding_box()
            text = await phone.last.locator(".text").bounding_box()
        assert reply
        assert text
        assert text["x"] + text["width"] <= reply["x"]
        assert reply["x"] + reply["width"] <= PHONE["width"]

    async def test_the_dark_is_dark(self, empty: Stage) -> None:
        background = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        for colours, dark in (("light", False), ("dark", True)):
            async with empty.window(colours=colours) as shown:
                colour = await shown.page.evaluate(background)
            assert (max(colour) < 80) is dark

    @pytest.mark.parametrize("colours", ["light", "dark"])
    async def test_every_text_of_a_message_stands_out(self, empty: Stage, colours: str) -> None:
        """4.5 is what WCAG 2 asks of text that is not large."""
        async with empty.window(colours=colours) as shown:
            people = [shown.person, *(empty.telegram.person(f"Reader {n}") for n in range(7))]
            group = empty.telegram.group("Readers", *people)
            for person in people:
                said = person.send("Who mediates? /ask", chat=group)
                for other in people[:2]:
                    other.send("Look at that", chat=group, reply_to=said.id)
            shown.person.send_other("photo", chat=group)
            shown.person.forward(said, chat=group)
            link = '<a href="https://example.org">Source</a> <blockquote>Quote</blockquote> @ann'
            await shown.told(link, chat_id=group.id)
            await shown.open("Readers")
            await expect(shown.last).to_contain_text("Source")
            texts = await shown.page.evaluate(CONTRASTS)
        assert len(texts) > 100
        assert sorted(text for text in texts if text[0] < 4.5) == []

    async def test_a_window_comes_back_where_it_was(self, empty: Stage) -> None:
        async with empty.window() as opened:
            empty.telegram.group("Readers", opened.person)
            await opened.open("Readers")
            await expect(opened.page.get_by_role("heading", level=1)).to_have_text("Readers")
            await opened.page.reload()
            await expect(opened.page.get_by_role("heading", level=1)).to_have_text("Readers")

    async def test_the_page_goes_on_when_the_playground_starts_again(
        self, browser: Browser
    ) -> None:
        first, second = Telegram(), Telegram()
        ann, olena = first.person("Ann"), first.person("Olena")
        readers = first.group("Readers", ann, olena)
        second.group("Readers", second.person("Ann"))
        async with AsyncExitStack() as server, AsyncExitStack() as again:
            url = await server.enter_async_context(serving(first, routes=page_routes(first)))
            page = await browser.new_page()
            async with window(page, url, first, ann) as opened:
                olena.send("Hello, Ann", chat=readers)
                chat = page.get_by_role("navigation").get_by_role("button", name="Readers")
                await expect(chat).to_contain_text("1 new")
                await opened.field.fill("Who")
                await server.aclose()
                await expect(page.get_by_role("alert")).to_contain_text("has stopped")
                port = int(url.rpartition(":")[2])
                routes = page_routes(second)
                await again.enter_async_context(serving(second, port=port, routes=routes))
                await expect(page.get_by_role("alert")).to_be_hidden()
                await expect(chat).not_to_contain_text("new")
                await expect(opened.field).to_have_value("Who")
                opened.complaints.clear()
            await page.close()
