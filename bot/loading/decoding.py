"""Bytes -> the text they hold, with plain line ends and nothing that an editor does not show."""

from __future__ import annotations

import codecs
import re
from typing import TypeAlias

Mark: TypeAlias = tuple[int, int]
"""A line and a column, counted from 1."""

MAX_BYTES = 16 * 1024 * 1024
"""Three times what 1,000 entries in three languages need."""

# What YAML allows, without tabs, byte order marks, noncharacters, and line ends that do not show.
STRAY = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_STRAYS = {
    "\t": "is a tab; write blanks instead",
    "\0": "is zero: the file is damaged, or not UTF-8; save it as UTF-8",
}
_REFUSED_LINES = (
    (
        re.compile(r"^(?:<{7}|\|{7}|>{7}|={7}$)", re.M),
        "is a mark of a git conflict: keep one of the "
        "two versions, and remove the lines <<<<<<<, ======= and >>>>>>>",
    ),
    (re.compile(r"^%", re.M), "is a YAML directive; no line may start with %"),
)


class UnreadableError(Exception):
    """The text cannot be read on: a mistake that hides whatever comes after it."""

    def __init__(self, mark: Mark, message: str) -> None:
        self.mark, self.message = mark, message
        super().__init__(message)


def decode(raw: bytes) -> str:
    """The text, with plain line ends."""
    if len(raw) > MAX_BYTES:
        raise UnreadableError((1, 1), f"the file is larger than {MAX_BYTES >> 20} MiB")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        raise UnreadableError((1, 1), "byte 1 says UTF-16 or UTF-32; save the file as UTF-8")
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        start = len(raw) - len(body) + error.start
        raise _undecodable(raw, start, "is not UTF-8; save the file as UTF-8") from None
    if stray := STRAY.search(text.replace("\r", "\n")):
        start = len(raw) - len(body) + len(text[: stray.start()].encode())
        raise _undecodable(
            raw, start, _STRAYS.get(stray[0], f"is a stray U+{ord(stray[0]):04X}; delete it")
        )
    text = _plain_line_ends(text)
    for refused, message in _REFUSED_LINES:
        if found := refused.search(text):
            raise UnreadableError(_end(text[: found.start()]), f'the line "{found[0]}" {message}')
    return text


def _undecodable(raw: bytes, start: int, what: str) -> UnreadableError:
    before = _plain_line_ends(raw[:start].decode("utf-8-sig"))
    return UnreadableError(_end(before), f"byte {start + 1} {what}")


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _end(text: str) -> Mark:
    return text.count("\n") + 1, len(text) - text.rfind("\n")
