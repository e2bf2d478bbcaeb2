"""What an editor reads of a file's mistakes and of the figures."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.errors import Problem
from bot.evaluation import Level, Outcome, Report
from bot.reports import confusions, figures, for_a_terminal, for_github, trade_off, undercut

FILE = "a:\n  b: c\n" + "x" * 200 + "y\n"


def shown(line: int, column: int, *, warning: bool = False, file: str = "faq.yaml") -> str:
    (picture,) = for_a_terminal(
        [Problem(file, line, column, "is wrong", warning)], {"faq.yaml": FILE}
    )
    return picture.plain


def test_a_problem_is_shown_in_its_place() -> None:
    assert shown(2, 6) == "faq.yaml:2:6 mistake\nis wrong\n     2 │   b: c\n       │      ^\n"
    assert shown(1, 1, warning=True).startswith("faq.yaml:1:1 warning\n")


def test_of_a_long_line_the_part_around_it_is_shown() -> None:
    *_, line, arrow, _ = shown(3, 201).split("\n")
    assert len(line) <= 110
    assert line[arrow.index("^")] == "y"


@pytest.mark.parametrize(("line", "file"), [(9, "faq.yaml"), (1, "seeds/talks.txt")])
def test_what_stands_nowhere_is_told_all_the_same(line: int, file: str) -> None:
    assert shown(line, 1, file=file) == f"{file}:{line}:1 mistake\nis wrong\n"


def test_github_reads_annotations() -> None:
    problem = Problem("a,b:c.yaml", 2, 6, "is 100%\nwrong: a, b", warning=True)
    assert list(for_github([problem])) == [
        "::warning file=a%2Cb%3Ac.yaml,line=2,col=6::is 100%25%0Awrong: a, b"
    ]


REPORT = Report(
    {
        ("en", "direct"): Counter({Outcome.RIGHT: 3, Outcome.WRONG: 1}),
        ("uk", "far"): Counter({Outcome.FALSE: 1}),
    },
    {"en": Counter({("a", "b"): 1}), "uk": Counter({(None, "c"): 2})},
)


def test_figures_are_told_by_language_and_together() -> None:
    *_, english, ukrainian, both = figures(REPORT)
    assert english == "en: right  75.0 %, precision  75.0 %, false answers  0.0 %"
    assert ukrainian == "uk: right   0.0 %, precision   0.0 %, false answers 100.0 %"
    assert both == "right  75.0 %, precision  60.0 %, false answers 100.0 %"


def test_what_was_taken_for_what_is_told() -> None:
    assert list(confusions(REPORT)) == [
        "en: a was meant, b was answered: 1",
        "uk: nothing was meant, c was answered: 2",
    ]


def test_the_trade_off_is_drawn_in_bars() -> None:
    none = Report({("en", "direct"): Counter({Outcome.REFUSED: 1})})
    _, answering, silent = trade_off({10.0: REPORT, 90.0: none}, 10.0)
    assert answering.endswith(f"{'█' * 15:20}|{'█' * 8}  (in use)")
    assert silent.endswith(f"{'':20}|")


def test_a_level_is_told_for_the_language_that_is_below_it() -> None:
    level = Level(right=80, precision=70, false_answers=0)
    assert undercut(REPORT, {"en": level, "ru": level}) == [
        "en: below the recorded level: right  80.0 %, precision  70.0 %, false answers  0.0 %"
    ]
