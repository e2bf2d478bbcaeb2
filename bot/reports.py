"""What `check` and `evaluate` say, as lines: plain ones for a pipe, annotations for GitHub, and
with the place shown for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rich.text import Text

from bot.errors import BotError, Problem
from bot.evaluation import ANSWERABLE, UNANSWERABLE, Level, Report
from bot.faq import Faq

SHOWN = 100
"""Characters of a line of the file that are shown around a mistake."""

WORST = 5
"""Pairs of entries taken for each other that are shown of each language."""

BAR = 20
"""Characters of the longest bar."""


def counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


# check


def for_github(problems: Iterable[Problem]) -> Iterator[str]:
    """Commands that GitHub's workflows read (docs.github.com, workflow commands)."""
    for it in problems:
        kind = "warning" if it.warning else "error"
        place = f"file={_escaped(it.file, ':,')},line={it.line},col={it.column}"
        yield f"::{kind} {place}::{_escaped(it.message)}"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


def for_a_terminal(problems: Iterable[Problem], texts: Mapping[str, str]) -> Iterator[Text]:
    """Each problem with the line that it is about; `texts` are the files by name."""
    for it in problems:
        kind, colour = ("warning", "yellow") if it.warning else ("mistake", "red")
        head = (f"{it.file}:{it.line}:{it.column} ", "bold"), (kind, f"bold {colour}")
        yield Text.assemble(*head, f"\n{it.message}\n", *_place(it, texts, colour))


def _place(problem: Problem, texts: Mapping[str, str], colour: str) -> Iterator[tuple[str, str]]:
    lines = texts.get(problem.file, "").splitlines()
    if problem.line <= len(lines):
        start = max(0, problem.column - SHOWN // 2)
        line = lines[problem.line - 1][start : start + SHOWN]
        number = f"{problem.line:6} "
        yield f"{number}│ {line}\n", "dim"
        yield f"{'':{len(number)}}│ {'':{problem.column - 1 - start}}^\n", colour


def summary(path: object, faq: Faq, warned: int) -> str:
    entries = faq.entries.values()
    unknown = sum(entry.unknown for entry in entries)
    phrasings = sum(len(entry.phrasings) for entry in entries)
    held = [
        counted(len(entries) - unknown, "answer"),
        counted(unknown, "known unknown"),
        f"{counted(phrasings, 'way')} to ask",
    ]
    found = counted(warned, "warning") if warned else "no problems"
    return f"{path}: {found}. {', '.join(held)}."


# evaluate


def figures(report: Report) -> Iterator[str]:
    """Outcomes by language and kind, and what they come to."""
    columns = (*ANSWERABLE, *UNANSWERABLE)
    yield f"{'':20}{'n':>5}" + "".join(f"{column:>14}" for column in columns)
    for (language, kind), counts in sorted(report.counts.items()):
        yield f"{language + ' ' + kind:20}{counts.total():5}" + "".join(
            f"{counts[column] or '':>14}" for column in columns
        )
    if len(report.languages) > 1:
        yield from (f"{it}: {shares(report.of(it))}" for it in report.languages)
    yield shares(report)


def shares(figured: Report | Level) -> str:
    return (
        f"right {figured.right:5.1f} %, precision {figured.precision:5.1f} %, "
        f"false answers {figured.false_answers:4.1f} %"
    )


def confusions(report: Report) -> Iterator[str]:
    """What was taken for what most often."""
    for language in report.languages:
        for (meant, given), times in report.confused.get(language, Counter()).most_common(WORST):
            yield f"{language}: {meant or 'nothing'} was meant, {given} was answered: {times}"


def trade_off(reports: Mapping[float, Report], in_use: float) -> Iterator[str]:
    yield "Had the score from which a candidate is the answer been another:"
    for threshold, report in reports.items():
        wrong = 100 - report.precision if report.precision else 0.0
        yield (
            f"{threshold:6g}: {shares(report)}  {_bar(report.right):{BAR}}|{_bar(wrong)}"
            f"{'  (in use)' if threshold == in_use else ''}"
        )


def _bar(percent: float) -> str:
    return "█" * round(percent / 100 * BAR)


def undercut(report: Report, levels: Mapping[str, Level]) -> list[str]:
    """A line for each language whose recorded level is not reached."""
    return [
        f"{language}: below the recorded level: {shares(level)}"
        for language, level in levels.items()
        if language in report.languages and level.undercut(report.of(language))
    ]


def plot(reports: Mapping[float, Report], path: Path) -> None:
    """Draws the trade-off: right answers against wrong ones, a point for each score.

    Raises BotError if matplotlib, which the bot itself does not need, is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise BotError("--plot needs matplotlib: pip install matplotlib") from None
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot(
        xlabel="wrong, % of the answers", ylabel="right, % of the answerable questions"
    )
    wrong = [100 - report.precision for report in reports.values()]
    right = [report.right for report in reports.values()]
    axes.plot(wrong, right, "o-")
    for x, y, threshold in zip(wrong, right, reports, strict=True):
        axes.annotate(f"{threshold:g}", (x, y), xytext=(4, 4), textcoords="offset points")
    figure.savefig(path, format="png", dpi=150)
