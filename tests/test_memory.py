"""Memory that is given back."""

from __future__ import annotations

import weakref

from bot.memory import give_back


class Circle:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_hangs_together_in_a_circle_is_freed() -> None:
    circle = weakref.ref(Circle())
    give_back()
    assert circle() is None
