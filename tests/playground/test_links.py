from __future__ import annotations

import pytest

from bot.playground.links import LinkError, checked_link


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("telegram.org", "http://telegram.org/"),
        ("HTTPS://Telegram.ORG/A?b#c", "https://telegram.org/A?b#c"),
        ("a.org?b", "http://a.org/?b"),
        ("http://me:pass@a.org:8080/b", "http://me:pass@a.org:8080/b"),
        ("http://[::1]/", "http://[::1]/"),
        ("tg:resolve?domain=a", "tg://resolve?domain=a"),
        ("tg://user?id=1", "tg://user?id=1"),
    ],
)
def test_a_link_is_stored_in_full(url: str, stored: str) -> None:
    assert checked_link(url) == stored


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("localhost", "Wrong HTTP URL"),
        ("http://localhost:8080/x", "Wrong HTTP URL"),
        ("happ://a.org", "Unsupported URL protocol"),
        ("a.org b", "Disallowed character in URL host"),
        ("", "URL host is empty"),
        ("https://", "URL host is empty"),
        ("http://a.org:0/", "Wrong port number specified in the URL"),
        ("http://a.org:x/", "Wrong port number specified in the URL"),
        ("tg://a:1/", "Wrong tg URL"),
        ("ton://https://a.org", "Wrong ton URL"),
    ],
)
def test_what_is_no_link_is_refused(url: str, problem: str) -> None:
    with pytest.raises(LinkError, match=f"^{problem}$"):
        checked_link(url)
