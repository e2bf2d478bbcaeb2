"""`python -m bot evaluate`: how often the bot is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import evaluation, reading, reports
from bot.answering import Answerer
from bot.cli.errors import plain_errors
from bot.cli.options import DEFAULT_FAQ, FaqPath, Language
from bot.errors import BotError
from bot.labelled import read_labelled, read_levels, read_sentences

THRESHOLDS = (10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 70.0)
"""Scores that `evaluate` tries, to show what the one in use trades."""


def evaluate(
    labelled: Annotated[
        Path, typer.Argument(help='JSON lines: {"q", "lang", "kind", "gold": [entry ids]}.')
    ],
    sentences: Annotated[
        Path | None,
        typer.Option(help='Gold are sentence numbers of this file: [{"n", "text"}].'),
    ] = None,
    lang: Annotated[Language | None, typer.Option(help="Only questions in this language.")] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw what the threshold trades into this PNG file.")
    ] = None,
    faq: FaqPath = DEFAULT_FAQ,
) -> None:
    """Measure how often the bot is right, and what its threshold trades. Exits with 1 below the
    level that levels.yaml, beside the questions, records."""
    with plain_errors():
        book = reading.read(faq)
        queries = [q for q in read_labelled(labelled) if lang in (None, q.language)]
        levels = read_levels(labelled)
        numbered = read_sentences(sentences) if sentences else {}
        if not numbered and any(isinstance(gold, int) for q in queries for gold in q.gold):
            raise BotError(f"{labelled}: gold are sentence numbers: say of which --sentences FILE")
        answerer, golds = Answerer(book).remembering(), evaluation.golds(book, numbered)
        report = evaluation.evaluate(answerer.answer, queries, golds)
        traded = evaluation.trade_off(
            answerer, queries, golds, sorted({*THRESHOLDS, answerer.policy.answer})
        )
        if plot:
            reports.plot(traded, plot)
    undercut = reports.undercut(report, levels)
    parts = (
        reports.figures(report),
        reports.confusions(report),
        reports.trade_off(traded, answerer.policy.answer),
        undercut,
    )
    typer.echo("\n\n".join(filter(None, map("\n".join, parts))))
    if undercut:
        raise typer.Exit(1)
