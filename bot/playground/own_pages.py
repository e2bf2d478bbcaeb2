"""Keeps pages from elsewhere out of a server on this machine.

Any page in the browser can send requests to 127.0.0.1. It cannot forge `Origin` and
`Sec-Fetch-Site`, which tell that it did (cross-site request forgery); nor `Host`, which names its
own domain if that has been made to point here (DNS rebinding). Programs send none of the first two.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_NAMES = ("127.0.0.1", "localhost")


class OwnPages:
    """ASGI middleware: answers 403 to what comes from anybody else's page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        why = _refusal(scope, Headers(scope=scope))
        answer = JSONResponse({"error": why}, HTTPStatus.FORBIDDEN) if why else self._app
        await answer(scope, receive, send)


def _refusal(scope: Scope, headers: Headers) -> str:
    host = headers.get("Host", "")
    if host.partition(":")[0] not in _NAMES:
        return "this server answers to 127.0.0.1 and localhost only"
    own = headers.get("Origin", f"http://{host}") == f"http://{host}"
    near = headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")
    # A link that leads here does no harm: by itself the page does nothing.
    way = scope["method"], scope["path"], headers.get("Sec-Fetch-Mode")
    led_here = way == ("GET", "/", "navigate")
    return "" if own and (near or led_here) else "only the page of this server may use it"
