"""JSON from outside, read strictly: whatever could mean two things, or cost too much, is refused.

Python's own reader takes NaN, a number too large for a float, the second of two equal keys, and
any depth that its stack allows; what it took, a store or another reader then chokes on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

DEEPEST = 64
"""Objects and lists inside of one another; Telegram's own stop at some 15."""


def read_object(body: bytes) -> dict[str, Any]:
    """The object that the body is, in UTF-8 without a byte order mark. Raises ValueError."""
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(value, dict):
        raise ValueError("no object")
    if body.count(b"[") + body.count(b"{") > DEEPEST and _depth(value) > DEEPEST:
        raise ValueError("nested too deep")
    return value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        level = [part for whole in level for part in _parts(whole)]
        depth += 1
    return depth - 1


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key twice")
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_constant=_finite)
