"""What goes into the log: one line a record, never a secret, and no thing a thousand times."""

from __future__ import annotations

import copy
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection
from time import monotonic

from bot.spacing import Spacing

# Bot tokens, wherever they come from: in URLs that libraries log, in PTB's InvalidToken, in reprs.
# No \b before the digits: in a URL they follow "bot".
_TOKEN = re.compile(r"[0-9]+(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^\s:/@]*):[^\s/]*(?=@)")
# Whatever ends a line or moves a terminal's cursor, so that nobody can forge a record.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

AT_ONCE = 5
"""Records from one line of the code that go out at once; then it is one a second."""


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """`text` with every bot token, every password in a URL and the given secrets struck out."""
    # Longest first: one may be part of another.
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    return _TOKEN.sub("[token]", _PASSWORD_IN_URL.sub(r"\1:[password]", text))


class OneLine(logging.Formatter):
    """A record with its traceback as one line without secrets."""

    def __init__(self, form: str, secrets: Collection[str] = ()) -> None:
        super().__init__(form)
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return _CONTROLS.sub(_escaped, redact(super().format(record), self._secrets))


def _escaped(control: re.Match[str]) -> str:
    return control[0].encode("unicode_escape").decode()


class Sparing(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to standard error, but not what a thousand failures a second would say a thousand
    times: of those left out it tells the number. That it cannot write ends nothing."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(sys.stderr)
        self._clock = clock
        self._spacing = Spacing(1.0, burst=AT_ONCE)
        self._left_out: Counter[tuple[str, int]] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        place = record.pathname, record.lineno
        if not self._spacing.allow(place, self._clock()):
            self._left_out[place] += 1
            return
        if left_out := self._left_out.pop(place, 0):
            record = copy.copy(record)
            record.msg = f"{record.getMessage()} (and {left_out:,} more from here)"
            record.args = ()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nobody is left to tell."""


def set_up(level: str, secrets: Collection[str] = ()) -> None:
    """Sends this process's records to standard error."""
    handler = Sparing()
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s", secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # They log a line a request, with the token in it; errors come to us as exceptions anyway.
    # The store's tell at DEBUG what they write, and that is what people wrote.
    for noisy in ("httpx", "httpcore", "telegram", "aiosqlite", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It logs a whole update that it cannot read, with what a person wrote; and raises it, too.
    logging.getLogger("telegram.Bot").setLevel(logging.CRITICAL + 1)
