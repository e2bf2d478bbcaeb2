"""How much one person and one group may ask; and nobody else is slower for it."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest

from bot.flood import NOTICE, Floods, Verdict

GROUP = -100


class Asking:
    """People who ask, by a clock that stands."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._floods = Floods(lambda: self.now)
        self._updates = count()

    def ask(
        self,
        person: int | None = 7,
        group: int | None = None,
        *,
        update: int | None = None,
        asked: float | None = None,
    ) -> Verdict:
        id = next(self._updates) if update is None else update
        return self._floods.judge(id, person=person, group=group, asked=asked)


@pytest.fixture
def asking() -> Asking:
    return Asking()


def test_five_at_once_and_then_one_in_three_seconds(asking: Asking) -> None:
    told: Counter[Verdict] = Counter()
    for _ in range(60 * 50):
        told[asking.ask()] += 1
        asking.now += 0.02
    assert told[Verdict.ANSWER] <= 5 + 20
    assert told[Verdict.TELL] == 1


def test_it_is_told_again_once_it_was_over(asking: Asking) -> None:
    for _ in range(3):
        told = [asking.ask() for _ in range(10)]
        assert told == [Verdict.ANSWER] * 5 + [Verdict.TELL] + [Verdict.IGNORE] * 4
        asking.now += NOTICE


def test_others_are_answered_meanwhile(asking: Asking) -> None:
    for _ in range(100):
        asking.ask(7)
    assert asking.ask(8) is Verdict.ANSWER


def test_a_group_asks_less_than_telegram_lets_through(asking: Asking) -> None:
    told: Counter[Verdict] = Counter()
    for second in range(60):
        told[asking.ask(second, GROUP)] += 1
        asking.now += 1
    assert told[Verdict.ANSWER] < 20
    assert told[Verdict.TELL] == 1
    assert asking.ask(7) is Verdict.ANSWER


def test_what_is_refused_counts_against_nobody(asking: Asking) -> None:
    for _ in range(100):
        asking.ask(7, GROUP)
    assert [asking.ask(8, GROUP) for _ in range(3)] == [Verdict.TELL, *[Verdict.IGNORE] * 2]
    assert [asking.ask(8) for _ in range(5)] == [Verdict.ANSWER] * 5
    assert [asking.ask(7, GROUP - 1) for _ in range(9)] == [Verdict.IGNORE] * 9
    assert [asking.ask(9, GROUP - 1) for _ in range(5)] == [Verdict.ANSWER] * 5


def test_who_speaks_for_nobody_counts_for_the_group(asking: Asking) -> None:
    told = [asking.ask(None, GROUP) for _ in range(6)]
    assert told == [Verdict.ANSWER] * 5 + [Verdict.TELL]
    assert asking.ask(None, None) is Verdict.ANSWER


def test_an_update_that_is_tried_again_is_not_counted_again(asking: Asking) -> None:
    assert [asking.ask(update=1) for _ in range(20)] == [Verdict.ANSWER] * 20
    assert [asking.ask(update=id) for id in range(2, 6)] == [Verdict.ANSWER] * 4
    assert asking.ask(update=6) is Verdict.TELL


def test_what_was_asked_slowly_and_is_handled_at_once_is_answered(asking: Asking) -> None:
    told = [asking.ask(7, GROUP, asked=5.0 * number) for number in range(100)]
    assert told == [Verdict.ANSWER] * 100


@pytest.mark.parametrize("date", [0.0, 1e12])
def test_dates_that_stand_still_do_not_silence_anybody(asking: Asking, date: float) -> None:
    for _ in range(100):
        assert asking.ask(asked=date) is Verdict.ANSWER
        asking.now += 3


def test_what_is_too_fast_by_both_is_refused(asking: Asking) -> None:
    told: Counter[Verdict] = Counter()
    for _ in range(60 * 50):
        told[asking.ask(asked=asking.now // 1)] += 1
        asking.now += 0.02
    assert told[Verdict.ANSWER] <= 5 + 20
