"""Labelled questions and sentences on disk: read, or told in one line why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.evaluation import LabelledQuery, Level
from bot.labelled import read_labelled, read_levels, read_sentences


@pytest.mark.parametrize(
    "read",
    [read_labelled, read_sentences],
    ids=lambda it: it.__name__,
)
def test_a_file_that_cannot_be_read_is_told_plainly(read: object, tmp_path: Path) -> None:
    assert callable(read)
    with pytest.raises(BotError, match=r"none\.yaml: cannot be read: No such file"):
        read(tmp_path / "none.yaml")
    with pytest.raises(BotError, match="cannot be read: Is a directory"):
        read(tmp_path)


def test_labelled_queries_are_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_bytes(
        b'{"q": "Where?", "lang": "en", "kind": "direct", "gold": ["where"]}\r\n'
        b"\n"
        b'{"q": "caf\xff", "lang": "en", "kind": "far", "gold": [], "more": 1}'
    )
    assert read_labelled(path) == [
        LabelledQuery("Where?", "en", "direct", frozenset({"where"})),
        LabelledQuery("caf\ufffd", "en", "far", frozenset()),
    ]


@pytest.mark.parametrize(
    "line",
    ["where?", "[]", "1", '{"q": "Where?"}', '{"q": "a", "lang": "en", "kind": "k", "gold": 1}'],
)
def test_a_line_that_is_no_labelled_query_is_told_by_its_number(line: str, tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(f'{{"q": "a", "lang": "en", "kind": "k", "gold": []}}\n\n{line}\n')
    with pytest.raises(BotError) as refused:
        read_labelled(path)
    assert str(refused.value).startswith(f"{path}:3: is not {{")
    assert len(str(refused.value).splitlines()) == 1


def test_sentences_come_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps([{"n": 1, "text": "Talks began.", "section": "x"}]))
    assert read_sentences(path) == {1: "Talks began."}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "{}x",
        '{"1": "Talks"}',
        "[1]",
        '[{"n": 1}]',
        '[{"n": "one", "text": "Talks"}]',
    ],
)
def test_a_file_of_other_things_than_sentences_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "sentences.json"
    path.write_text(text)
    with pytest.raises(BotError, match=r"sentences\.json: is not a JSON list of"):
        read_sentences(path)


LEVELS = """
labelled.jsonl:
  en: {right: 97.5, precision: 100, false_answers: 0}
  uk: {right: 80, precision: 90, false_answers: 5}
"""


def test_levels_stand_beside_the_questions_that_they_are_about(tmp_path: Path) -> None:
    (tmp_path / "levels.yaml").write_text(LEVELS)
    assert read_levels(tmp_path / "labelled.jsonl") == {
        "en": Level(97.5, 100, 0),
        "uk": Level(80, 90, 5),
    }
    assert read_levels(tmp_path / "other.jsonl") == {}
    assert read_levels(tmp_path / "elsewhere" / "labelled.jsonl") == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "{",
        "labelled.jsonl: 97",
        LEVELS.replace("97.5", "many"),
        LEVELS.replace("right", "correct"),
        LEVELS.replace("right: 97.5, ", ""),
    ],
)
def test_a_file_of_other_things_than_levels_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "levels.yaml").write_text(text)
    with pytest.raises(BotError, match=r"levels\.yaml: is not \{file: "):
        read_levels(tmp_path / "labelled.jsonl")
