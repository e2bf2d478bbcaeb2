"""The FAQ in service: whatever way it is saved, it is served whole and good, or not at all."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot import library
from bot.errors import FaqError
from bot.library import HELD_FOR, Adopted, Held, Library, News, Refused
from tests.faq_files import GOOD, changed
from tests.folders import write

PATIENCE = 20.0
BROKEN = GOOD.replace("Talks began", "Talks ended")
SHRUNK = GOOD[: GOOD.index("  - id: russia-donbas")] + GOOD[GOOD.index("  - id: hotel") :]
SHRUNK_MORE = GOOD[: GOOD.index("  - id: russia-donbas")].replace(
    "  positions: {title: What each side wants}\n", ""
)


def today() -> date:
    return date(2026, 11, 24)


def asking(question: str) -> str:
    """The small FAQ with another first question."""
    return changed("Where are the talks held?", question)


@dataclass
class Watched:
    """A library that is being watched, and what came of it."""

    library: Library
    seconds: float = 0.0
    news: list[News] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        async for news in self.library.watch():
            self.news.append(news)
            self.told.set()

    async def next(self) -> News:
        async with asyncio.timeout(PATIENCE):
            await self.told.wait()
        self.told.clear()
        return self.news[-1]

    @property
    def question(self) -> str:
        """The first question in service."""
        return next(iter(self.library.edition.faq.entries.values())).text("en").question


@asynccontextmanager
async def watched(path: Path) -> AsyncIterator[Watched]:
    watching = Watched(
        Library(
            path,
            partial(library.edition, today=today),
            interval=0.02,
            clock=lambda: watching.seconds,
        )
    )
    task = asyncio.create_task(watching.follow())
    try:
        yield watching
    finally:
        task.cancel()
        await asyncio.wait([task])


async def looked_twice(watching: Watched) -> None:
    """Waits until whatever has changed must have been seen."""
    await asyncio.sleep(0.2)


# Ways of saving: each puts the text into the file of that path.


def in_place(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def by_rename(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.replace(path)


def like_vim(path: Path, text: str) -> None:
    backup = path.with_name(path.name + "~")
    path.rename(backup)
    path.write_text(text, "utf-8")
    backup.unlink()


def by_sed(path: Path, text: str) -> None:
    question = text.partition("question: ")[2].partition("\n")[0]
    script = f"0,/question: .*/s//question: {question}/"
    subprocess.run(["sed", "-i", script, path], check=True)


def by_copy(path: Path, text: str) -> None:
    other = path.with_name("other.yaml")
    other.write_text(text, "utf-8")
    subprocess.run(["cp", other, path], check=True)


def by_git(path: Path, text: str) -> None:
    def git(*arguments: str) -> None:
        author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(path.parent), *author, *arguments]
        subprocess.run(command, check=True, capture_output=True)

    if not (path.parent / ".git").exists():
        git("init")
        git("add", "faq.yaml")
        git("commit", "-m", "first")
    old = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    git("commit", "-am", "next")
    path.write_text(old, "utf-8")
    git("checkout", "-f", "HEAD", "--", "faq.yaml")


def by_turning_a_link(path: Path, text: str) -> None:
    """As Kubernetes brings a new ConfigMap: faq.yaml -> ..data/faq.yaml, ..data -> a folder."""
    folder = path.parent
    old = folder / os.readlink(folder / "..data") if path.is_symlink() else None
    new = folder / f"..{time.monotonic_ns()}"
    new.mkdir()
    (new / "faq.yaml").write_text(text, "utf-8")
    (folder / "..new").symlink_to(new.name)
    (folder / "..new").replace(folder / "..data")
    if old:
        shutil.rmtree(old)
    else:
        path.unlink()
        path.symlink_to("..data/faq.yaml")


def at_equal_size_and_time(path: Path, text: str) -> None:
    before = path.stat()
    kept = path.read_bytes()
    path.write_bytes(text.encode().ljust(len(kept), b"\n"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (len(kept), before.st_mtime_ns)


SAVES = [
    in_place,
    by_rename,
    like_vim,
    by_sed,
    by_copy,
    by_git,
    by_turning_a_link,
    at_equal_size_and_time,
]


@pytest.mark.parametrize("save", SAVES, ids=lambda it: it.__name__)
async def test_every_way_of_saving_is_seen_time_after_time(
    save: Callable[[Path, str], None], tmp_path: Path
) -> None:
    path = write(tmp_path, GOOD + "\n" * 9)
    async with watched(path) as watching:
        for question in ("Which town is it?", "What place is it?", "In which land?"):
            await asyncio.to_thread(save, path, asking(question))
            # A slow save may be seen half done.
            while watching.question != question:
                await watching.next()
            assert isinstance(watching.news[-1], Adopted)


async def test_an_edition_tells_its_version_which_is_that_of_the_content(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        first = watching.library.edition
        path.write_text(asking("What town?"), "utf-8")
        await watching.next()
        second = watching.library.edition
        path.write_text(GOOD, "utf-8")
        await watching.next()
    assert first.version == watching.library.edition.version != second.version
    assert first.answerer.answer("Where are the talks held?").candidates


async def test_a_changed_source_is_seen_too(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        article = tmp_path / "seeds" / "talks.txt"
        article.write_text(article.read_text().replace("Talks began", "Talks ended"))
        news = await watching.next()
    assert isinstance(news, Refused)
    assert news.problems[0].line == 15


async def test_bad_files_are_told_once_each_and_the_last_good_one_stays(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        for text in (BROKEN, BROKEN.replace("ended", "stopped")):
            path.write_text(text, "utf-8")
            assert isinstance(await watching.next(), Refused)
            await looked_twice(watching)
            assert watching.question == "Where are the talks held?"
        path.write_text(asking("What town?"), "utf-8")
        assert isinstance(await watching.next(), Adopted)
        assert [type(news) for news in watching.news] == [Refused, Refused, Adopted]
    assert watching.question == "What town?"


@pytest.mark.parametrize("gone", ["faq.yaml", "seeds/talks.txt", "."])
async def test_what_was_deleted_is_missed_once_and_taken_up_when_it_is_back(
    gone: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "bot")
    away = tmp_path / "away"
    async with watched(path) as watching:
        (tmp_path / "bot" / gone).rename(away)
        news = await watching.next()
        assert isinstance(news, Refused)
        assert "cannot be read: No such file" in str(news.problems[0])
        away.rename(tmp_path / "bot" / gone)
        assert isinstance(await watching.next(), Adopted)
    assert len(watching.news) == 2


async def test_what_is_still_being_written_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        whole = asking("What town?")
        with path.open("w", encoding="utf-8") as file:
            for at in range(0, len(whole), 40):
                file.write(whole[at : at + 40])
                file.flush()
                await asyncio.sleep(0.002)
        while watching.question != "What town?":
            await watching.next()
    assert isinstance(watching.news[-1], Adopted)


async def test_a_file_that_lost_half_of_its_entries_is_taken(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        path.write_text(SHRUNK.replace("  positions: {title: What each side wants}\n", ""), "utf-8")
        assert isinstance(await watching.next(), Adopted)


async def test_a_file_that_lost_more_is_held_until_it_is_old(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        path.write_text(SHRUNK_MORE, "utf-8")
        assert await watching.next() == Held(lost=3, known=4)
        watching.seconds = HELD_FOR - 1
        await looked_twice(watching)
        assert len(watching.library.edition.faq.entries) == 4
        watching.seconds = HELD_FOR
        assert isinstance(await watching.next(), Adopted)
        assert len(watching.library.edition.faq.entries) == 1
        await looked_twice(watching)
    assert len(watching.news) == 2


async def test_saving_a_held_file_once_more_confirms_it(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        path.write_text(SHRUNK_MORE, "utf-8")
        assert isinstance(await watching.next(), Held)
        path.write_text(SHRUNK_MORE, "utf-8")
        assert isinstance(await watching.next(), Adopted)


async def test_a_held_file_that_is_put_right_is_forgotten(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        path.write_text(SHRUNK_MORE, "utf-8")
        assert isinstance(await watching.next(), Held)
        path.unlink()
        assert isinstance(await watching.next(), Refused)
        path.write_text(GOOD, "utf-8")
        assert isinstance(await watching.next(), Adopted)
        watching.seconds = HELD_FOR
        await looked_twice(watching)
    assert len(watching.library.edition.faq.entries) == 4


async def test_a_storm_of_saves_is_read_seldom_and_its_last_content_is_served(
    tmp_path: Path,
) -> None:
    path = write(tmp_path)
    async with watched(path) as watching:
        for number in range(200):
            path.write_text(asking(f"What town {number}?"), "utf-8")
            await asyncio.sleep(0.001)
        while watching.question != "What town 199?":
            await watching.next()
    assert len(watching.news) <= 20


def test_a_file_that_is_bad_to_begin_with_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaqError):
        Library(write(tmp_path, BROKEN), partial(library.edition, today=today))
