"""Who may ask: programs and pages of this machine. A web page from elsewhere is refused, whatever name it came by.

A page of another site can send requests to this address, and with a name that resolves to it (DNS rebinding) read the
answers. The Host header gives the second away, the Origin header the first.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = {"127.0.0.1", "localhost", "::1"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Lets requests through that are addressed to this machine and come from no other site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 to a strange Host and 403 to a strange Origin; else pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app: ASGIApp = self.app
        if _name(f"//{host}") not in NAMES:
            app = PlainTextResponse("this is not the host you asked for\n", 421)
        elif origin is not None and origin != f"http://{host}":
            app = PlainTextResponse("pages of other sites may not ask\n", 403)
        await app(scope, receive, send_safely)


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
