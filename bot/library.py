"""The FAQ file on disk, the sources beside it, and labelled questions."""

from __future__ import annotations

import json
from pathlib import Path

from bot.errors import BotError, FaqError, Problem
from bot.evaluation import LabelledQuery, labelled_queries
from bot.faq import Faq
from bot.loading import load


def read(path: Path) -> Faq:
    """The FAQ at `path`, its quotes proved against the sources, which lie relative to it.

    Raises FaqError with every mistake in it; that it cannot be read is one, too.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        problem = Problem(str(path), 1, 1, f"cannot be read: {error.strerror}")
        raise FaqError([problem]) from None
    return load(text, name=str(path), read=lambda file: (path.parent / file).read_text("utf-8"))


def read_labelled(path: Path) -> list[LabelledQuery]:
    """The labelled queries at `path`, JSON lines. BotError names a line that is none."""
    lines = _bytes(path).decode("utf-8", "replace").splitlines()
    return list(labelled_queries(lines, str(path)))


def read_sentences(path: Path) -> dict[int, str]:
    """A source's sentences by number, from a JSON list of {"n": number, "text": sentence}."""
    try:
        return {int(row["n"]): str(row["text"]) for row in json.loads(_bytes(path))}
    except (ValueError, KeyError, TypeError):
        raise BotError(f'{path}: is not a JSON list of {{"n": number, "text": text}}') from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BotError(f"{path}: cannot be read: {error.strerror}") from None
