"""What happened a little while ago: a memory that forgets by itself."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by key, none older than `age` seconds, and no more than `most` of them.

    `now` tells the seconds of a clock that never goes back.
    """

    def __init__(self, *, age: float, most: int, now: Callable[[], float]) -> None:
        self._age = age
        self._most = most
        self._now = now
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def __len__(self) -> int:
        self._forget_old()
        return len(self._kept)

    def put(self, key: K, value: V) -> None:
        """Keeps the value from now on, instead of what the key had before."""
        self._kept.pop(key, None)
        self._kept[key] = self._now(), value
        self._forget_old()
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: K) -> V | None:
        self._forget_old()
        _, value = self._kept.get(key, (0.0, None))
        return value

    def drop(self, key: K) -> None:
        self._kept.pop(key, None)

    def _forget_old(self) -> None:
        since = self._now() - self._age
        while self._kept:
            key, (time, _) = next(iter(self._kept.items()))
            if time > since:
                break
            del self._kept[key]
