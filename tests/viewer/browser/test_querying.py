"""The search box completes what is begun: by key, by mouse, never while an input method composes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def begun(page: Page, typed: str) -> Page:
    page.goto("/browse")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.locator("#endings li").first.wait_for()
    return page


def test_what_is_begun_is_chosen_by_key_and_searched(held: Room, sit_down: Open) -> None:
    title = held.item("contract").title
    page = begun(sit_down("archivist"), f"合同 题名:{title[:2]}")
    row = page.locator("#endings li", has_text=title).first
    expect(page.locator("#find")).to_have_attribute("aria-expanded", "true")
    while row.get_attribute("aria-selected") is None:
        page.keyboard.press("ArrowDown")
    expect(page.locator("#find")).to_have_attribute("aria-activedescendant", row.get_attribute("id") or "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("#find")).to_have_value(f"合同 题名:{title}")
    expect(page.locator("a.title").first).to_have_text(title)


def test_enter_without_a_choice_searches_what_was_typed(sit_down: Open) -> None:
    page = begun(sit_down("archivist"), "劳动")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("#find")).to_have_value("劳动")


def test_escape_closes_the_list_first_and_a_click_takes_a_row(held: Room, sit_down: Open) -> None:
    page = begun(sit_down("archivist"), held.item("contract").title[:2])
    page.keyboard.press("Escape")
    expect(page.locator("#endings")).to_be_hidden()
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type(held.item("contract").title[2])
    page.locator("#endings li").first.click()
    page.wait_for_url("**/search?q=*")


def test_nothing_is_asked_while_an_input_method_composes(sit_down: Open) -> None:
    page = sit_down("archivist")
    page.clock.install()
    page.goto("/browse")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    page.keyboard.press("/")
    box = page.locator("#find")
    box.dispatch_event("compositionstart")
    page.keyboard.type("lao dong")
    page.clock.run_for(2000)
    assert asked == []
    box.evaluate("box => { box.value = '劳动'; }")
    with page.expect_response("**/api/suggest*"):
        box.dispatch_event("compositionend")
        page.clock.run_for(2000)
    page.locator("#endings li").first.wait_for()
    assert len(asked) == 1


@pytest.mark.parametrize("width", [1366, 390])
def test_the_list_and_the_help_are_accessible_and_fit(sit_down: Open, width: int) -> None:
    page = sit_down("archivist", width=width)
    page.goto("/search")
    page.fill("#find", "劳动")
    page.locator("#endings li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_without_scripts_what_may_have_been_meant_is_a_link(sit_down: Open) -> None:
    page = sit_down("archivist", scripts=False)
    page.goto("/search?q=劳动和合同")
    page.locator(".offers a").first.click()
    expect(page.locator("mark").first).to_have_text("劳动合同")
