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
    """No collection meanwhile, unless another thread ends the same first."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
