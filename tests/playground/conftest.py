from __future__ import annotations

import pytest

from bot.playground.clock import StillClock
from bot.playground.people import Person
from bot.playground.telegram import Telegram


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(clock=StillClock())


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    return telegram.person("Olena", language_code="uk")
