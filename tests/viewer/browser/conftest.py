"""Decides how tests sit down at a browser: the seeded room served, a page for each person, no error logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page

from tests.fakes.viewer.browsing import chromium, served
from tests.viewer.seeding import Room
from viewer import session

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def address(held: Room, app: FastAPI) -> Iterator[str]:
    """Where the room's pages are while the test runs."""
    with served(app) as at:
        yield at


@pytest.fixture
def sit_down(held: Room, address: str, chrome: Browser) -> Iterator[Open]:
    """sit_down("archivist") is a page of a browser in which that person has signed in; what it logs fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(name: str, width: int = 1366, scripts: bool = True) -> Page:
        screen = {"width": width, "height": 768}
        context = chrome.new_context(base_url=address, viewport=screen, java_script_enabled=scripts)  # type: ignore[arg-type]
        contexts.append(context)
        if name:
            cookie = {"name": session.cookie_name(False), "value": held.cookie(name), "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
