"""Brings an update to a webhook over the network."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp

from bot.playground.webhook import Reply


async def post_over_http(url: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """Raises OSError if no answer comes. How long to wait for one is up to the caller."""
    timeout = aiohttp.ClientTimeout()
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, headers=headers, data=body, allow_redirects=False) as response,
        ):
            content = await response.read()
    except aiohttp.ClientError as error:
        raise OSError(str(error)) from error
    wait = response.headers.get("Retry-After", "")
    return Reply(
        response.status,
        content,
        int(wait) if wait.isdigit() else 0,
        response.headers.get("Content-Type", ""),
        response.reason or "",
    )
