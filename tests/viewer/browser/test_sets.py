"""Sets on an item's page and versions of contents lists in a browser: narrow, wide, accessible, without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room
from viewer import session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def pages(held: Room) -> list[str]:
    contract = held.item("contract")
    return [f"/items/{held.items['notice']}", f"/contents/{contract.file_id}"]


def opened(page: Page, at: str) -> None:
    page.goto(at)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_is_wider_than_its_screen(held: Room, sit_down: Open, width: int) -> None:
    page = sit_down("archivist", width)
    for at in pages(held):
        opened(page, at)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_in_light_and_dark(held: Room, address: str, chrome: Browser, scheme: str) -> None:
    """axe's rules, contrast AA among them; its script is ours to run, so the policy steps aside for it."""
    context = chrome.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    found = []
    for at in pages(held):
        opened(page, at)
        found += Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_paper_is_found_related_denied_and_restored_with_scripts_and_without(
    held: Room, sit_down: Open, scripts: bool
) -> None:
    page, plan = sit_down("archivist", scripts=scripts), held.item("plan")
    page.goto(f"/items/{held.items['notice']}")
    page.get_by_text("成套文件").click()
    page.get_by_text("关联另一件").click()
    page.get_by_label("档号、文号或题名").fill(plan.reference_code)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("radio").check()
    page.get_by_label("本件是").select_option("它的复文")
    page.get_by_role("button", name="关联", exact=True).click()
    bound = page.locator("#set > ul > li")
    expect(bound).to_contain_text(f"答复 {plan.title}")
    bound.get_by_role("button", name="不是").click()
    page.get_by_text("已否定 1 条").click()
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("#set > ul > li")).to_contain_text("archivist 确认")
