"""python-telegram-bot with its own transport, over real HTTP: one test of each path."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TimedOut
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.playground.answers import Ending
from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import TOKEN, Telegram
from tests.bot_on_telegram import texts, until

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

SIDES = InlineKeyboardMarkup.from_button(
    InlineKeyboardButton("The other side", callback_data="o:1")
)


@pytest.fixture
def telegram() -> Telegram:
    """Time passes, because the client waits in real time, too."""
    return Telegram(local=True)


@pytest.fixture
async def app(telegram: Telegram) -> AsyncIterator[App]:
    async with serving(telegram) as url:
        building = ApplicationBuilder().token(TOKEN).read_timeout(1)
        building = building.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
        app = building.build()
        app.add_handler(CommandHandler("start", start))
        app.add_handler(MessageHandler(filters.TEXT, echo))
        app.add_handler(CallbackQueryHandler(turn_over))
        async with app:
            yield app


async def start(update: Update, context: Context) -> None:
    assert update.message
    assert context.args is not None
    await update.message.reply_text(f"Hello, {' '.join(context.args)}", reply_markup=SIDES)


async def echo(update: Update, _: Context) -> None:
    assert update.message
    await update.message.reply_html(f"<b>{update.message.text_html}</b>", do_quote=True)


async def turn_over(update: Update, _: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("Here it is")
    await update.callback_query.edit_message_text("Goodbye")


@asynccontextmanager
async def polling(app: App, telegram: Telegram) -> AsyncIterator[None]:
    assert app.updater
    await app.start()
    await app.updater.start_polling(poll_interval=0)
    try:
        yield
    finally:
        await until(lambda: telegram.updates.polled)
        telegram.clock.shift(5)  # its last poll repeats an offset, and would be slowed down
        await app.updater.stop()
        await app.stop()


@asynccontextmanager
async def listening(app: App) -> AsyncIterator[str]:
    """A server that hands updates to the application; what comes is its URL."""

    async def take(request: web.Request) -> web.Response:
        if request.headers["X-Telegram-Bot-Api-Secret-Token"] != "s3cret":
            return web.Response(status=401)
        await app.process_update(Update.de_json(await request.json(), app.bot))
        return web.Response()

    server = web.Application()
    server.add_routes([web.post("/telegram", take)])
    runner = web.AppRunner(server)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    finally:
        await runner.cleanup()


async def test_a_dialogue_by_polling(app: App, telegram: Telegram, olena: Person) -> None:
    async with polling(app, telegram):
        olena.send("/start q_1")
        await until(lambda: olena.received)
        assert texts(olena) == ["Hello, q_1"]
        olena.tap(olena.received[0].id, "The other side")
        await until(lambda: texts(olena) == ["Goodbye"])
        assert [toast.text for toast in olena.toasts] == ["Here it is"]
        asked = olena.send("Who <mediates>?")
        await until(lambda: len(olena.received) == 2)
    answer = olena.received[1]
    assert (answer.text, answer.reply_to) == ("Who <mediates>?", asked)
    assert [entity.type for entity in answer.entities] == ["bold"]
    assert telegram.updates.pending == ()


async def test_a_dialogue_by_webhook(app: App, olena: Person) -> None:
    async with listening(app) as url:
        await app.bot.set_webhook(url, secret_token="s3cret")
        olena.send("/start q_1")
        await until(lambda: olena.received)
        olena.tap(olena.received[0].id, "The other side")
        await until(lambda: texts(olena) == ["Goodbye"])
        info = await app.bot.get_webhook_info()
        await app.bot.delete_webhook()
    assert (info.url, info.last_error_message) == (url, None)


async def test_a_file_comes_back_as_it_was_sent(app: App, olena: Person) -> None:
    content = bytes(range(256)) * 99
    sent = await app.bot.send_document(olena.id, content, filename="звіт.bin", caption="A report")
    assert sent.document
    assert (sent.document.file_name, sent.caption) == ("звіт.bin", "A report")
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == content


async def test_refusals_and_faults_are_its_exceptions(
    app: App, telegram: Telegram, olena: Person
) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities: unclosed start tag"):
        await app.bot.send_message(olena.id, "<b", parse_mode=ParseMode.HTML)
    telegram.fail("sendMessage", 502, body=b"<html>Bad Gateway</html>")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await app.bot.send_message(olena.id, "a")
    for ending in (Ending.CUT, Ending.NONE):
        telegram.cut("sendMessage", ending)
        with pytest.raises(NetworkError, match="RemoteProtocolError"):
            await app.bot.send_message(olena.id, "b")
    telegram.slow("sendMessage")
    with pytest.raises(TimedOut):
        await app.bot.send_message(olena.id, "c")
    assert texts(olena) == ["b", "b", "c"]
    olena.block_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await app.bot.send_message(olena.id, "d")
