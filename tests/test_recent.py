"""What is remembered a while is bounded, by age and by number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recent import Recent


class Watch:
    time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch() -> Watch:
    return Watch()


def recent(now: Callable[[], float], most: int = 3) -> Recent[str, int]:
    return Recent(age=10.0, most=most, now=now)


def test_what_was_put_is_there_for_its_time(watch: Watch) -> None:
    memory = recent(watch)
    memory.put("a", 1)
    watch.time = 9.9
    assert memory.get("a") == 1
    watch.time = 10.0
    assert memory.get("a") is None
    assert len(memory) == 0


def test_putting_it_again_starts_its_time_anew(watch: Watch) -> None:
    memory = recent(watch)
    memory.put("a", 1)
    memory.put("b", 2)
    watch.time = 6.0
    memory.put("a", 3)
    watch.time = 12.0
    assert (memory.get("a"), memory.get("b")) == (3, None)


def test_the_oldest_makes_room(watch: Watch) -> None:
    memory = recent(watch)
    for number, key in enumerate("abcd"):
        memory.put(key, number)
    assert [memory.get(key) for key in "abcd"] == [None, 1, 2, 3]


def test_what_is_dropped_is_gone_and_may_have_been_before(watch: Watch) -> None:
    memory = recent(watch)
    memory.put("a", 1)
    for _ in range(2):
        memory.drop("a")
    assert memory.get("a") is None


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.floats(0, 5))))
def test_it_never_holds_more_or_older_things_than_it_may(steps: list[tuple[str, float]]) -> None:
    watch = Watch()
    memory, put = recent(watch), dict[str, float]()
    for key, pause in steps:
        watch.time += pause
        memory.put(key, 0)
        put[key] = watch.time
        assert len(memory) <= 3
        held = {key for key in put if memory.get(key) is not None}
        assert all(watch.time - put[key] < 10.0 for key in held)
