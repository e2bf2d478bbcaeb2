"""The bot's own FAQ and what is built from it: once a session, because building takes a second."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from bot import reading
from bot.answering import Answerer
from bot.faq import Faq
from bot.replies import Replies
from tests.databases import Role, role

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)

# A busy machine makes no example wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: nothing gains by looking through them each time
    that memory is given back."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def faq() -> Faq:
    return reading.read(ROOT / "faq.yaml")


@pytest.fixture(scope="session")
def answerer(faq: Faq) -> Answerer:
    return Answerer(faq)


@pytest.fixture(scope="session")
def replies(faq: Faq) -> Replies:
    return Replies(faq, lambda: TODAY)


@pytest.fixture
async def postgresql() -> AsyncIterator[Role]:
    async with role() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty store."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/data/bot.db"
        return
    async with role() as made:
        yield made.url
