"""`evaluate`: figures, and the exit code by them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.command_line import RUSSIA, WHERE, bot

LABELLED = [
    {"q": WHERE, "lang": "en", "kind": "direct", "gold": ["where"]},
    {"q": RUSSIA, "lang": "en", "kind": "direct", "gold": ["ukraine-donbas"]},
    {"q": "In which hotel?", "lang": "en", "kind": "near", "gold": []},
    {"q": "Де відбуваються переговори?", "lang": "uk", "kind": "direct", "gold": ["where"]},
]


@pytest.fixture
def labelled(folder: Path) -> str:
    rows = "\n".join(json.dumps(row, ensure_ascii=False) for row in LABELLED)
    (folder / "labelled.jsonl").write_text(rows + "\n", "utf-8")
    return "labelled.jsonl"


def sums(result: Result) -> str:
    """The line of the report that sums it up."""
    return next(line for line in result.stdout.splitlines() if line.startswith("right "))


def test_evaluate_counts_outcomes_by_language_and_kind(labelled: str) -> None:
    result = bot("evaluate", labelled)
    assert result.exit_code == 0
    table = [line.split() for line in result.stdout.splitlines()[:5]]
    assert table[0][:3] == ["n", "right", "wrong"]
    assert table[1:4] == [
        ["en", "direct", "2", "1", "1"],
        ["en", "near", "1", "1"],
        ["uk", "direct", "1", "1"],
    ]
    assert sums(result) == "right  66.7 %, precision  66.7 %, false answers  0.0 %"


def test_evaluate_shows_what_the_threshold_trades_and_which_is_in_use(labelled: str) -> None:
    parts = bot("evaluate", labelled).stdout.split("\n\n")
    heading, *traded = parts[2].splitlines()
    assert heading.startswith("Had the score ")
    thresholds = [float(line.partition(":")[0]) for line in traded]
    assert thresholds == sorted(thresholds)
    assert len(thresholds) >= 3
    (in_use,) = (line for line in traded if line.endswith("(in use)"))
    assert "right  66.7 %" in in_use


def test_evaluate_shows_what_was_taken_for_what(labelled: str) -> None:
    parts = bot("evaluate", labelled).stdout.split("\n\n")
    assert parts[1] == "en: ukraine-donbas was meant, russia-donbas was answered: 1"


def test_evaluate_draws_the_trade_off(labelled: str, folder: Path) -> None:
    assert bot("evaluate", labelled, "--plot", "curve.png").exit_code == 0
    assert (folder / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_library_that_draws_evaluate_says_so(
    labelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = bot("evaluate", labelled, "--plot", "curve.png")
    assert result.exit_code == 2
    assert result.stderr == "--plot needs matplotlib: pip install matplotlib\n"


def test_evaluate_may_look_at_one_language(labelled: str) -> None:
    result = bot("evaluate", labelled, "--lang", "uk")
    assert sums(result).startswith("right 100.0 %")
    assert "en direct" not in result.stdout


def test_gold_may_be_numbers_of_sentences(folder: Path) -> None:
    sentences = [
        {"n": 1, "text": "Talks began in Abu Dhabi on 4 February 2026."},
        {"n": 2, "text": "Russia insists that Ukraine cede Donbas."},
    ]
    rows = [(WHERE, [1]), (RUSSIA, [1, 2]), ("What does Ukraine answer?", [2])]
    (folder / "sentences.json").write_text(json.dumps(sentences))
    (folder / "labelled.jsonl").write_text(
        "\n".join(json.dumps({"q": q, "lang": "en", "kind": "k", "gold": g}) for q, g in rows)
    )
    result = bot("evaluate", "labelled.jsonl", "--sentences", "sentences.json")
    assert result.exit_code == 0
    assert sums(result).startswith("right  66.7 %, precision  66.7 %")


@pytest.mark.parametrize(("right", "precision", "code"), [(50, 50, 0), (50, 51, 1), (51, 50, 1)])
def test_evaluate_exits_1_below_the_recorded_level(
    right: int, precision: int, code: int, labelled: str, folder: Path
) -> None:
    level = f"{{right: {right}, precision: {precision}, false_answers: 0}}"
    (folder / "levels.yaml").write_text(f"{labelled}: {{en: {level}, uk: {level}, ru: {level}}}")
    result = bot("evaluate", labelled)
    assert result.exit_code == code
    assert ("en: below the recorded level: right " in result.stdout) == bool(code)
    assert "uk: below" not in result.stdout


def test_a_wrong_line_is_told_by_file_and_line(labelled: str, folder: Path) -> None:
    with (folder / labelled).open("a") as file:
        file.write("\n{}\n")
    result = bot("evaluate", labelled)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("labelled.jsonl:6: is not ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["none.jsonl"], ["labelled.jsonl", "--sentences", "none.json"]],
    ids=["labelled", "sentences"],
)
def test_evaluate_without_a_file_that_it_needs_exits_2(arguments: list[str], labelled: str) -> None:
    result = bot("evaluate", *arguments)
    assert result.exit_code == 2
    assert "cannot be read: No such file" in result.stderr


def test_evaluate_asks_for_the_sentences_that_numbers_are_of(folder: Path) -> None:
    row = {"q": WHERE, "lang": "en", "kind": "direct", "gold": [1]}
    (folder / "numbers.jsonl").write_text(json.dumps(row))
    result = bot("evaluate", "numbers.jsonl")
    assert result.exit_code == 2
    assert "numbers.jsonl: gold are sentence numbers" in result.stderr
