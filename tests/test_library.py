"""Files on disk: read, or told in one line why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import library
from bot.errors import BotError, FaqError
from bot.evaluation import LabelledQuery
from tests.faq_files import GOOD, changed, load_with_article
from tests.folders import write


def test_an_faq_is_read_with_the_sources_that_lie_beside_it(tmp_path: Path) -> None:
    assert library.read(write(tmp_path / "elsewhere")) == load_with_article(GOOD)


def test_mistakes_carry_the_path_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "other", changed("Talks began", "Talks ended"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FaqError) as refused:
        library.read(Path("other/faq.yaml"))
    assert str(refused.value).startswith("other/faq.yaml:15:")


def test_a_source_that_is_missing_or_no_utf_8_is_a_mistake_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "seeds" / "talks.txt").write_bytes(b"\xff")
    with pytest.raises(FaqError, match=r"faq\.yaml:2:.*not UTF-8"):
        library.read(path)
    (tmp_path / "seeds" / "talks.txt").unlink()
    with pytest.raises(FaqError, match=r"faq\.yaml:2:.*cannot be read: No such file"):
        library.read(path)


@pytest.mark.parametrize(
    "read",
    [library.read, library.read_labelled, library.read_sentences],
    ids=lambda it: it.__name__,
)
def test_a_file_that_cannot_be_read_is_told_plainly(read: object, tmp_path: Path) -> None:
    assert callable(read)
    with pytest.raises(BotError, match=r"none\.yaml(:1:1)?: cannot be read: No such file"):
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
    assert library.read_labelled(path) == [
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
        library.read_labelled(path)
    assert str(refused.value).startswith(f"{path}:3: is not {{")
    assert len(str(refused.value).splitlines()) == 1


def test_sentences_come_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps([{"n": 1, "text": "Talks began.", "section": "x"}]))
    assert library.read_sentences(path) == {1: "Talks began."}


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
        library.read_sentences(path)
