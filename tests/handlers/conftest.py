from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.playground.people import Person
from tests.bot_on_telegram import AtWork, at_work


@pytest.fixture
async def bot() -> AsyncIterator[AtWork]:
    async with at_work(operator="Olena (@olena_desk) & friends") as working:
        yield working


@pytest.fixture
def olena(bot: AtWork) -> Person:
    return bot.telegram.person("Olena")
