"""Locales that hold one language more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import bot
from bot.wording import available, bundle

ENGLISH_FILE = (Path(bot.__file__).parent / "locales" / "en.ftl").read_text("utf-8")


@contextmanager
def ukrainian_too(folder: Path, text: str) -> Iterator[None]:
    """As if somebody had put `text` beside the English file as `uk.ftl`."""
    (folder / "en.ftl").write_text(ENGLISH_FILE, "utf-8")
    (folder / "uk.ftl").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("importlib.resources.files", lambda _: folder)
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    available.cache_clear()
    bundle.cache_clear()
