"""How a rule that was broken becomes what the Bot API answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.playground.rules import Rule

__all__ = ["ApiError", "Rule", "describe", "within"]

PREFIXES: Mapping[int, str] = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
}


class ApiError(Exception):
    """What the Bot API answers instead of a result; `parameters` are for the client to act on."""

    def __init__(
        self, rule: Rule, parameters: Mapping[str, int] | None = None, **facts: object
    ) -> None:
        self.status = rule.status
        self.parameters = parameters
        self.message = rule.message.format_map(facts)
        super().__init__(self.message)

    @property
    def description(self) -> str:
        return describe(self.status, self.message)


def describe(status: int, message: str) -> str:
    """The message under its status' name, its first letter lowered as Client.cpp:183-203 does."""
    prefix = PREFIXES[status]
    if not message:
        return prefix
    second = message[1:2]
    shouted = second == "_" or "A" <= second <= "Z"
    return f"{prefix}: {message if shouted else message[0].lower() + message[1:]}"


@contextmanager
def within(context: str) -> Iterator[None]:
    """Says what was being read when a refusal came: `Can't parse BotCommand: ...`."""
    try:
        yield
    except ApiError as error:
        error.message = f"{context}: {error.message}"
        raise
