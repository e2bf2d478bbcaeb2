"""A slip of YAML's syntax, told in plain words where it was made: a parser tells what it waited for
and where it gave up, which may be many lines below."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bot.loading.decoding import Mark, UnreadableError

MAX_DEPTH = 16
TOO_DEEP = f"more than {MAX_DEPTH} levels deep; is a bracket open?"

_HERE, _OPENED = "problem_mark", "context_mark"
_FOLLOWS = "this does not follow from what stands above; check the indent, or quote the whole text"
_COLON = "a text with a colon and a blank in it needs double quotes"
_BRACKET = "the bracket that opens here is not closed, or lacks a comma"
_LIST = (
    'a list goes on here: start its next entry with "- ", or put the key exactly below the keys of '
    "its entry"
)
_SYNTAX = (
    ("mapping values are not", _HERE, _COLON),
    ("cannot start any token", _HERE, "a text that starts with this sign needs double quotes"),
    ("not allowed", _HERE, "a text that starts with this sign needs double quotes"),
    ("scanning a block scalar", _HERE, "a text that starts with | or > needs double quotes"),
    ("scanning an alias", _OPENED, "a text that starts with * needs double quotes"),
    ("scanning an anchor", _OPENED, "a text that starts with & needs double quotes"),
    ("a tag", _OPENED, "a text that starts with ! needs double quotes"),
    ("unexpected end of stream", _OPENED, "the quote mark that opens here is never closed"),
    ("expected ':'", _OPENED, 'this is no "key: value"; is the colon or the indent wrong?'),
    ("escape", _HERE, "the \\ before this starts no known escape; write \\\\ to show one \\"),
    ("parsing a flow", _OPENED, _BRACKET),
    ("parsing a block collection", _HERE, _LIST),
    ("", _HERE, _FOLLOWS),
)
"""PyYAML's words, of either parser, the place to show, and what to do. The first match counts."""

_AFTER_A_TEXT = (_FOLLOWS, _COLON, _BRACKET, _LIST)
"""What a parser says of the rest of a line, too, when a text in quote marks has ended early."""

_KEY = re.compile(r" *(?:- +)?[\w-]+")
_LOOKALIKE = re.compile(r" *(?:- +|-(?=\u00a0))?(?:[\w-]+(?=[:：]))?:?([\u00a0：–—−•])")
_MEANT = {"\u00a0": "a blank", "：": "a colon"}


def slip(error: yaml.MarkedYAMLError, text: str, last: Any) -> UnreadableError:
    """What `error` comes from; `last` is the last event before it."""
    said = f"{error.context} {error.problem}"
    if "maximum nesting depth" in said:  # libyaml looks ahead, and has a bound of its own
        return UnreadableError(place(error.problem_mark), TOO_DEEP)
    where, advice = next((where, advice) for words, where, advice in _SYNTAX if words in said)
    mark, advice = (
        _ended_early(error.problem_mark, last) if advice in _AFTER_A_TEXT else None
    ) or _in_line(getattr(error, where) or error.problem_mark, advice, text)
    return UnreadableError(mark, f"not readable as YAML: {advice}")


def _ended_early(noticed: Any, last: Any) -> tuple[Mark, str] | None:
    """A quote mark inside a text ends it, and one that was forgotten makes it run on to the next,
    so that what is left of the line makes no sense."""
    if getattr(last, "style", None) not in ("'", '"') or last.end_mark.line != noticed.line:
        return None
    if last.start_mark.line < noticed.line:
        closed = f"is closed on line {noticed.line + 1} only; close it where the text ends"
        return place(last.start_mark), f"the quote mark that opens here {closed}"
    inside = "''" if last.style == "'" else '\\"'
    what = f"is a comma missing, or {inside} for a quote mark inside?"
    return place(noticed), f"the text in quote marks ended before this: {what}"


def _in_line(mark: Any, advice: str, text: str) -> tuple[Mark, str]:
    line = [*text.split("\n"), ""][mark.line]
    if found := _LOOKALIKE.match(line):
        meant = _MEANT.get(found[1], "a dash")
        return (mark.line + 1, found.start(1) + 1), f"this only looks like {meant}; type it anew"
    if advice == _COLON and _KEY.fullmatch(line[: mark.column]):
        advice = (
            "this key does not fit below what stands above: it is indented too far, or what stands "
            "above lacks a colon or a quote mark"
        )
        return (mark.line + 1, len(line) - len(line.lstrip()) + 1), advice
    return place(mark), advice


def place(mark: Any) -> Mark:
    return mark.line + 1, mark.column + 1
