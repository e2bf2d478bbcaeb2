"""What goes into the log: one line a record, and never a secret."""

from __future__ import annotations

import logging
import re
import sys

# Bot tokens, wherever they come from: in URLs that httpx logs, in PTB's InvalidToken, in reprs.
# No \b before the digits: in a URL they follow "bot".
_TOKEN = re.compile(r"[0-9]+(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
# Whatever ends a line or moves a terminal's cursor, so that nobody can forge a record.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def redact(text: str) -> str:
    """`text` with every bot token struck out."""
    return _TOKEN.sub("[token]", text)


class OneLine(logging.Formatter):
    """A record with its traceback as one line without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return _CONTROLS.sub(_escaped, redact(super().format(record)))


def _escaped(control: re.Match[str]) -> str:
    return control[0].encode("unicode_escape").decode()


def set_up(level: str) -> None:
    """Sends this process's records to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # They log a line a request, with the token in it; errors come to us as exceptions anyway.
    # The store's tell at DEBUG what they write, and that is what people wrote.
    for noisy in ("httpx", "httpcore", "telegram", "aiosqlite", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It logs a whole update that it cannot read, with what a person wrote; and raises it, too.
    logging.getLogger("telegram.Bot").setLevel(logging.CRITICAL + 1)
