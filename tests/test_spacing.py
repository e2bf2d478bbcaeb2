"""One each so many seconds, and a few at once; for a million keys in little memory."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from bot.spacing import MOST_KEYS, Spacing

MIB = 1 << 20


def test_a_burst_and_then_one_each_interval() -> None:
    spacing = Spacing(3, burst=5)
    allowed = [second for second in range(61) for _ in range(50) if spacing.allow("x", second)]
    assert allowed == [0, 0, 0, 0, 0, *range(3, 61, 3)]


def test_one_key_is_nothing_to_another() -> None:
    spacing = Spacing(10)
    assert spacing.allow("x", 0)
    assert not spacing.allow("x", 1)
    assert spacing.allow("y", 1)


def test_the_wait_is_told() -> None:
    spacing = Spacing(4, burst=2)
    assert spacing.wait("x", 100) == 0
    spacing.take("x", 100)
    assert spacing.wait("x", 100) == 0
    spacing.take("x", 100)
    assert spacing.wait("x", 101) == 3
    assert spacing.wait("x", 104) == 0


def test_a_rest_gives_the_burst_back() -> None:
    spacing = Spacing(1, burst=3)
    assert [spacing.allow("x", 0) for _ in range(4)] == [True, True, True, False]
    assert [spacing.allow("x", 10) for _ in range(4)] == [True, True, True, False]


def test_what_is_held_does_not_happen_before() -> None:
    spacing = Spacing(1, burst=3)
    spacing.hold("x", 35, 100)
    assert spacing.wait("x", 100) == 35
    assert not spacing.allow("x", 134.9)
    assert spacing.allow("x", 135)
    spacing.hold("x", 35, 200)
    spacing.hold("x", 1, 201)
    assert spacing.wait("x", 201) == 34


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 6), st.sampled_from([0.5, 1, 3]))
def test_no_stretch_of_time_holds_more_than_it_may(
    gaps: list[float], burst: int, interval: float
) -> None:
    spacing, now, happened = Spacing(interval, burst=burst), 0.0, []
    for gap in gaps:
        now += gap / 10
        if spacing.allow("x", now):
            happened.append(now)
    for first, start in enumerate(happened):
        for count, end in enumerate(happened[first:], start=1):
            assert count <= burst + (end - start) / interval + 1e-6


def test_many_keys_take_little_memory_and_set_no_busy_one_free() -> None:
    spacing = Spacing(3, burst=5)
    for _ in range(5):
        spacing.take("flooder", 0)
    tracemalloc.start()
    try:
        for id in range(5 * MOST_KEYS):
            spacing.allow(id, 0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * MIB
    assert len(spacing) <= MOST_KEYS
    assert not spacing.allow("flooder", 0)


def test_rested_keys_go_first_and_then_the_less_busy_half() -> None:
    spacing = Spacing(10, most=4)
    for key, now in [("a", 0), ("b", 1), ("c", 15), ("d", 16), ("e", 17)]:
        spacing.take(key, now)
    assert [key for key in "abcde" if spacing.wait(key, 17)] == ["c", "d", "e"]
    for key, now in [("f", 18), ("f", 18), ("g", 18)]:
        spacing.take(key, now)
    assert [key for key in "abcdefg" if spacing.wait(key, 18)] == ["f", "g"]
