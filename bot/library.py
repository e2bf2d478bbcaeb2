"""The FAQ in service: read from disk, watched while the bot runs, and swapped whole.

The watch compares contents, every second, and expects no event of a file, a folder or a mount: so
every way of saving is seen alike (a rename, a symbolic link turned, a file mounted alone, a save
of equal size and time), and reading a quarter of a megabyte costs less than a millisecond.

A new content is served only once it stood still for a second, because a half-written file can be
valid YAML, and once it proved good. Else the edition before it stays, and the watcher is told.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from bot.answering import Answerer
from bot.errors import FaqError, Problem
from bot.faq import Faq
from bot.loading import File, open_file
from bot.replies import Briefs, Replies
from bot.review.translations import accepted

INTERVAL = 1.0
"""Seconds between two looks at the files."""

HELD_FOR = 300.0
"""Seconds that a file which lost more than half of its entries waits for somebody to notice."""

States = dict[Path, tuple[str, int]]
"""The FAQ file and its sources: a hash of each one's content, and the nanosecond of its last save.
"""

_ABSENT = ("", 0)


@dataclass(frozen=True, slots=True)
class Edition:
    """An FAQ and all that is built of it; `version` is a hash of the files.

    `replies` are for private chats, `briefs` for where others read along.
    """

    faq: Faq
    answerer: Answerer
    replies: Replies
    briefs: Briefs
    version: str


def today() -> date:
    """The day by which answers age: everybody's, so it is counted in UTC."""
    return datetime.now(UTC).date()


def edition(
    faq: Faq,
    today: Callable[[], date],
    *,
    answerer: Callable[[Faq], Answerer] = Answerer,
    version: str = "",
) -> Edition:
    """`today` tells the day, for the age of answers; `answerer` builds what decides."""
    return Edition(faq, answerer(faq), Replies(faq, today), Briefs(faq), version)


@dataclass(frozen=True, slots=True)
class Adopted:
    """This edition is in service now."""

    edition: Edition


@dataclass(frozen=True, slots=True)
class Refused:
    """The file has mistakes; the edition before it stays."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The file lost so many entries (`lost` of `known`) that it waits: for `HELD_FOR` seconds, or
    until it is saved once more. The edition before it stays meanwhile."""

    lost: int
    known: int


News = Adopted | Refused | Held


def read(path: Path) -> Faq:
    """The FAQ at `path`, its quotes proved against the sources, which lie relative to it.

    Raises FaqError with every mistake in it; that it cannot be read is one, too.
    """
    return open_at(path).faq


def open_at(path: Path) -> File:
    """As `read`, for whoever wants to say something of places in the file."""
    return _open(path, {})


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


class Library:
    """The FAQ at `path`, and the edition of it that is in service.

    `issue` makes an edition, as `edition` does; `clock` counts seconds; `interval` is the time
    between two looks at the files, in seconds. Raises FaqError if the file is not good to begin
    with.
    """

    def __init__(
        self,
        path: Path,
        issue: Callable[..., Edition],
        *,
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._issue = issue
        self._interval = interval
        self._clock = clock
        self._tried: States = {}
        self._held: tuple[Edition, float] | None = None
        self.edition = self._built(_open(path, self._tried).faq)

    async def watch(self) -> AsyncIterator[News]:
        """What becomes of each change of the files, for ever."""
        seen = self._tried
        while True:
            await asyncio.sleep(self._interval)
            before, seen = seen, await asyncio.to_thread(_states, self._tried)
            if seen != self._tried:
                if seen == before:
                    yield await asyncio.to_thread(self._take)
            elif self._held and self._clock() >= self._held[1]:
                yield self._adopt(self._held[0])

    def _take(self) -> News:
        self._tried = {}
        try:
            faq = _open(self._path, self._tried).faq
        except FaqError as error:
            self._held = None
            return Refused(error.problems)
        edition, known = self._built(faq), self.edition.faq.entries.keys()
        lost = len(known - faq.entries.keys())
        confirmed = self._held and self._held[0].version == edition.version
        if confirmed or 2 * lost <= len(known):
            return self._adopt(edition)
        self._held = edition, self._clock() + HELD_FOR
        return Held(lost, len(known))

    def _adopt(self, edition: Edition) -> Adopted:
        self._held = None
        self.edition = edition
        return Adopted(edition)

    def _built(self, faq: Faq) -> Edition:
        version = sha256(
            "".join(content for content, _ in self._tried.values()).encode()
        ).hexdigest()[:12]
        return self._issue(faq, version=version)


def _open(path: Path, states: States) -> File:
    """As `open_at`; `states` is filled with those of what was read."""

    def content(file: Path) -> bytes:
        states[file] = _ABSENT
        found, states[file] = _content(file)
        return found

    try:
        text = content(path)
    except OSError as error:
        problem = Problem(str(path), 1, 1, f"cannot be read: {error.strerror}")
        raise FaqError([problem]) from None
    return open_file(text, name=str(path), read=lambda file: content(path.parent / file).decode())


def _states(files: Iterable[Path]) -> States:
    """Those of now."""
    found: States = {}
    for file in files:
        try:
            _, found[file] = _content(file)
        except OSError:
            found[file] = _ABSENT
    return found


def _content(file: Path) -> tuple[bytes, tuple[str, int]]:
    saved = file.stat().st_mtime_ns
    content = file.read_bytes()
    return content, (sha256(content).hexdigest(), saved)
