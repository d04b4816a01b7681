"""Decides how the pages are served: uvicorn over the app, HTTPS when a certificate is set, quiet when idle."""

from __future__ import annotations

import uvicorn

from config.wiring import Home
from viewer.app import create_app


def serve(home: Home, host: str = "", port: int = 0) -> None:
    """Until SIGTERM or SIGINT; `host` and `port` stand before the settings'."""
    viewer = home.settings.viewer
    uvicorn.run(
        create_app(home),
        host=host or viewer.host,
        port=port or viewer.port,
        ssl_certfile=viewer.certificate or None,
        ssl_keyfile=viewer.key or None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
