"""python-telegram-bot's transport, ending in the double instead of in the network."""

from __future__ import annotations

import re

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.playground.telegram import Telegram

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
        """The parameters travel as in a form: strings, with JSON inside."""
        found = _URL.search(url)
        if not found:
            raise ValueError("not a URL of the Bot API's methods")
        params = request_data.json_parameters if request_data else {}
        answer = await self._telegram.call(found["method"], params, token=found["token"])
        if answer.late:
            raise TimedOut
        return answer.status, answer.content
