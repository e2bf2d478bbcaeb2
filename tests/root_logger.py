"""The root logger, lent to a test that sets up logging."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LOGGERS = ("httpx", "httpcore", "telegram")


@contextmanager
def lent() -> Iterator[None]:
    """Handlers and levels are afterwards what they were."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    levels = {name: logging.getLogger(name).level for name in LOGGERS}
    root.handlers = []
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
