"""The command line. What goes wrong comes out as plain lines on standard error and an exit code:
1 when the answer is no, 2 when the command could not be carried out."""

from __future__ import annotations

import asyncio
import io
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from bot import evaluation, history, library, logs, reports
from bot.answering import Answer, Answerer, Decision
from bot.buttons import start_payload
from bot.errors import BotError, FaqError, Problem, SettingsError
from bot.faq import Entry, Faq
from bot.labelled import read_labelled, read_levels, read_sentences
from bot.library import Library
from bot.loading import ids
from bot.logs import redact
from bot.playground.screen import painted_html
from bot.replies import Replies, Reply
from bot.review import warnings
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.running import Place

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: square brackets in it are square brackets.
    rich_markup_mode=None,
    help="Answers questions about the Abu Dhabi talks from a curated, sourced FAQ.",
)

FaqPath = Annotated[Path, typer.Option(help="The FAQ file.")]
DEFAULT_FAQ = Path("faq.yaml")

THRESHOLDS = (10.0, 13.0, 16.0, 20.0, 23.0, 26.0, 29.0, 34.0, 40.0, 50.0)
"""Scores that `evaluate` tries, to show what the one in use trades."""


class Form(StrEnum):
    AUTO = "auto"
    PLAIN = "plain"
    GITHUB = "github"


class Language(StrEnum):
    EN = "en"
    UK = "uk"
    RU = "ru"


def main() -> None:
    # Whatever bytes come in, and whatever is echoed of them, no stream gives up on them.
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    app()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors that the operator can mend come out as plain lines, with exit code 2."""
    try:
        yield
    except BotError as error:
        typer.echo(redact(str(error)), err=True)
        raise typer.Exit(2) from None


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """With no command: `run` if TELEGRAM_TOKEN is set, else `playground`."""
    if context.invoked_subcommand is None:
        with plain_errors():
            settings = read_settings()
            _run(settings) if settings.telegram_token else _playground(settings)


@app.command()
def run() -> None:
    """Run the bot in Telegram: behind a webhook if WEBHOOK_URL is set, else by long polling."""
    with plain_errors():
        _run(read_settings())


@app.command()
def playground(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Of the page; 0 is any. Without it: 8081, if free."),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Tell the address, but do not open it.")
    ] = False,
) -> None:
    """Chat with the whole bot in a browser. It needs no token and no network."""
    with plain_errors():
        _playground(read_settings(), port, browser=not no_browser)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="Without it, one a line is read from standard input.")
    ] = None,
    lang: Annotated[
        Language | None, typer.Option(help="Reply in this language, not the question's own.")
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Tell what decided, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
    faq: FaqPath = DEFAULT_FAQ,
) -> None:
    """Show what the bot would reply in a private chat."""
    with plain_errors():
        book = library.read(faq)
    answerer, replies = Answerer(book), Replies(book, today)
    console = Console(soft_wrap=True, highlight=False)
    if question is not None:
        # Bytes of the command line that are no UTF-8 come as lone surrogates, which no JSON takes.
        question = question.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    for query in [question] if question is not None else _lines(sys.stdin):
        decision = answerer.answer(query, lang)
        reply = replies.render(decision)
        if as_json:
            typer.echo(_on_one_line(_as_json(query, decision, reply, book)))
            continue
        labels = [button.label for button in reply.buttons]
        console.print(painted_html(reply.html, labels), end="\n\n")
        if why:
            told = "\n".join(_explanation(decision))
            console.print(told, style="dim", markup=False, end="\n\n")


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="The FAQ file.")] = DEFAULT_FAQ,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are mistakes, too.")] = False,
    form: Annotated[
        Form, typer.Option("--format", help="How to print; by default as the terminal can show.")
    ] = Form.AUTO,
    accept_translations: Annotated[
        bool,
        typer.Option(
            "--accept-translations",
            help="Note in the file that each translation says what the English text says.",
        ),
    ] = False,
) -> None:
    """Find every mistake in the FAQ file, and what to look at again. Its quotes are proved against
    their sources."""
    found: Sequence[Problem]
    try:
        if accept_translations:
            library.accept_translations(path)
        file = library.open_at(path)
        found = warnings(file, published=ids(history.committed(path) or b""))
        summary = reports.summary(path, file.faq, len(found))
    except FaqError as error:
        found = error.problems
        summary = f"{path}: {reports.counted(len(found), 'problem')}"
    _print_problems(path, found, form)
    typer.echo(redact(summary))
    if any(strict or not it.warning for it in found):
        raise typer.Exit(1)


@app.command()
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
        book = library.read(faq)
        queries = [q for q in read_labelled(labelled) if lang in (None, q.language)]
        levels = read_levels(labelled)
        numbered = read_sentences(sentences) if sentences else {}
        if not numbered and any(isinstance(gold, int) for q in queries for gold in q.gold):
            raise BotError(f"{labelled}: gold are sentence numbers: say of which --sentences FILE")
        answerer, golds = Answerer(book), evaluation.golds(book, numbered)
        report = evaluation.evaluate(answerer.answer, queries, golds)
        traded = evaluation.trade_off(answerer, queries, golds, THRESHOLDS)
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


def _print_problems(path: Path, problems: Sequence[Problem], form: Form) -> None:
    console = Console(soft_wrap=True, highlight=False)
    if form is Form.GITHUB:
        lines: Iterable[str] = reports.for_github(problems)
    elif form is Form.PLAIN or not console.is_terminal:
        lines = map(str, problems)
    else:
        texts = {str(path): path.read_text("utf-8", "replace")} if path.is_file() else {}
        for picture in reports.for_a_terminal(problems, texts):
            console.print(picture)
        return
    for line in lines:
        typer.echo(redact(line))


def today() -> date:
    return datetime.now(UTC).date()


def _run(settings: Settings) -> None:
    if settings.telegram_token is None:
        raise SettingsError("TELEGRAM_TOKEN: must be set; @BotFather gives one")
    # Telegram's library takes half a second to import, which the other commands need not wait for.
    import uvloop

    from bot.app import build
    from bot.metrics import Metrics
    from bot.watching import MeasuredAnswerer

    logs.set_up(settings.log_level, settings.secrets)
    metrics = Metrics()
    books = _library(settings, partial(MeasuredAnswerer, metrics=metrics))
    bot = build(
        settings.telegram_token.get_secret_value(),
        books.edition,
        news=books.watch(),
        admins=settings.admin_ids,
        metrics=metrics,
        api_url=str(settings.bot_api_url),
        operator=settings.operator,
        database=settings.database_url.get_secret_value(),
        place=_place(settings),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_told_to_stop(bot.run, lambda: bot.intake.in_flight))


def _library(settings: Settings, answerer: Callable[[Faq], Answerer] = Answerer) -> Library:
    return Library(settings.faq_path, partial(library.edition, today=today, answerer=answerer))


def _place(settings: Settings) -> Place | None:
    from bot.running import Place

    if settings.port_to_serve is None:
        return None
    secret, token = settings.webhook_secret, settings.metrics_token
    return Place(
        settings.host,
        settings.port_to_serve,
        webhook_url=str(settings.webhook_url or ""),
        webhook_secret=secret.get_secret_value() if secret and settings.webhook_url else "",
        metrics_token=token.get_secret_value() if token else "",
    )


async def _until_told_to_stop(
    work: Callable[[asyncio.Event], Awaitable[None]], in_flight: Callable[[], int] = lambda: 0
) -> None:
    """Told once, it finishes what is in work; told twice, it ends on the spot."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told(by: signal.Signals) -> None:
        if stop.is_set():
            typer.echo(f"stopped in the midst of {in_flight()} updates", err=True)
            signal.signal(by, signal.SIG_DFL)
            signal.raise_signal(by)
        stop.set()

    for by in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(by, told, by)
    await work(stop)


def _playground(settings: Settings, port: int | None = None, *, browser: bool = True) -> None:
    from bot.playground.play import INTRODUCTION, open_page, play

    def opened(url: str) -> None:
        typer.echo(INTRODUCTION.format(url=url))
        if browser:
            open_page(url)

    logs.set_up(settings.log_level)
    books = _library(settings)
    playing = partial(play, books, port=port, opened=opened, operator=settings.operator)
    asyncio.run(_until_told_to_stop(playing))


def _lines(stream: Iterable[str]) -> Iterable[str]:
    return (line.rstrip("\r\n") for line in stream)


def _on_one_line(value: Mapping[str, Any]) -> str:
    # JSON lets these stand as they are, and many a reader of lines takes them for the end of one.
    return json.dumps(value, ensure_ascii=False).translate(
        {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
    )


def _as_json(query: str, decision: Decision, reply: Reply, book: Faq) -> dict[str, Any]:
    """One line of `ask --json`; its form is a contract."""
    answer = decision if isinstance(decision, Answer) else None
    return {
        "query": query,
        "decision": type(decision).__name__.lower(),
        "entry": _entry(answer.entry) if answer else None,
        "also": [_entry(entry) for entry in answer.also] if answer else [],
        "candidates": [
            _entry(book.entries[candidate.id]) | {"score": round(candidate.score, 2)}
            for candidate in decision.candidates
        ],
        "html": reply.html,
        "buttons": [[button.label] for button in reply.buttons],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    quotes = [quote.text for quote in entry.quotes]
    return {"id": entry.id, "unknown": entry.unknown, "quotes": quotes}


def _explanation(decision: Decision) -> Iterable[str]:
    yield f"{type(decision).__name__}, because {decision.rule}."
    for candidate in decision.candidates:
        yield f"{candidate.score:5.1f}  {candidate.id}  (nearest phrasing: {candidate.phrasing})"
    if isinstance(decision, Answer):
        yield f"Link: t.me/<bot>?start={start_payload(decision.entry.id)}"
