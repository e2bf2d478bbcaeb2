"""Telegram's HTML in parts that each fit into one message.

Telegram allows 4,096 characters after its parsing; whether it counts code points or UTF-16 units is
disputed, so both are kept, which is what UTF-16 comes to. A part ends after a line if it can, else
after a word, and never inside of what a reader sees as one character: an emoji of several, a flag,
a letter with its accents. Tags that are open where a part ends are closed there, and opened again
in the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

import regex

LIMIT = 4096
"""UTF-16 units of text that a message may hold."""

_TAG_OR_PIECE = regex.compile(
    r"(?P<tag><(?P<end>/?)(?P<name>[\w-]+)[^>]*>)|&#?\w+;|.", regex.DOTALL
)
_CLUSTER = regex.compile(r"\X")


def without_tags(html: str) -> str:
    """The plain text of it, as Telegram would show it."""
    return "".join(text for _, text in _pieces(html))


def parts(html: str, limit: int = LIMIT) -> list[str]:
    """The HTML of each part. A part with nothing to be seen in it, which Telegram would refuse, is
    left out."""
    cuts = _cuts(without_tags(html), limit)
    open_tags: list[tuple[str, str]] = []
    done, part, seen, at = [], "", False, 0

    def finish() -> None:
        if seen:
            done.append(part + "".join(f"</{name}>" for name, _ in reversed(open_tags)))

    for match, text in _pieces(html):
        if text and at in cuts:
            finish()
            part, seen = "".join(tag for _, tag in open_tags), False
        if match["tag"] and match["end"]:
            open_tags = open_tags[:-1]
        elif match["tag"]:
            open_tags.append((match["name"], match[0]))
        part += match[0]
        seen = seen or bool(text.strip())
        at += len(text)
    finish()
    return done


def _pieces(html: str) -> Iterator[tuple[regex.Match[str], str]]:
    """Each tag, entity or character, and what is to be seen of it."""
    for match in _TAG_OR_PIECE.finditer(html):
        yield match, "" if match["tag"] else unescape(match[0])


def _cuts(text: str, limit: int) -> set[int]:
    """Where in the text the second part and each further one begins."""
    ends, sizes = [0], [0]
    for cluster in _clusters(text, limit):
        ends.append(ends[-1] + len(cluster))
        sizes.append(sizes[-1] + _units(cluster))
    cuts, first = set(), 0
    while sizes[-1] - sizes[first] > limit:
        last = bisect_right(sizes, sizes[first] + limit) - 1
        first = _best(text, ends, first, last)
        cuts.add(ends[first])
    return cuts


def _best(text: str, ends: list[int], first: int, last: int) -> int:
    """Which end of a cluster to cut at: the last one after a line, else after a word, else any."""
    for gap in "\n", " ":
        found = text.rfind(gap, ends[first], ends[last])
        if found > ends[first]:
            return bisect_right(ends, found + 1) - 1
    return last


def _clusters(text: str, limit: int) -> Iterator[str]:
    """What a reader sees as one character. A letter under thousands of accents comes in pieces."""
    for match in _CLUSTER.finditer(text):
        cluster = match[0]
        yield from (cluster,) if _units(cluster) <= limit else cluster


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
