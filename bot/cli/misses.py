"""`python -m bot misses`: what people asked in vain, as a table for a terminal, as lines for a
pipe, as YAML for the FAQ file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import reading
from bot.answering import Answerer
from bot.cli.errors import plain_errors
from bot.misses import Miss
from bot.misses.drafts import Drafts
from bot.misses.grouping import Group, Missed, grouped
from bot.retention import KEPT_DAYS
from bot.settings import read_settings
from bot.store import look_into
from bot.store import misses as kept

NO_WORDS = "(words not known)"


def misses(
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="As phrasings and entries to paste into the FAQ file.")
    ] = False,
    faq: Annotated[
        Path | None, typer.Option(help="The FAQ file; by default the one that the bot reads.")
    ] = None,
) -> None:
    """List what people asked in vain, like questions together, also while the bot runs."""
    with plain_errors():
        settings = read_settings()
        book = reading.read(faq or settings.faq_path)
        found = asyncio.run(_found(settings.database_url.get_secret_value()))
    answerer = Answerer(book)
    missed = grouped(found, answerer)
    # What people wrote is printed as it is: nothing in it is markup, and no line is cut.
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal and not as_yaml:
        console.print(_table(missed))
        console.print(_summary(missed))
        return
    for line in Drafts(book, answerer).lines(missed) if as_yaml else _lines(missed):
        console.print(line, soft_wrap=True)


async def _found(database: str) -> Sequence[Miss]:
    oldest = reading.today() - timedelta(days=KEPT_DAYS - 1)
    return await look_into(database, partial(kept.since, day=oldest))


def _lines(missed: Missed) -> Iterator[str]:
    for group in missed.groups:
        first, *others = group.texts or {NO_WORDS: group.times}
        yield f"{group.times:5} × {first}"
        yield from (f"{'':8}{text}" for text in others)
        yield f"{'':8}{_kinds(group)}; nearest: {_nearest(group)}; last on {group.last}"
    yield _summary(missed)


def _table(missed: Missed) -> Table:
    table = Table("×", "question", "nearest entry", "how it was missed", "last on")
    for group in missed.groups:
        texts = "\n".join(group.texts or (NO_WORDS,))
        table.add_row(str(group.times), texts, _nearest(group), _kinds(group), str(group.last))
    return table


def _kinds(group: Group) -> str:
    return ", ".join(f"{kind} {times}" for kind, times in group.kinds.items())


def _nearest(group: Group) -> str:
    near = [f"{candidate.id} ({candidate.score:.1f})" for candidate in group.candidates[:1]]
    return ", ".join([*near, *(f"not {id}" for id in group.refused)]) or "none"


def _summary(missed: Missed) -> str:
    answered = f"; {missed.answered:,} answered by now" if missed.answered else ""
    return f"{missed.times:,} misses of the last {KEPT_DAYS} days{answered}."
