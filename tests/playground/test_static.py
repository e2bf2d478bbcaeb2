"""The page's files keep their promises: nothing from outside, and no text that becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from bot.playground import page
from bot.playground.server import serving
from bot.playground.telegram import Telegram

STATIC = Path(page.__file__).parent / "static"
FILES = sorted(STATIC.iterdir())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_becomes_markup_or_code(path: Path) -> None:
    forbidden = r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function)\b"
    assert not re.search(forbidden, path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_outside(path: Path) -> None:
    text = path.read_text("utf-8")
    loaded = re.findall(r"""(?:src|href)="([^"]+)"|url\(|@import|from "([^"]+)\"""", text)
    for attribute, module in loaded:
        name = (attribute or module).lstrip("./")
        assert name.startswith("#") or (STATIC / name).is_file()


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    html = (STATIC / "index.html").read_text("utf-8")
    assert re.findall(r"<script[^>]*>", html) == ['<script type="module" src="/app.js">']
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


async def test_the_browser_is_told_what_the_page_may_do(telegram: Telegram) -> None:
    """A link from elsewhere leads here, too; by itself the page does nothing."""
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with (
        serving(telegram, routes=page.page_routes(telegram)) as url,
        httpx.AsyncClient() as client,
    ):
        response = await client.get(url, headers=followed)
    assert response.status_code == 200
    assert "<title>Playground</title>" in response.text
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
