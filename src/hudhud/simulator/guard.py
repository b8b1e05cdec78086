"""Keeps web pages of other sites away: a simulator on loopback is still in the browser's reach."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        # What the product sends lies wherever it says: the phone shows it, as WhatsApp does.
        "img-src 'self' http: https: data:; media-src 'self' http: https: data:; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Guard:
    """Refuses a foreign Host (DNS rebinding) and a foreign Origin; adds the security headers."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """Guard `app`; only a server on loopback knows by which names it may be called."""
        self._app = app
        self._names = LOOPBACK | {host} if host in LOOPBACK else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        name = urlsplit(f"//{host}").hostname
        foreign = self._names is not None and name not in self._names
        if foreign or (origin is not None and urlsplit(origin).netloc != host):
            refusal = JSONResponse({"error": "This simulator is not open to it."}, status_code=403)
            await refusal(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)
