"""The whole bot, from its start to its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.advice import give_advice
from bot.errors import BotError
from bot.handlers import commands
from bot.intake import AnyApplication, Intake, Poller
from bot.retrying import or_stopped, persistently, told
from bot.store import Store
from bot.webhook import Webhook

if TYPE_CHECKING:
    from starlette.types import ASGIApp

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bot is reached over HTTP. With no `webhook_url` it asks for updates by itself."""

    host: str
    port: int
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Bot:
    """The whole bot, ready to run. What runs `beside` the work has no end of its own; `web` makes
    what is served at the `place`, if there is one."""

    application: AnyApplication
    store: Store
    intake: Intake
    source: Poller | Webhook
    beside: tuple[Callable[[], Coroutine[Any, Any, None]], ...]
    web: Callable[[], ASGIApp]
    place: Place | None
    pause: float
    admins: Collection[int] = ()

    async def run(self, stop: asyncio.Event) -> None:
        """Answers until `stop` is set. Raises BotError if it cannot go on."""
        try:
            async with self.store, self._served():
                await or_stopped(self._begin(), stop)
                if stop.is_set():
                    return
                menu = asyncio.create_task(self._publish_menu())
                try:
                    await self._work(stop)
                finally:
                    menu.cancel()
                    await asyncio.gather(menu, return_exceptions=True)
        except InvalidToken:
            raise BotError("TELEGRAM_TOKEN: Telegram does not accept this token") from None
        finally:
            await self.application.shutdown()
            # Of an application that never began, PTB leaves the connections open.
            await self.application.bot.shutdown()

    async def _work(self, stop: asyncio.Event) -> None:
        """Updates come in and are worked off; if anything fails, all the rest ends at once."""
        beside = [asyncio.create_task(run()) for run in self.beside]
        work = [asyncio.create_task(one) for one in (self.intake.run(stop), self.source.run(stop))]
        working = asyncio.gather(*work)
        try:
            ends: list[asyncio.Future[Any]] = [working, *beside]
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            for task in (*work, *beside):
                task.cancel()
            await asyncio.gather(working, *work, *beside, return_exceptions=True)

    @asynccontextmanager
    async def _served(self) -> AsyncIterator[None]:
        """Listens, if it is to, from before the work begins until all of it is done."""
        if self.place is None:
            yield
            return
        from bot.serving import serving

        async with serving(self.web(), self.place.host, self.place.port) as port:
            logger.info("listening on port %s", port)
            yield

    async def _begin(self) -> None:
        await persistently(self.application.initialize, "not at work yet", self.pause)
        logger.info("at work as @%s", self.application.bot.username)
        await give_advice(self.application.bot, self.place.webhook_url if self.place else "")

    async def _publish_menu(self) -> None:
        """Beside the work: people can ask without a menu, too."""
        try:
            await persistently(
                lambda: commands.publish_menu(self.application.bot, self.admins),
                "no menu of commands",
                self.pause,
                final=(InvalidToken, BadRequest),
            )
        except TelegramError as error:
            logger.warning("no menu of commands: %s", told(error))
