"""Labelled questions on disk, the sentences that their golds may be numbers of, and the level that
was reached on them."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from bot.errors import BotError
from bot.evaluation import LabelledQuery, Level, labelled_queries

LEVELS = "{file: {language: {right: percent, precision: percent, false_answers: percent}}}"
"""What a file of levels looks like."""


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


def read_levels(labelled: Path) -> dict[str, Level]:
    """The levels by language that levels.yaml, beside the labelled queries, records for them: none
    if there is no such file."""
    path = labelled.with_name("levels.yaml")
    if not path.exists():
        return {}
    try:
        by_file = yaml.safe_load(_bytes(path))
        return {
            language: Level(**{name: float(value) for name, value in level.items()})
            for language, level in by_file.get(labelled.name, {}).items()
        }
    except (yaml.YAMLError, ValueError, TypeError, AttributeError):
        raise BotError(f"{path}: is not {LEVELS}") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BotError(f"{path}: cannot be read: {error.strerror}") from None
