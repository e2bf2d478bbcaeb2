"""What people asked in vain: kept without them, put together, and made ready for the FAQ file.

    redaction    what tells of a person is struck out of a text before it is kept
    alike        which queries ask alike
    grouping     misses that ask alike, and what comes nearest to them today
    drafts       phrasings and entries to paste into the file, for a person to decide on

A miss holds words and a day, nothing that says whose they are, where or at what hour they were
written. It is proposed to whoever edits the file, and never learned from by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How it showed that a query had no answer."""

    NO_MATCH = "no match"
    NONE_OF_THESE = "none of these"
    NOT_ASKED = "not what I asked"


@dataclass(frozen=True, slots=True)
class Miss:
    """A query that nobody could answer; so many times on that day.

    `text` is redacted, and empty where the words are not known. `entry` is the id of the nearest
    one, which may have been the wrong answer; empty if none comes near. `score` is its score.
    """

    day: date
    kind: Kind
    text: str
    entry: str = ""
    score: float = 0.0
    times: int = 1
