"""Databases for tests, each new and empty."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg
import pytest

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
"""Where tests may make roles; one that trusts whoever connects."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody with nothing but an empty schema of the same name, which is where they work."""

    name: str
    admin: asyncpg.Connection

    @property
    def url(self) -> str:
        place = urlsplit(SERVER)
        return f"postgresql://{self.name}@{place.hostname}:{place.port}{place.path}"

    async def set(self, what: str) -> None:
        await self.admin.execute(f"ALTER ROLE {self.name} {what}")

    async def cut_off(self) -> None:
        """Ends all connections of the role."""
        await self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", self.name
        )


@asynccontextmanager
async def role() -> AsyncIterator[Role]:
    try:
        admin = await asyncpg.connect(SERVER, timeout=5)
    except OSError:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no PostgreSQL")
    name = f"bot_{secrets.token_hex(6)}"
    await admin.execute(f"CREATE ROLE {name} LOGIN; CREATE SCHEMA {name} AUTHORIZATION {name}")
    made = Role(name, admin)
    try:
        yield made
    finally:
        await made.cut_off()
        await admin.execute(f"DROP SCHEMA {name} CASCADE; DROP ROLE {name}")
        await admin.close()
