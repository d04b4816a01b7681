"""Hits at the screen: walked by key through files and items, saved without a script, accessible in light and dark."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from index.domain.access import Marking
from tests.sheets import sheet
from tests.viewer import seeding
from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room
from viewer import session

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("/search?q=的", "/search?q=劳动合同&year=2009&by=page", "/items/{item}/like", "/saved")


@pytest.fixture
def filed_together(held: Room) -> str:
    """A second contract of one employee: a subject file of two items."""
    return seeding._item(held.home, seeding.COMPANY, [sheet("contract", 7)], 50, marking=Marking.PERSONAL)


def test_keys_walk_the_hits_of_a_file_and_on_and_enter_opens(filed_together: str, held: Room, sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto("/search?q=合同")
    page.wait_for_load_state("load")
    hits = page.locator(".hit-row")
    assert page.locator(".of-file .hit-row").count() == 2 < hits.count()
    for number in range(3):
        page.keyboard.press("j" if number % 2 else "ArrowDown")
        expect(hits.nth(number)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    title = hits.nth(1).locator("a.title").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{title}")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_is_saved_and_its_news_looked_at(held: Room, sit_down: Open, scripts: bool) -> None:
    page = sit_down("reader", scripts=scripts)
    page.goto("/search?q=通知")
    page.get_by_text("保存此检索").click()
    page.get_by_label("检索名称").fill("各类通知")
    page.locator(".saving").get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name="各类通知")).to_be_visible()
    item_id = seeding._item(held.home, seeding.SCHOOL, [sheet("notice", 41)], 50)
    page.goto("/")
    page.get_by_role("button", name="各类通知").click()
    expect(page.locator(f"a.title[href*='{item_id}']")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("button", name="各类通知")).to_have_count(0)


def test_a_value_more_is_chosen_and_let_go_of(sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto("/search?q=的")
    for _ in range(2):
        page.locator(".facets section").nth(2).locator("a:not([aria-current])").first.click()
    chosen = page.locator(".facets a[aria-current]")
    expect(chosen).to_have_count(2)
    chosen.first.click()
    expect(page.locator(".facets a[aria-current]")).to_have_count(1)


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("at", PAGES)
def test_no_page_is_wider_than_its_screen(filed_together: str, held: Room, sit_down: Open, at: str, width: int) -> None:
    page = sit_down("archivist", width)
    page.goto(at.format(item=held.items["contract"]))
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("at", PAGES)
def test_pages_are_accessible_in_light_and_dark(
    filed_together: str, held: Room, address: str, chrome: Browser, at: str, scheme: Literal["light", "dark"]
) -> None:
    """axe's rules, contrast AA among them, with every menu of the page open."""
    context = chrome.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/search?q=通知")
    page.get_by_text("保存此检索").click()
    page.locator(".saving").get_by_role("button", name="保存").click()
    page.goto(at.format(item=held.items["contract"]))
    for summary in page.locator(".saving summary, .saved summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
