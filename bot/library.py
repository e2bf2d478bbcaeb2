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
from datetime import date
from hashlib import sha256
from pathlib import Path

from bot import language
from bot.answering import Answerer
from bot.errors import FaqError, Problem
from bot.faq import Faq
from bot.memory import give_back
from bot.reading import open_at
from bot.replies import Briefs, Replies

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
        language.learn()
        self.edition = self._built(_open(path, self._tried))
        give_back()

    async def watch(self) -> AsyncIterator[News]:
        """What becomes of each change of the files, for ever."""
        seen = self._tried
        while True:
            await asyncio.sleep(self._interval)
            before, seen = seen, await asyncio.to_thread(_states, self._tried)
            news: News | None = None
            if seen != self._tried:
                if seen == before:
                    news = await asyncio.to_thread(self._take)
            elif self._held and self._clock() >= self._held[1]:
                news = self._adopt(self._held[0])
            if news:
                yield news
                # By now the edition before it is out of service.
                await asyncio.to_thread(give_back)

    def _take(self) -> News:
        self._tried = {}
        try:
            faq = _open(self._path, self._tried)
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


def _open(path: Path, states: States) -> Faq:
    """The FAQ at `path`; `states` is filled with those of the files that were read."""

    def content(file: Path) -> bytes:
        states[file] = _ABSENT
        found, states[file] = _content(file)
        return found

    return open_at(path, content).faq


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
