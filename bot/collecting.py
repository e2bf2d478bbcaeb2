"""Garbage collection, put off while much is made that will all stay.

Python looks for objects that hold one another in circles again and again while hundreds of
thousands are made: a tenth of the time, to find none.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """No collection meanwhile. Whoever finds it off leaves it so, and whoever put it off ends that:
    so with several threads at it, the first to end may end it for all, and none leaves it off."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
