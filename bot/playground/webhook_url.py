"""Which webhooks Telegram takes (Client.cpp do_set_webhook, WebhookActor.cpp start_up)."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from bot.playground.errors import ApiError, Rule

_PORTS = (80, 88, 443, 8443)
_LONGEST_SECRET = 256


def check_secret(secret: str) -> None:
    if len(secret) > _LONGEST_SECRET:
        raise ApiError(Rule.SECRET_LONG)
    if not re.fullmatch("[A-Za-z0-9_-]*", secret):
        raise ApiError(Rule.SECRET_CHARACTERS)


def checked_url(url: str, *, local: bool) -> str:
    """The URL with its scheme; a `local` server of the Bot API takes any."""
    full = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(full)
        port = parts.port or 443
    except ValueError:
        raise ApiError(Rule.WEBHOOK_URL) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ApiError(Rule.WEBHOOK_URL)
    if not local:
        _check_public(parts, port)
    return full


def _check_public(parts: SplitResult, port: int) -> None:
    if parts.scheme != "https":
        raise ApiError(Rule.WEBHOOK_HTTPS)
    if port not in _PORTS:
        raise ApiError(Rule.WEBHOOK_PORT)
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return
    if address.version == 6:
        raise ApiError(Rule.WEBHOOK_IPV6)
    if not address.is_global:
        raise ApiError(Rule.WEBHOOK_RESERVED, address=address)
