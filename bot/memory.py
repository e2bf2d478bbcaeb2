"""Memory that the process does not need any more, given back to the system.

Python frees what hangs together in circles only now and then, and the C library keeps what is freed
for later. What an FAQ is loaded with, and the edition that a new one replaces, is not needed again
before the file is saved anew, so later is too late.
"""

from __future__ import annotations

import ctypes
import gc

_library = ctypes.CDLL(None)
_trim = getattr(_library, "malloc_trim", bool)
_set = getattr(_library, "mallopt", max)
"""glibc has them; with other C libraries nothing is done."""

_ARENAS, _TOP, _LARGE = -8, -1, -3
"""How `malloc.h` calls them: M_ARENA_MAX, M_TRIM_THRESHOLD, M_MMAP_THRESHOLD."""


def spare() -> None:
    """From now on, has the C library keep less for later: it gives back free blocks of 512 KiB at
    once, and what is free at the end of all from 256 KiB on (with less, a query takes longer); and
    threads share one arena, for they hardly ever run at the same time."""
    _set(_ARENAS, 1)
    _set(_TOP, 256 << 10)
    _set(_LARGE, 512 << 10)


def give_back() -> None:
    """Takes a tenth of a second."""
    gc.collect()
    _trim(0)
