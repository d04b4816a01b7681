"""The page of completeness in a browser: narrow and wide, light and dark, and a waiver given by hand."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import SCHOOL, Room
from viewer import session

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNIT = f"/completeness/unit?key={SCHOOL.id}/school/2012"
PAGES = ("/completeness?show=all", UNIT)


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("at", PAGES)
def test_no_page_is_wider_than_its_screen(held: Room, sit_down: Open, at: str, width: int) -> None:
    page = sit_down("archivist", width)
    page.goto(at)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("at", PAGES)
def test_pages_are_accessible_in_light_and_dark(
    held: Room, address: str, chrome: Browser, at: str, scheme: Literal["light", "dark"]
) -> None:
    """axe's rules, contrast AA among them; its script is ours to run, so the policy steps aside for it."""
    context = chrome.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(at)
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_place_is_waived_by_hand_with_scripts_and_without(held: Room, sit_down: Open, scripts: bool) -> None:
    page = sit_down("archivist", scripts=scripts)
    page.goto(UNIT)
    missing = page.get_by_role("row", name="上级文件")
    missing.get_by_text("注明原因").click()
    missing.get_by_label("原因").fill("当年没有上级来文")
    missing.get_by_role("button", name="免此项").click()
    expect(page.get_by_role("row", name="上级文件")).to_contain_text("当年没有上级来文")
    page.get_by_role("row", name="上级文件").get_by_role("button", name="撤回").click()
    expect(page.get_by_role("row", name="上级文件")).to_contain_text("缺")
