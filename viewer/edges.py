"""Decides what every answer carries, and what becomes of a fault: security headers, the one broad except of the web.

Nothing is cached but our own static files; nothing runs that is not a file of ours.
"""

from __future__ import annotations

import secrets
import traceback

import structlog
from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.wiring import Home
from index.domain.errors import MunimentError
from viewer.problems import answer

POLICY = (
    "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
STATIC_FOR = "public, max-age=31536000, immutable"
"""Static files carry their digest in their address."""

log = structlog.get_logger()


class SafeHeaders:
    """Puts the headers on every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        static = scope["path"].startswith("/static/")

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = STATIC_FOR if static and message["status"] == 200 else "no-store"
            await send(message)

        await self._app(scope, receive, send_safely)


class FaultEdge:
    """The broad except of the web: a fault of ours is logged under a number, and the reader is told the number."""

    def __init__(self, app: ASGIApp, home: Home) -> None:
        self._app = app
        self._home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception:
            if started:  # uvicorn's to log, or an answer that was cut short: a form beyond the limit is no fault
                raise
            reference = secrets.token_hex(4)
            # As plain lines: a renderer that prints local variables would print passwords.
            log.error("fault", reference=reference, path=scope.get("path"), trace=traceback.format_exc())
            fault = MunimentError("fault", reference=reference)
            await answer(self._home, Request(scope), fault)(scope, receive, send)
