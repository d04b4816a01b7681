"""The ledger is live: what arrives shows by itself, and the keyboard stays where it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from index.domain.scan import Reason, ScanState
from tests.fakes.viewer.browsing import chromium, served
from tests.viewer.seeding import Room, _scan
from viewer import session

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def ledger(browser: Browser, held: Room, app: FastAPI) -> Iterator[Page]:
    with served(app) as address:
        context = browser.new_context(base_url=address)
        cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.goto("/intake")
        yield page
        context.close()


def test_what_arrives_shows_by_itself(held: Room, ledger: Page) -> None:
    with held.home.catalogue.writing() as work:
        work.scans.add(_scan("刚到.tif", ScanState.QUARANTINED, reason=Reason("empty-file")))
    expect(ledger.locator(".aside .name", has_text="刚到.tif")).to_be_visible()
    expect(ledger.locator(".sentence")).to_contain_text("2 隔离")


def test_the_focus_stays_on_its_button_when_rows_change(held: Room, ledger: Page) -> None:
    button = ledger.locator(".aside button").first
    button.focus()
    name = button.get_attribute("id")
    with held.home.catalogue.writing() as work:
        work.scans.add(_scan("又来.tif", ScanState.SEEN))
    expect(ledger.locator("td.name", has_text="又来.tif")).to_be_visible()
    assert ledger.evaluate("document.activeElement.id") == name
