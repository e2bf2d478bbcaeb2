"""Memory that the process does not need any more, given back to the system.

Python frees what hangs together in circles only now and then, and the C library keeps what is freed
for later. What an FAQ is loaded with, and the edition that a new one replaces, is not needed again
before the file is saved anew, so later is too late.
"""

from __future__ import annotations

import ctypes
import gc

_trim = getattr(ctypes.CDLL(None), "malloc_trim", bool)
"""glibc has it; with other C libraries nothing is done."""


def give_back() -> None:
    """Takes a tenth of a second."""
    gc.collect()
    _trim(0)
