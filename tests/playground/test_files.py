from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InputFile, ReplyParameters
from telegram.error import TelegramError

from bot.playground.fields import Upload
from bot.playground.people import Person
from bot.playground.request import InProcessRequest
from bot.playground.telegram import Telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    request = InProcessRequest(telegram)
    async with Bot(telegram.token, request=request, get_updates_request=request) as bot:
        yield bot


async def test_a_document_is_sent_with_a_caption(
    telegram: Telegram, bot: Bot, olena: Person
) -> None:
    asked = olena.send("/misses")
    sent = await bot.send_document(
        olena.id,
        b"- one\n",
        filename="misses.yaml",
        caption="<b>Misses</b>",
        parse_mode="HTML",
        reply_parameters=ReplyParameters(asked.id),
        disable_notification=True,
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("misses.yaml", 6)
    assert sent.caption_html == "<b>Misses</b>"
    (message,) = olena.received
    assert (message.reply_to, message.silent) == (asked, True)
    assert telegram.download(f"documents/{sent.document.file_id}") == b"- one\n"


async def test_what_the_bot_has_sent_it_can_send_again_and_fetch(bot: Bot, olena: Person) -> None:
    handle = InputFile(io.BytesIO(b"one"), "a.txt", read_file_handle=False)
    first = await bot.send_document(olena.id, handle, filename="a.txt")
    assert first.document is not None
    again = await bot.send_document(olena.id, first.document.file_id)
    assert again.document == first.document
    assert await (await again.document.get_file()).download_as_bytearray() == b"one"


async def test_a_part_may_have_any_name(telegram: Telegram, olena: Person) -> None:
    params = {"chat_id": olena.id, "document": "attach://f", "f": Upload("b.txt", b"two")}
    attached = (await telegram.call("sendDocument", params)).result
    assert attached["document"]["file_name"] == "b.txt"


async def test_what_somebody_sends_can_be_fetched(
    telegram: Telegram, bot: Bot, olena: Person
) -> None:
    olena.send_file("faq.yaml", b"entries: []")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_name == "faq.yaml"
    file = await update.message.document.get_file()
    assert await file.download_as_bytearray() == b"entries: []"


async def test_more_than_20_megabytes_are_not_fetched(
    telegram: Telegram, bot: Bot, olena: Person
) -> None:
    for size, fits in ((20 << 20, True), ((20 << 20) + 1, False)):
        message = olena.send_file("a.bin", bytes(size))
        file_id = message.content["document"]["file_id"]
        answer = await telegram.call("getFile", {"file_id": file_id})
        assert answer.ok is fits
        assert fits or answer.description == "Bad Request: file is too big"


@pytest.mark.parametrize(
    "url", ["/file/bot1000:wrong/documents/file-1", "/file/bot{}/documents/no"]
)
async def test_nobody_else_fetches_it_and_nothing_else(
    telegram: Telegram, olena: Person, url: str
) -> None:
    olena.send_file("faq.yaml", b"entries: []")
    with pytest.raises(TelegramError):
        await InProcessRequest(telegram).retrieve(url.format(telegram.token))


@pytest.mark.parametrize(
    ("content", "caption", "told"),
    [
        (b"a", "я" * 1024, ""),
        (b"a", "я" * 1025, "Bad Request: message caption is too long"),
        (b"", "", "Bad Request: file must be non-empty"),
    ],
)
async def test_a_file_has_something_in_it_and_no_long_caption(
    telegram: Telegram, olena: Person, content: bytes, caption: str, told: str
) -> None:
    params = {"chat_id": olena.id, "document": Upload("a.txt", content), "caption": caption}
    answer = await telegram.call("sendDocument", params)
    assert (answer.ok, answer.description) == (not told, told)
    assert len(olena.received) == answer.ok
