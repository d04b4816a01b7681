"""Decides how the pages are served: uvicorn over the app, HTTPS when a certificate is set, quiet when idle."""

from __future__ import annotations

import asyncio

import uvicorn

from config.wiring import Home
from viewer.app import create_app

#: Uvicorn looks ten times a second whether it should end, which is most of what an idle room costs; ours looks twice.
TICKS = 5


class QuietServer(uvicorn.Server):
    """Uvicorn, woken less often while nobody asks anything."""

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter = (counter + TICKS) % 864_000
            await asyncio.sleep(TICKS / 10)


def serve(home: Home, host: str = "", port: int = 0) -> None:
    """Until SIGTERM or SIGINT; `host` and `port` stand before the settings'."""
    viewer = home.settings.viewer
    settings = uvicorn.Config(
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
    QuietServer(settings).run()
