"""The FAQ as it lies on disk: read, and its translations accepted."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable
from datetime import UTC, date, datetime
from errno import EACCES, EBUSY, EPERM, EROFS
from pathlib import Path
from shutil import chown, copymode
from tempfile import TemporaryDirectory

from bot.errors import BotError, FaqError, Problem
from bot.faq import Faq
from bot.loading import File, open_file
from bot.review.translations import accepted, waiting

_IN_PLACE = (EACCES, EBUSY, EPERM, EROFS)
"""Why a file may not be replaced, and can be written. On a full disk it would be lost."""


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


def accept_translations(path: Path) -> list[str]:
    """Notes in the file that each translation says the same as the English text of today. Returns
    which were waiting for it."""
    file = open_at(path)
    found = waiting(file.faq)
    if found:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
        ends = "\r\n" if "\r\n" in text else "\n"
        marked = accepted("\n".join(text.splitlines()), file) + "\n"
        start = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
        try:
            _write(path.resolve(), start + marked.replace("\n", ends).encode())
        except OSError as error:
            raise BotError(f"{path} cannot be written: {error.strerror}") from None
    return found


def _write(path: Path, content: bytes) -> None:
    """In one step, so that nobody reads half of it; in place where that cannot be, as with a file
    that is mounted by itself or is somebody else's."""
    old = path.stat()
    try:
        with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
            new = Path(folder) / path.name
            new.write_bytes(content)
            chown(new, old.st_uid, old.st_gid)
            copymode(path, new)
            new.replace(path)
    except OSError as error:
        if error.errno not in _IN_PLACE:
            raise
        with path.open("r+b") as file:
            file.write(content)
            file.truncate()


def today() -> date:
    """The day by which answers age: everybody's, so it is counted in UTC."""
    return datetime.now(UTC).date()
