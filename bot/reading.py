"""The FAQ as it lies on disk: read, and its translations accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bot.errors import FaqError, Problem
from bot.faq import Faq
from bot.loading import File, open_file
from bot.review.translations import accepted


def read(path: Path) -> Faq:
    """The FAQ at `path`, its quotes proved against the sources, which lie relative to it.

    Raises FaqError with every mistake in it; that it cannot be read is one, too.
    """
    return open_at(path).faq


def open_at(path: Path, content: Callable[[Path], bytes] = Path.read_bytes) -> File:
    """As `read`, for whoever wants to say something of places in the file.

    `content` is how the file and its sources are read.
    """
    try:
        text = content(path)
    except OSError as error:
        problem = Problem(str(path), 1, 1, f"cannot be read: {error.strerror}")
        raise FaqError([problem]) from None
    return open_file(text, name=str(path), read=lambda file: content(path.parent / file).decode())


def accept_translations(path: Path) -> None:
    """Notes in the file that each translation says the same as the English text of today."""
    file = open_at(path)
    with path.open(encoding="utf-8-sig", newline="") as old:
        text = old.read()
    ends = "\r\n" if "\r\n" in text else "\n"
    marked = accepted("\n".join(text.splitlines()), file)
    new = path.with_name(f"{path.name}.new")
    new.write_text(marked + "\n", "utf-8", newline=ends)
    new.replace(path)


def today() -> date:
    """The day by which answers age: everybody's, so it is counted in UTC."""
    return datetime.now(UTC).date()
