"""What happened last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from bot.journal import Event, Journal

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_it_tells_the_last_of_each_kind() -> None:
    minutes = count()
    journal = Journal(lambda: NOON + timedelta(minutes=next(minutes)))
    assert [journal.started, journal.reloaded] == [NOON, NOON]
    assert not journal.refused
    assert not journal.failed
    journal.note_refusal("faq.yaml:1:1: is wrong")
    journal.note_failure("ValueError")
    journal.note_failure("KeyError")
    assert journal.refused == Event(NOON + timedelta(minutes=1), "faq.yaml:1:1: is wrong")
    assert journal.failed == Event(NOON + timedelta(minutes=3), "KeyError")
    journal.note_reload()
    assert journal.reloaded == NOON + timedelta(minutes=4)
    assert not journal.refused
    assert journal.started == NOON
