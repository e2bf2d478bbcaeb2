"""What the Bot API promises to answer: what is not that is no answer.

Looked at is what python-telegram-bot cannot do without. Anything else may be missing, or new.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_Fields = Mapping[str, type]

_CHAT: _Fields = {"id": int, "type": str}
_MESSAGE: _Fields = {"message_id": int, "date": int, "chat": dict}
_OBJECTS: Mapping[str, _Fields] = {
    "getMe": {"id": int, "is_bot": bool, "first_name": str, "username": str},
    "getWebhookInfo": {"url": str, "has_custom_certificate": bool, "pending_update_count": int},
    "answerGuestQuery": {"inline_message_id": str},
}

_BITS = 63
"""Of an update's id: no database takes more."""


def is_promised(method: str, result: Any) -> bool:
    """Is this what the method gives? Those that the bot calls and that stand nowhere here give
    true."""
    if method.startswith("send"):
        return _is_message(result)
    if method.startswith("edit"):
        return result is True or _is_message(result)
    if method == "getUpdates":
        return isinstance(result, list) and all(map(is_update, result))
    return _holds(result, _OBJECTS[method]) if method in _OBJECTS else result is True


def is_update(value: Any) -> bool:
    """Is this an object with the id of an update?"""
    return _holds(value, {"update_id": int}) and 0 <= value["update_id"] < 1 << _BITS


def _is_message(value: Any) -> bool:
    return _holds(value, _MESSAGE) and _holds(value["chat"], _CHAT)


def _holds(value: Any, fields: _Fields) -> bool:
    # Not isinstance: to Python, true is an integer.
    return isinstance(value, dict) and all(type(value.get(name)) is fields[name] for name in fields)
