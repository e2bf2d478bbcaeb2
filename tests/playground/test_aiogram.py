"""A second client that nobody here wrote, over real HTTP: the double is not python-telegram-bot's
mirror image."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatAction, ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReactionTypeEmoji,
)
from aiogram.utils.backoff import BackoffConfig
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import ClientSession, web

from bot.playground.answers import Ending
from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from tests.bot_on_telegram import PATIENCE, until

QUICKLY = BackoffConfig(min_delay=0.01, max_delay=0.02, factor=1.5, jitter=0.0)
SIDES = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="The other side", callback_data="o:1")]]
)


@pytest.fixture
def telegram() -> Telegram:
    """Time passes, because aiogram waits in real time, too."""
    return Telegram(local=True)


@asynccontextmanager
async def connect(telegram: Telegram, token: str = TOKEN) -> AsyncIterator[Bot]:
    """A bot with the defaults that bots of aiogram usually have."""
    defaults = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    async with serving(telegram) as url:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        async with Bot(token, session=session, default=defaults) as bot:
            yield bot


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with connect(telegram) as bot:
        yield bot


def small_bot() -> Dispatcher:
    """Greets, echoes, and turns an answer over when its button is tapped."""
    router = Router()

    @router.message(CommandStart())
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"<b>Hello</b>, {command.args}", reply_markup=SIDES)

    @router.message(Command("ask"))
    async def ask(message: Message, command: CommandObject) -> SendMessage:
        return message.reply(f"<i>{command.args}</i> was asked")

    @router.message(F.text)
    async def echo(message: Message) -> None:
        await message.answer(f"<blockquote>{message.html_text}</blockquote>")

    @router.callback_query(F.data == "o:1")
    async def turn_over(query: CallbackQuery) -> None:
        await query.answer("Here it is", show_alert=True)
        assert isinstance(query.message, Message)
        await query.message.edit_text("<u>Goodbye</u>")

    @router.inline_query()
    async def offer(query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=f"<b>{query.query}</b>")
        article = InlineQueryResultArticle(
            id="1", title="Answer", input_message_content=content, reply_markup=SIDES
        )
        await query.answer([article], cache_time=0, is_personal=True)

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    return dispatcher


@asynccontextmanager
async def polling(bot: Bot) -> AsyncIterator[None]:
    dispatcher = small_bot()
    task = asyncio.create_task(
        dispatcher.start_polling(
            bot, handle_signals=False, close_bot_session=False, backoff_config=QUICKLY
        )
    )
    try:
        yield
    finally:
        await until(lambda: dispatcher._stop_signal)
        await dispatcher.stop_polling()
        await task


def html(message: Any) -> Any:
    """The text, and what kinds of entities stand over it."""
    return message.text, [entity.type for entity in message.entities]


class TestPolling:
    async def test_a_dialogue(self, bot: Bot, telegram: Telegram, olena: Person) -> None:
        async with polling(bot):
            olena.send("/start q_1")
            await until(lambda: olena.received)
            assert html(olena.received[0]) == ("Hello, q_1", ["bold"])
            olena.tap(olena.received[0].id, "The other side")
            await until(lambda: olena.received[0].text == "Goodbye")
            assert html(olena.received[0]) == ("Goodbye", ["underline"])
            assert [(toast.text, toast.alert) for toast in olena.toasts] == [("Here it is", True)]
            olena.send("Who <mediates>?")
            await until(lambda: len(olena.received) == 2)
            assert html(olena.received[1]) == ("Who <mediates>?", ["blockquote"])
            await until(lambda: not telegram.updates.pending)

    async def test_a_command_in_a_forum(self, bot: Bot, telegram: Telegram, olena: Person) -> None:
        forum = telegram.supergroup("Talks", olena, forum=True)
        topic = forum.topic("News")
        async with polling(bot):
            asked = olena.send("/ask@playground_bot who mediates", chat=forum, topic=topic)
            await until(lambda: forum.received)
        (answer,) = forum.received
        assert html(answer) == ("who mediates was asked", ["italic"])
        assert answer.reply_to == asked
        assert answer.topic == topic

    async def test_an_inline_query(self, bot: Bot, telegram: Telegram, olena: Person) -> None:
        telegram.botfather.inline = True
        async with polling(bot):
            query = olena.ask_inline("donbas")
            await until(lambda: query.results is not None)
            chosen = olena.choose(query, "1")
            olena.tap(chosen.id, "The other side")
            await until(lambda: olena.toasts)
        assert html(chosen) == ("donbas", ["bold"])

    async def test_it_recovers_from_whatever_befalls_its_polls(
        self, bot: Bot, telegram: Telegram, olena: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.CRITICAL, "aiogram")
        telegram.fail("getUpdates", 502, body=b"<html>Bad Gateway</html>")
        telegram.fail("getUpdates", 500, "Internal Server Error: restart")
        telegram.cut("getUpdates", Ending.CUT)
        telegram.cut("getUpdates", Ending.NONE)
        async with polling(bot):
            olena.send("hello")
            await until(lambda: olena.received)
        assert html(olena.received[0]) == ("hello", ["blockquote"])


class TestWebhook:
    @pytest.mark.parametrize("in_background", [True, False])
    async def test_updates_are_brought_with_the_secret(
        self, bot: Bot, olena: Person, in_background: bool
    ) -> None:
        async with listening(bot, in_background=in_background, secret_token="s3cret") as url:
            async with ClientSession() as stranger, stranger.post(url, json={}) as refused:
                assert refused.status == 401
            await bot.set_webhook(url, secret_token="s3cret", allowed_updates=["message"])
            olena.send("/start q_1")
            olena.send("/ask who mediates")
            await until(lambda: len(olena.received) == 2)
            info = await bot.get_webhook_info()
            await bot.delete_webhook()
        assert (info.url, info.allowed_updates) == (url, ["message"])
        assert [html(message) for message in olena.received] == [
            ("Hello, q_1", ["bold"]),
            ("who mediates was asked", ["italic"]),
        ]

    async def test_a_wrong_secret_is_told_in_its_info(self, bot: Bot, olena: Person) -> None:
        async with listening(bot, in_background=True, secret_token="s3cret") as url:
            await bot.set_webhook(url, secret_token="guessed")
            olena.send("hello")
            async with asyncio.timeout(PATIENCE):
                while not (info := await bot.get_webhook_info()).last_error_message:
                    await asyncio.sleep(0.01)
            await bot.delete_webhook()
        told = "Wrong response from the webhook: 401 Unauthorized"
        assert (info.last_error_message, info.pending_update_count) == (told, 1)


@asynccontextmanager
async def listening(bot: Bot, *, in_background: bool, secret_token: str) -> AsyncIterator[str]:
    """aiogram's own server for updates; what comes is the URL for them."""
    app, dispatcher = web.Application(), small_bot()
    handler = SimpleRequestHandler(dispatcher, bot, in_background, secret_token)
    handler.register(app, "/telegram")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}/telegram"
    finally:
        await runner.cleanup()


class TestMethods:
    async def test_a_file_comes_back_as_it_was_sent(self, bot: Bot, olena: Person) -> None:
        content = bytes(range(256)) * 99
        file = BufferedInputFile(content, "звіт.bin")
        sent = await bot.send_document(olena.id, file, caption="<b>Report</b>")
        assert sent.document
        assert (sent.document.file_name, sent.caption) == ("звіт.bin", "Report")
        fetched = await bot.download(sent.document)
        assert isinstance(fetched, io.BytesIO)
        assert fetched.getvalue() == content

    async def test_what_a_bot_says_is_read_as_it_was_meant(
        self, bot: Bot, telegram: Telegram, olena: Person
    ) -> None:
        asked = olena.send("Who mediates?")
        preview = LinkPreviewOptions(is_disabled=True)
        sent = await bot.send_message(
            olena.id, "The <a href='https://example.org'>UAE</a>", link_preview_options=preview
        )
        assert sent.html_text == 'The <a href="https://example.org/">UAE</a>'
        assert sent.link_preview_options
        assert sent.link_preview_options.is_disabled
        assert await sent.edit_reply_markup(reply_markup=SIDES)
        await bot.set_message_reaction(olena.id, asked.id, [ReactionTypeEmoji(emoji="👍")])
        assert await bot.send_chat_action(olena.id, ChatAction.TYPING)
        assert await sent.delete()
        assert olena.received == []
        assert (await bot.get_chat(olena.id)).first_name == "Olena"
        member = await bot.get_chat_member(telegram.group("Talks", olena).id, olena.id)
        assert member.status == "creator"

    async def test_the_menu_of_commands(self, bot: Bot, olena: Person) -> None:
        scope = BotCommandScopeChat(chat_id=olena.id)
        menu = [BotCommand(command="ask", description="Ask a question")]
        assert await bot.set_my_commands(menu, scope, "uk")
        (kept,) = await bot.get_my_commands(scope, "uk")
        assert (kept.command, kept.description) == ("ask", "Ask a question")
        assert await bot.delete_my_commands(scope, "uk")
        assert await bot.get_my_commands(scope, "uk") == []

    async def test_it_knows_itself(self, bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.username, me.supports_inline_queries) == ("playground_bot", False)


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "Bad Request: message text is empty"),
            (" ", "Bad Request: text must be non-empty"),
            ("я" * 4097, "Bad Request: message is too long"),
            (
                "<b>a</i>",
                "Bad Request: can't parse entities: Unmatched end tag at byte offset 4, "
                'expected "</b>", found "</i>"',
            ),
        ],
    )
    async def test_a_bad_text_is_told_in_telegrams_words(
        self, bot: Bot, olena: Person, text: str, told: str
    ) -> None:
        with pytest.raises(TelegramBadRequest) as refused:
            await bot.send_message(olena.id, text)
        assert refused.value.message == told

    @pytest.mark.parametrize(
        ("status", "description", "kind"),
        [
            (403, "Forbidden: user is deactivated", TelegramForbiddenError),
            (404, "Not Found", TelegramNotFound),
            (409, "Conflict: terminated by other getUpdates request", TelegramConflictError),
            (500, "Internal Server Error: restart", RestartingTelegram),
            (502, "Bad Gateway", TelegramServerError),
        ],
    )
    async def test_a_scripted_refusal_is_its_exception(
        self,
        bot: Bot,
        telegram: Telegram,
        status: int,
        description: str,
        kind: type[TelegramAPIError],
    ) -> None:
        telegram.fail("getMe", status, description)
        with pytest.raises(kind) as refused:
            await bot.get_me()
        assert refused.value.message == description

    async def test_what_happens_to_a_chat_is_its_exception(
        self, bot: Bot, telegram: Telegram, olena: Person
    ) -> None:
        group = telegram.group("Talks", olena)
        new = group.migrate()
        with pytest.raises(TelegramMigrateToChat) as migrated:
            await bot.send_message(group.id, "hello")
        assert migrated.value.migrate_to_chat_id == new.id
        new.kick_bot(by=olena)
        with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
            await bot.send_message(new.id, "hello")
        olena.block_bot()
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(olena.id, "hello")

    async def test_too_much_is_told_with_a_time_to_wait(
        self, bot: Bot, telegram: Telegram, olena: Person
    ) -> None:
        telegram.flood.on = True
        await bot.send_message(olena.id, "a")
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(olena.id, "b")
        assert refused.value.retry_after == 1
        assert len(olena.received) == 1

    async def test_polling_beside_a_webhook_is_a_conflict(self, bot: Bot) -> None:
        await bot.set_webhook("https://127.0.0.1/telegram")
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()

    async def test_a_wrong_token_opens_nothing(self, telegram: Telegram) -> None:
        async with connect(telegram, "1000:another-token") as bot:
            with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
                await bot.get_me()

    async def test_an_unknown_method_is_not_found(self, bot: Bot) -> None:
        class Massage(TelegramMethod[bool]):
            __returning__ = bool
            __api_method__ = "sendMassage"

        with pytest.raises(TelegramNotFound, match="method not found"):
            await bot(Massage())

    async def test_what_is_no_answer_of_telegrams_is_an_error_of_the_network(
        self, bot: Bot, telegram: Telegram
    ) -> None:
        telegram.fail("getMe", 502, body=b"<html>Bad Gateway</html>")
        with pytest.raises(ClientDecodeError):
            await bot.get_me()
        telegram.cut("getMe")
        with pytest.raises(TelegramNetworkError, match="ServerDisconnectedError"):
            await bot.get_me()
        telegram.slow("getMe")
        with pytest.raises(TelegramNetworkError, match="timeout"):
            await bot.get_me(request_timeout=1)
