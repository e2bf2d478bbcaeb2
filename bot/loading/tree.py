"""YAML text -> plain maps, lists and texts, and where in the file each of them stands.

Only the part of YAML that an FAQ needs is taken: every scalar is text as written, and what can make
a small file explode (anchors, aliases, merge keys), run code (tags) or mean something else than it
shows (duplicate keys, directives, invisible characters) is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from bot.loading.decoding import STRAY, Mark, UnreadableError, decode
from bot.loading.events import Event, events, mark_of

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
Path: TypeAlias = tuple[str | int, ...]

KEY = "[key]"
"""Ends the path of a key, as opposed to its value; pydantic writes it so too."""

_ASIDE = -1
"""Ends the path of what is read and then dropped, such as the value of a key's second stand."""

_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Document:
    """The file's data, the mark of every path in it, and mistakes that did not stop the reading.

    `nulls` are the paths whose value was left empty; `commented` those of texts without quote marks
    that have a comment behind them.
    """

    data: dict[str, Tree]
    marks: dict[Path, Mark] = field(repr=False)
    nulls: tuple[Path, ...]
    commented: tuple[Path, ...]
    problems: tuple[tuple[Mark, str], ...]

    def mark(self, path: Path) -> Mark:
        """Where `path` stands, or the nearest thing around it."""
        while path not in self.marks:
            path = path[:-1]
        return self.marks[path]

    def values(self, *pattern: str | type) -> Iterator[tuple[Path, Tree]]:
        """What matches: in `pattern`, `str` stands for any key, `int` for any place in a list.

        Whatever has another shape is passed over, so that rules can be asked of a file that has
        other mistakes as well.
        """
        return _values(self.data, pattern, ())

    def texts(self, *pattern: str | type) -> Iterator[tuple[Path, str]]:
        """As `values`, and only what is text."""
        return ((path, value) for path, value in self.values(*pattern) if isinstance(value, str))

    def maps(self, *pattern: str | type) -> Iterator[tuple[Path, dict[str, Tree]]]:
        """As `values`, and only what has keys."""
        return ((path, value) for path, value in self.values(*pattern) if isinstance(value, dict))


def _values(tree: Tree, pattern: tuple[str | type, ...], path: Path) -> Iterator[tuple[Path, Tree]]:
    if pattern:
        for part, below in _children(tree, pattern[0]):
            yield from _values(below, pattern[1:], (*path, part))
    else:
        yield path, tree


def _children(tree: Tree, part: str | type) -> Iterator[tuple[str | int, Tree]]:
    if isinstance(tree, list) and part is int:
        yield from enumerate(tree)
    elif isinstance(tree, dict) and part is str:
        yield from tree.items()
    elif isinstance(tree, dict) and isinstance(part, str) and part in tree:
        yield part, tree[part]


def read(text: str | bytes) -> Document:
    """Raises `UnreadableError` and nothing else, for any text and any bytes."""
    # A lone surrogate in a str becomes bytes that are no UTF-8, and is refused as such.
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _Composer(decode(raw)).document()


class _Composer:
    """Builds a document of events. Recursive, which the bound on depth makes safe."""

    def __init__(self, text: str) -> None:
        self._events = events(text)
        self._lines = text.split("\n")
        self._marks: dict[Path, Mark] = {}
        self._nulls: list[Path] = []
        self._commented: list[Path] = []
        self._problems: list[tuple[Mark, str]] = []

    def document(self) -> Document:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise UnreadableError((1, 1), "the file is empty; bring back the version before")
        data = self._value(next(self._events), ())
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                message = "a second document starts here; remove the ---"
                self._problems.append((mark_of(event), message))
                break
        if not isinstance(data, dict):
            raise UnreadableError(self._marks[()], "the file must hold keys, such as entries:")
        return Document(
            data,
            self._marks,
            tuple(self._nulls),
            tuple(self._commented),
            tuple(self._problems),
        )

    def _value(self, event: Event, path: Path) -> Tree:
        mark = self._marks[path] = mark_of(event)
        if event.anchor or (not isinstance(event, yaml.AliasEvent) and event.tag):
            self._problems.append((mark, "a text that starts with & or * or ! needs double quotes"))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path) if isinstance(event, yaml.SequenceStartEvent) else None

    def _mapping(self, path: Path) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        for event in self._until(yaml.MappingEndEvent):
            aside = (*path, _ASIDE)
            key, mark = self._value(event, aside), self._marks[aside]
            if not isinstance(key, str):
                self._problems.append((mark, "a key must be text"))
                self._value(next(self._events), aside)
            elif key in found:
                first = self._marks[(*path, key, KEY)][0]
                told = f'"{key}" stands here again, first on line {first}; remove one of them'
                self._problems.append((mark, f'{told}, or start a new entry with "- "'))
                self._value(next(self._events), aside)
            else:
                self._marks[(*path, key, KEY)] = mark
                found[key] = self._value(next(self._events), (*path, key))
        return found

    def _sequence(self, path: Path) -> list[Tree]:
        return [
            self._value(event, (*path, place))
            for place, event in enumerate(self._until(yaml.SequenceEndEvent))
        ]

    def _until(self, end: type) -> Iterator[Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _scalar(self, event: Event, path: Path) -> str | None:
        if event.implicit[0] and event.value in _NULLS:
            if _ASIDE not in path:
                self._nulls.append(path)
            return None
        if event.implicit[0] and self._behind(event).lstrip().startswith("#"):
            self._commented.append(path)
        # Only an escape can be one: what is printable is none.
        if not event.value.isprintable() and (stray := STRAY.search(event.value)):
            message = f"U+{ord(stray[0]):04X} is no character for a text; remove its escape"
            self._problems.append((mark_of(event), message))
        return str(event.value)

    def _behind(self, event: Event) -> str:
        """The rest of its last line."""
        line: str = self._lines[event.end_mark.line]
        return line[event.end_mark.column :]
