"""A reader at the screen: signs in, searches, walks the hits by key, and the box lies on the word."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.sheets import sheet
from tests.typeset import printed
from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room
from viewer import passwords, session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def place(mark: Locator, picture: Locator) -> tuple[float, float, float, float]:
    """Where a box lies on the screen, as fractions of the picture."""
    box, whole = mark.bounding_box(), picture.bounding_box()
    assert box and whole
    return (
        (box["x"] - whole["x"]) / whole["width"],
        (box["y"] - whole["y"]) / whole["height"],
        box["width"] / whole["width"],
        box["height"] / whole["height"],
    )


def ready(page: Page) -> Page:
    page.locator("[data-ready]").wait_for(state="attached")
    return page


def test_from_sign_in_to_the_word_on_the_page(held: Room, sit_down: Open) -> None:
    with held.home.catalogue.writing() as work:
        work.people.save(replace(held.people["archivist"], password_hash=passwords.hashed("six quiet herons")))
    page = sit_down("")
    page.goto("/search?q=劳动合同")
    page.keyboard.type("archivist")
    page.keyboard.press("Tab")
    page.keyboard.type("six quiet herons")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("劳动合同")
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator("h1")).to_have_text("劳动合同")
    wanted = printed(sheet("contract", 7), 50).boxes("劳动合同")[0]
    found = place(page.locator(".paper .hit").first, page.locator(".paper img"))
    # Chromium counts the stroke of the box in: a pixel or two.
    assert found == pytest.approx(wanted, abs=0.01)


def test_the_box_stays_on_the_word_at_every_size(sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto("/search?q=劳动合同")
    page.locator("a.title").first.click()
    ready(page)
    places = []
    for key in ("0", "+", "+", "-", "0"):
        page.keyboard.press(key)
        places.append(place(page.locator(".paper .hit").first, page.locator(".paper img")))
    assert all(one == pytest.approx(places[0], abs=0.01) for one in places)


def standing(page: Page) -> tuple[str, int]:
    """The page shown and the match one has walked to on it, from 0."""
    now = "[...document.querySelectorAll('.paper .hit')].findIndex(hit => hit.classList.contains('now'))"
    return page.locator(".tools .number").inner_text(), page.evaluate(now)


def test_matches_are_walked_by_key_across_the_pages_of_an_item(held: Room, sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto(f"/items/{held.items['minutes']}?q=的")
    walked = [standing(ready(page))]
    while page.locator("[data-hit-page='1']").count():
        last = page.locator(".paper .hit").count() - 1
        while walked[-1][1] < last:
            page.keyboard.press("n")
            walked.append(standing(page))
        with page.expect_navigation():
            page.keyboard.press("n")
        walked.append(standing(ready(page)))
    assert len(walked) == len(set(walked))
    assert len({number for number, _ in walked}) > 1
    with page.expect_navigation():
        page.keyboard.press("p")
    assert standing(ready(page)) == walked[-2]


def test_arrows_turn_the_pages(held: Room, sit_down: Open) -> None:
    page = sit_down("reader")
    page.goto(f"/items/{held.items['minutes']}")
    ready(page)
    for key, number in (("ArrowRight", "2 / 5"), ("ArrowRight", "3 / 5"), ("ArrowLeft", "2 / 5")):
        with page.expect_navigation():
            page.keyboard.press(key)
        expect(page.locator(".tools .number")).to_have_text(number)
        ready(page)


def test_evidence_is_outlined_while_its_line_has_the_focus(held: Room, sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto(f"/items/{held.items['contract']}")
    ready(page)
    mark = page.locator("#evidence-title")
    assert "on" not in (mark.get_attribute("class") or "").split()
    page.locator("[data-evidence=title] a").focus()
    expect(mark).to_have_class("evidence on")


def test_keys_are_left_alone_while_somebody_types(sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto("/search?q=学校")
    page.keyboard.press("/")
    page.keyboard.press("End")
    page.keyboard.type("jk/")
    expect(page.locator("#find")).to_have_value("学校jk/")
    assert page.locator(".hit-row[aria-current]").count() == 0


def test_without_scripts_one_can_still_search_and_read(sit_down: Open) -> None:
    page = sit_down("archivist", scripts=False)
    page.goto("/")
    page.fill("#find", "劳动合同")
    page.press("#find", "Enter")
    page.locator("a.title").first.click()
    expect(page.locator(".text mark").first).to_have_text("劳动合同")
    assert page.locator(".paper .hit").first.is_visible()


PAGES = ("/", "/search?q=学校", "/browse", "/items/{item}?q=学校", "/health", "/people", "/me/password")


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    "at", ["/", "/search?q=学校", "/browse", "/items/{item}?q=学校", "/health", "/people", "/me/password"]
)
def test_no_page_is_wider_than_its_screen(held: Room, sit_down: Open, at: str, width: int) -> None:
    name = "administrator" if at in {"/people", "/health"} else "archivist"
    page = sit_down(name, width)
    page.goto(at.format(item=held.items["minutes"]))
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("at", PAGES)
def test_pages_are_accessible_in_light_and_dark(
    held: Room, address: str, chrome: Browser, at: str, scheme: Literal["light", "dark"]
) -> None:
    """axe's rules, contrast AA among them; its script is ours to run, so the policy steps aside for it."""
    name = "administrator" if at in {"/people", "/health"} else "archivist"
    context = chrome.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    cookie = {"name": session.cookie_name(False), "value": held.cookie(name), "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(at.format(item=held.items["minutes"]))
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_telephone_the_menu_opens_when_it_is_asked_for(sit_down: Open, scripts: bool) -> None:
    page = sit_down("archivist", 390, scripts)
    page.goto("/browse")
    entry = page.get_by_role("navigation", name="模块").get_by_role("link", name="批次")
    expect(entry).to_be_hidden()
    page.get_by_label("菜单").press("Space")
    entry.click()
    expect(page).to_have_url(re.compile("/batches$"))
    expect(page.get_by_role("link", name="批次", exact=True)).to_be_hidden()


def test_on_a_desk_the_menu_is_there(sit_down: Open) -> None:
    page = sit_down("archivist")
    page.goto("/browse")
    expect(page.get_by_role("link", name="批次", exact=True)).to_be_visible()
    expect(page.get_by_label("菜单")).to_be_hidden()
