"""Which URLs Telegram takes, and what it makes of them (td: LinkManager.cpp, HttpUrl.cpp)."""

from __future__ import annotations

import re

_OWN_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_SCHEME = re.compile(r"([^:/?#@]*)://")
_PARTS = re.compile(
    r"(?P<userinfo>[^/?#]*@)?(?P<host>\[[^]]*\]|[^/?#:]*)(?P<port>:[^/?#]*)?(?P<rest>.*)", re.DOTALL
)
_HOST = re.compile(r"\[[0-9a-f:.]+\]|[\w.!$,~*'();&+=%-]+", re.IGNORECASE)


class LinkError(ValueError):
    """The URL is none that Telegram takes; `str()` is its reason."""


def checked_link(url: str) -> str:
    """The URL as Telegram stores it: with a scheme, a lower-case host and a path.

    Raises LinkError.
    """
    if own := _OWN_SCHEME.match(url):
        return _own_link(own[1].lower(), url[own.end() :])
    scheme, address = _split_scheme(url)
    parts = _parts(address)
    host = parts["host"].lower()
    if "." not in host and not host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    return (
        f"{scheme}://{parts['userinfo'] or ''}{host}{parts['port'] or ''}{_rooted(parts['rest'])}"
    )


def _own_link(scheme: str, address: str) -> str:
    parts = None if _SCHEME.match(address) else _parts(address)
    if not parts or parts["userinfo"] or parts["port"]:
        raise LinkError(f"Wrong {scheme} URL")
    return f"{scheme}://{parts['host'].lower()}{parts['rest']}"


def _split_scheme(url: str) -> tuple[str, str]:
    found = _SCHEME.match(url)
    if not found:
        return "http", url
    scheme = found[1].lower()
    if scheme not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    return scheme, url[found.end() :]


def _parts(address: str) -> re.Match[str]:
    parts = _PARTS.match(address)
    assert parts, "every part may be empty"
    if not parts["host"]:
        raise LinkError("URL host is empty")
    if not _HOST.fullmatch(parts["host"]):
        raise LinkError("Disallowed character in URL host")
    port = (parts["port"] or ":1")[1:]
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise LinkError("Wrong port number specified in the URL")
    return parts


def _rooted(rest: str) -> str:
    return rest if rest.startswith("/") else "/" + rest
