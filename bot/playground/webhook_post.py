"""Brings an update to a webhook over the network."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from bot.playground.webhook import Reply


async def post_over_http(url: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """Raises OSError if no answer comes. How long to wait for one is up to the caller."""
    try:
        async with httpx.AsyncClient(timeout=None, trust_env=False) as client:
            response = await client.post(url, headers=headers, content=body)
    except httpx.HTTPError as error:
        raise OSError(str(error)) from error
    wait = response.headers.get("Retry-After", "")
    return Reply(response.status_code, response.content, int(wait) if wait.isdigit() else 0)
