"""What an update tells before it is parsed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.store.inbox import Arrival

_SECONDS_TO_LIVE = {Update.CALLBACK_QUERY: 150, Update.INLINE_QUERY: 30}

RawUpdate = Mapping[str, Any]


def is_stale(update: RawUpdate, age: float) -> bool:
    """Would Telegram refuse an answer (Client.cpp, add_update)? `age` is in seconds."""
    return age > _SECONDS_TO_LIVE.get(kind_of(update), age)


def arrival(update: RawUpdate) -> Arrival:
    """What the store keeps of it while it waits."""
    return Arrival(update["update_id"], _queue(update), json.dumps(dict(update)))


def kind_of(update: RawUpdate) -> str:
    """The field that is not the id: "message", "callback_query" ..."""
    return next((name for name in update if name != "update_id"), "")


def _queue(update: RawUpdate) -> str:
    """What has to stay in order: a chat; or what somebody does outside of any."""
    content = update[kind_of(update)]
    for path in (("chat",), ("message", "chat"), ("from",)):
        if (place := _at(content, *path, "id")) is not None:
            # In ASCII like the rest, whatever it is that Telegram calls an id.
            return f"{path[-1]} {place!a}"
    return f"update {update['update_id']}"


def _at(content: Any, *path: str) -> Any:
    for name in path:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content
