"""Text -> YAML's events, bounded in depth and number.

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
from bot.loading.slips import MAX_DEPTH, TOO_DEEP, slip

Event: TypeAlias = Any
"""One of PyYAML's: their attributes differ by kind, and only some of them have types."""

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


def mark_of(event: Event) -> Mark:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def events(text: str) -> Iterator[Event]:
    """The events of at most one document; `UnreadableError` where they break off."""
    depth, event = 0, None
    try:
        for number, event in enumerate(yaml.parse(text, Loader=PARSER)):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise UnreadableError(mark_of(event), TOO_DEEP)
            if number > MAX_EVENTS:
                raise UnreadableError(mark_of(event), "the file holds too many values; split it")
            yield event
    except yaml.MarkedYAMLError as error:
        raise slip(error, text, event) from None
    except (ValueError, OverflowError):
        # The slow parser gives an escape beyond Unicode, such as "\\U00110000", to chr().
        mark = mark_of(event) if event else (1, 1)
        raise UnreadableError(mark, "an escape after this place is no character") from None
