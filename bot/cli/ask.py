"""`python -m bot ask`: what the bot would reply."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import reading
from bot.answering import Answer, Answerer, Decision
from bot.buttons import start_payload
from bot.cli.errors import plain_errors
from bot.cli.options import DEFAULT_FAQ, FaqPath, Language
from bot.faq import Entry, Faq
from bot.playground.screen import painted_html
from bot.replies import Replies, Reply


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
        book = reading.read(faq)
    answerer, replies = Answerer(book), Replies(book, reading.today)
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
