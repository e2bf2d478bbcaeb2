from __future__ import annotations

from pathlib import Path

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def olena(telegram: Telegram) -> Person:
    return telegram.person("Olena")


@pytest.fixture
def petro(telegram: Telegram) -> Person:
    return telegram.person("Petro")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The URL of a store that outlives the bot."""
    return f"sqlite:///{tmp_path}/bot.db"
