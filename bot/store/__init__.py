"""What the bot has to remember over a restart, in SQLite or in PostgreSQL.

In reading order:

    dialects.py   the one place where SQLite and PostgreSQL differ
    file.py       the file of an SQLite store: whose it is, and whether it is still there
    schema.py     the tables, and the steps by which an older store becomes today's
    store.py      Store: opening, migrating, transactions; and looking in from outside
    inbox.py      updates that wait to be answered: add, claim, settle, postpone
    misses.py     what people asked in vain: add, list, forget
"""

from __future__ import annotations

from bot.store.inbox import InboxFull
from bot.store.store import IN_MEMORY, Store, StoreUnavailable, look_into

__all__ = ["IN_MEMORY", "InboxFull", "Store", "StoreUnavailable", "look_into"]
