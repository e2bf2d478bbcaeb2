"""Who asked, what came back, and which kill an answer too many came of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from bot.intake.intake import MOST_AT_WORK
from bot.playground.people import Person
from tests.bot_on_telegram import ANSWERED, ASKED

HELP = "Write a question"
"""What the answer to /help begins with."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions asked; those never answered; answers too many, by the kill that each came of, and
    those that came of none."""

    asked: int
    lost: int
    doubled_by_kill: Sequence[int]
    unexplained: int
    seconds: float

    @property
    def kills(self) -> int:
        return len(self.doubled_by_kill)

    @property
    def doubled(self) -> int:
        return sum(self.doubled_by_kill) + self.unexplained

    @property
    def holds(self) -> bool:
        few = max(self.doubled_by_kill) <= MOST_AT_WORK
        return not self.lost and few and not self.unexplained


@dataclass
class People:
    """Who asks, and how often each has asked: two questions in turn. Answers come in the order of
    the questions, so two alike in a row are one that came twice."""

    asked: dict[Person, int] = field(default_factory=dict)
    _kills: list[dict[Person, int]] = field(default_factory=list)
    """How many answers each had when a bot was killed."""

    def ask(self, person: Person) -> None:
        asked = self.asked.get(person, 0)
        self.asked[person] = asked + 1
        person.send(("/help", ASKED)[asked % 2])

    def answers(self, person: Person) -> int:
        """To how many questions there is one."""
        return sum(1 for _ in groupby(_answers(person)))

    def killed(self) -> None:
        self._kills.append({one: len(_answers(one)) for one in self.asked})

    @property
    def lost(self) -> int:
        return sum(max(0, asked - self.answers(one)) for one, asked in self.asked.items())

    @property
    def doubled(self) -> list[int]:
        """Answers too many, by the kill that came next after the first of the two; and at the end
        those that no kill explains, among them what came out of order."""
        doubled = [0] * (len(self._kills) + 1)
        for person, asked in self.asked.items():
            doubled[-1] += max(0, self.answers(person) - asked)
            for number, (one, other) in enumerate(pairwise(_answers(person)), 1):
                doubled[sum(had.get(person, 0) < number for had in self._kills)] += one == other
        return doubled

    @property
    def total(self) -> int:
        return sum(self.asked.values())

    def tally(self, seconds: float) -> Tally:
        *by_kill, unexplained = self.doubled
        return Tally(self.total, self.lost, by_kill, unexplained, seconds)


def _answers(person: Person) -> list[bool]:
    """For each that the person got, whether it is the one to ASKED."""
    texts = [message.text for message in person.received]
    return [ANSWERED in text for text in texts if ANSWERED in text or text.startswith(HELP)]
