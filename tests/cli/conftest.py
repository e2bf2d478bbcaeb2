"""Where the commands are tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests import root_logger
from tests.folders import write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder with a small FAQ, in which nothing is set."""
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    with root_logger.lent():
        yield tmp_path


@pytest.fixture
def elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The FAQ lies where only FAQ_PATH tells."""
    write(folder / "other")
    (folder / "faq.yaml").unlink()
    monkeypatch.setenv("FAQ_PATH", "other/faq.yaml")
