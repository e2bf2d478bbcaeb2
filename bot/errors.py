"""What can go wrong for the operator or the editor, as exceptions that carry the evidence.

They are raised in the core and printed by the command line; a person in a chat never sees one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class BotError(Exception):
    """The work cannot go on until the operator mends something; `str()` says what, plainly."""


class SettingsError(BotError):
    """Settings are missing or wrong. Names settings, never their values."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file, where it stands, and what to do; or, as a `warning`, something that
    is right and should be looked at again.

    `line` and `column` count from 1, as editors do.
    """

    file: str
    line: int
    column: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        told = f"warning: {self.message}" if self.warning else self.message
        return f"{self.file}:{self.line}:{self.column}: {told}"


class FaqError(BotError):
    """The FAQ file is not usable. Holds every problem found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
