"""python-telegram-bot's transport, ending in the double instead of in the network."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import IO
from urllib.parse import unquote

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.playground.answers import Ending
from bot.playground.fields import Upload
from bot.playground.telegram import Telegram

_FILE = re.compile(r"/file/bot(?P<token>[^/]*)/(?P<path>.+)$")
_URL = re.compile(r"/bot(?P<token>[^/]*)/(?P<method>\w+)$")


class InProcessRequest(BaseRequest):
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **more_timeouts: object,
    ) -> tuple[int, bytes]:
        """The parameters travel as in a form; nobody here waits for an answer that is late."""
        if file := _FILE.search(unquote(url)):
            content = self._telegram.download(file["path"], token=file["token"])
            return (HTTPStatus.NOT_FOUND, b"") if content is None else (HTTPStatus.OK, content)
        found = _URL.search(url)
        if not found:
            raise ValueError("not a URL of the Bot API's methods")
        told = request_data or RequestData()
        parts = told.multipart_data.items()
        files = {name: Upload(title, _read(content)) for name, (title, content, _) in parts}
        params = {**told.json_parameters, **files}
        answer = await self._telegram.call(found["method"], params, token=found["token"])
        if answer.delay:
            raise TimedOut
        if answer.ending is not Ending.WHOLE:
            raise NetworkError("the answer was cut")
        return answer.status, answer.content


def _read(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()
