"""Text -> YAML's events, bounded in depth and number; a slip of syntax is told in plain words.

PyYAML is asked for events only, because both its composers recurse: nested deep enough, the fast
one takes the process down (yaml/pyyaml#895). Events come one by one and without recursion, so they
are counted before anything is built of them. libyaml's parser is 20 times faster than PyYAML's own,
which serves where libyaml was not to be had. It takes what libyaml takes, but for a text in
brackets that goes on in a new line with a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

from bot.loading.decoding import Mark, UnreadableError

Event: TypeAlias = Any
"""One of PyYAML's: their attributes differ by kind, and only some of them have types."""

MAX_DEPTH = 16
MAX_EVENTS = 500_000
"""Twice what 10,000 entries need; it bounds the memory that a file of commas can take."""

_STAND_IN = "\ufdd0"  # A code point that is no character; `decode` lets none of these through.
_QUESTION_MARKS = re.compile(r"(?:(?<=[^ \n\[\]{},:?-])|(?<=\w-))(?: *\?)+")


class SlowLoader(yaml.SafeLoader):
    """PyYAML's own parser, taught that a question in brackets may go without quotes.

    A question mark after a word on the same line is never YAML's sign for a key.
    """

    def __init__(self, text: str) -> None:
        super().__init__(_QUESTION_MARKS.sub(lambda it: it[0].replace("?", _STAND_IN), text))

    def get_event(self) -> Event:
        event: Event = super().get_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.ScalarEvent):
            event.value = event.value.replace(_STAND_IN, "?")
        return event


PARSER = getattr(yaml, "CSafeLoader", SlowLoader)

_HERE, _OPENED = "problem_mark", "context_mark"
_SYNTAX = (
    ("mapping values are not", _HERE, "a text with a colon and a blank in it needs double quotes"),
    ("cannot start any token", _HERE, "a text that starts with this sign needs double quotes"),
    ("scanning an alias", _OPENED, "a text that starts with * needs double quotes"),
    ("scanning an anchor", _OPENED, "a text that starts with & needs double quotes"),
    ("a tag", _OPENED, "a text that starts with ! needs double quotes"),
    ("unexpected end of stream", _OPENED, "the quote mark that opens here is never closed"),
    ("expected ':'", _OPENED, 'this is no "key: value"; is the colon or the indent wrong?'),
    ("escape", _HERE, "the \\ before this starts no known escape; write \\\\ to show one \\"),
    ("parsing a flow", _OPENED, "the bracket that opens here is not closed, or lacks a comma"),
    ("", _HERE, "this does not follow from what stands above; check the indent and quote marks"),
)
"""PyYAML's words, of either parser, the place to show, and what to do. The first match counts."""


_TOO_DEEP = f"more than {MAX_DEPTH} levels deep; is a bracket open?"


def mark_of(event: Event) -> Mark:
    return _place(event.start_mark)


def events(text: str) -> Iterator[Event]:
    """The events of at most one document; `UnreadableError` where they break off."""
    depth, mark = 0, (1, 1)
    try:
        for number, event in enumerate(yaml.parse(text, Loader=PARSER)):
            mark = mark_of(event)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise UnreadableError(mark, _TOO_DEEP)
            if number > MAX_EVENTS:
                raise UnreadableError(mark, "the file holds too many values; split it")
            yield event
    except yaml.MarkedYAMLError as error:
        raise _syntax(error) from None
    except (ValueError, OverflowError):
        # The slow parser gives an escape beyond Unicode, such as "\\U00110000", to chr().
        raise UnreadableError(mark, "an escape after this place is no character") from None


def _syntax(error: yaml.MarkedYAMLError) -> UnreadableError:
    said = f"{error.context} {error.problem}"
    if "maximum nesting depth" in said:  # libyaml looks ahead, and has a bound of its own
        return UnreadableError(_place(error.problem_mark), _TOO_DEEP)
    where, advice = next((where, advice) for words, where, advice in _SYNTAX if words in said)
    mark: Any = getattr(error, where) or error.problem_mark
    return UnreadableError(_place(mark), f"not readable as YAML: {advice}")


def _place(mark: Any) -> Mark:
    return mark.line + 1, mark.column + 1
