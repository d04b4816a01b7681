"""A person reviews by keyboard alone, an input method is left in peace, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Dialog, Page, expect

from index.domain.holdings import ItemState
from tests.fakes.viewer.browsing import chromium, served
from tests.sheets import sheet
from tests.viewer.seeding import Room, doubtful_item
from viewer import session

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def desk(browser: Browser, held: Room, app: FastAPI) -> Iterator[Page]:
    """A page on which the archivist has signed in; a dialog is an answer nobody gave."""
    with served(app) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768})
        cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        yield context.new_page()
        context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href') || ''"))


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(60):
        if focused(page).startswith(wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def decide(page: Page, first: bool) -> None:
    """Walk the fields with Enter; choose by arrow and digit, from the second item on with F2."""
    while (field := focused(page)) != "retention":
        empty = page.evaluate("document.activeElement.value === ''")
        if empty and field in ("marking", "fonds", "pack", "series"):
            for key in ("ArrowDown", "ArrowDown") if first else ("F2",):
                page.keyboard.press(key)
        page.keyboard.press("Enter")
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")


@pytest.mark.timeout(300)
def test_twenty_doubtful_items_are_reviewed_by_keyboard_alone(held: Room, desk: Page) -> None:
    made = [doubtful_item(held.home, sheet("notice", 100 + number)) for number in range(19)]
    desk.goto("/review")
    tab_to(desk, "/review/")
    desk.keyboard.press("Enter")
    for number in range(20):
        desk.wait_for_url("**/review/*")
        at = desk.url
        if desk.evaluate("document.getElementById('date').value === ''"):
            give_date(desk)
        decide(desk, first=number == 0)
        desk.wait_for_url(lambda url, at=at: url != at)  # type: ignore[misc]
    expect(desk.locator("h1")).to_have_text("核对")
    for item_id in (*made, held.items["doubtful"]):
        with held.home.catalogue.reading() as work:
            item = work.items.get(item_id)
        assert item.state is ItemState.FILED
        assert item.value("retention") == "30y" and item.description["retention"].given_by == "archivist"


def give_date(page: Page) -> None:
    """Back to the date with Shift+Enter, and on."""
    while focused(page) != "date":
        page.keyboard.press("Shift+Enter")
    page.keyboard.type("20240305")
    page.keyboard.press("Enter")


def test_keys_belong_to_the_input_method_while_it_composes(held: Room, desk: Page) -> None:
    desk.goto(f"/review/{held.items['doubtful']}")
    desk.focus("#title")
    before = desk.input_value("#title")
    composing = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, ...how}))"
    for key in ("Enter", "F2"):
        for how in ({"isComposing": True}, {"keyCode": 229}):
            desk.evaluate(f"([key, how]) => {composing}", [key, how])
    desk.evaluate(f"([key, how]) => {composing}", ["Enter", {"isComposing": True, "ctrlKey": True}])
    assert focused(desk) == "title" and desk.input_value("#title") == before
    assert held.item("doubtful").state is ItemState.REVIEW


def test_the_evidence_of_the_focused_field_is_outlined_on_the_paper(held: Room, desk: Page) -> None:
    desk.goto(f"/review/{held.items['notice']}")
    desk.focus("#document_number")
    drawn = desk.locator(".review-sheet rect[width]")
    expect(drawn).to_have_count(1)
    box = held.item("notice").description["document_number"].evidence.box  # type: ignore[union-attr]
    assert box and abs(float(drawn.get_attribute("y") or 0) - box.y) < 0.01
    desk.focus("#note")
    expect(drawn).to_have_count(0)


def test_pages_turn_with_alt_and_arrows(held: Room, desk: Page) -> None:
    desk.goto(f"/review/{held.items['minutes']}")
    desk.keyboard.press("Alt+ArrowRight")
    desk.keyboard.press("Alt+ArrowRight")
    desk.keyboard.press("Alt+ArrowLeft")
    expect(desk.locator("#number")).to_have_text("2")
    expect(desk.locator(".review-sheet:not([hidden])")).to_have_count(1)


def test_what_may_be_chosen_is_what_the_chosen_fonds_follows(held: Room, desk: Page) -> None:
    desk.goto(f"/review/{held.items['notice']}")
    desk.select_option("#fonds", "C301")
    assert (desk.input_value("#pack"), desk.input_value("#series")) == ("employees", "")
    assert desk.locator("#pack option[value='school']").is_disabled()
    assert desk.locator("#series optgroup:not([disabled])").evaluate_all("all => all.map(one => one.dataset.pack)") == [
        "employees"
    ]


def test_the_period_comes_with_the_series_until_a_person_chooses_one(held: Room, desk: Page) -> None:
    desk.goto(f"/review/{held.items['doubtful']}")
    desk.select_option("#series", "employees/RS·LZ")
    assert desk.input_value("#retention") == "2y"
    desk.select_option("#retention", "permanent")
    desk.select_option("#series", "employees/PX")
    assert desk.input_value("#retention") == "permanent"


def test_a_conflict_keeps_the_words_and_the_others_can_be_taken(held: Room, desk: Page) -> None:
    item_id = held.items["doubtful"]
    desk.goto(f"/review/{item_id}")
    other = desk.context.new_page()
    other.goto(f"/review/{item_id}")
    other.fill("#title", "别人先保存的题名")
    other.click("button[value=keep]")
    other.wait_for_url(lambda url: item_id not in url.split("?")[0])
    desk.fill("#title", "我填写的题名")
    desk.fill("#date", "2024-03-05")
    desk.click("button[value=keep]")
    expect(desk.locator(".problem")).to_be_visible()
    assert (desk.input_value("#title"), desk.input_value("#date")) == ("我填写的题名", "2024-03-05")
    desk.click("[data-take='别人先保存的题名']")
    assert desk.input_value("#title") == "别人先保存的题名"


def sign_in_again(held: Room, page: Page, name: str) -> None:
    address = page.evaluate("location.origin")
    cookie = {"name": session.cookie_name(False), "value": held.cookie(name), "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def test_what_was_typed_survives_a_lost_session(held: Room, desk: Page) -> None:
    desk.goto(f"/review/{held.items['doubtful']}")
    desk.fill("#title", "写了一半")
    with held.home.catalogue.writing() as work:
        work.sessions.end(person_id=held.people["archivist"].id)
    desk.click("button[value=keep]")
    desk.wait_for_url("**/sign-in**")
    sign_in_again(held, desk, "archivist")
    desk.goto(f"/review/{held.items['doubtful']}")
    assert desk.input_value("#title") == "写了一半"
    expect(desk.locator("#restored")).to_be_visible()


def test_signing_out_forgets_what_was_typed(held: Room, desk: Page) -> None:
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto(f"/review/{held.items['doubtful']}")
    desk.fill("#title", "写了一半")
    desk.click("details.me summary")
    desk.click("form[action='/sign-out'] button")
    desk.wait_for_url("**/sign-in")
    sign_in_again(held, desk, "archivist")
    desk.goto(f"/review/{held.items['doubtful']}")
    assert desk.input_value("#title") == held.item("doubtful").title


def test_nobody_is_shown_what_another_had_typed(held: Room, desk: Page) -> None:
    second = replace(held.people["archivist"], id="person-second", name="second")
    with held.home.catalogue.writing() as work:
        work.people.add(second)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto(f"/review/{held.items['doubtful']}")
    desk.fill("#title", "写了一半")
    sign_in_again(Room(held.home, {"second": second}, held.items), desk, "second")
    desk.reload()
    assert desk.input_value("#title") == held.item("doubtful").title


def test_leaving_with_unsaved_words_asks_first(held: Room, desk: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.on("dialog", leave)
    desk.goto(f"/review/{held.items['doubtful']}")
    desk.locator("#title").press_sequentially("字")
    desk.click(".crumbs a")
    desk.wait_for_url("**/review")
    assert asked == ["beforeunload"]


def test_the_form_works_without_a_script(browser: Browser, held: Room, app: FastAPI) -> None:
    with served(app) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"/review/{held.items['doubtful']}")
        page.fill("#date", "2024年3月5日")
        choices = {"marking": "open", "fonds": "J101", "pack": "school", "series": "school/WS·XZ", "retention": "10y"}
        for name, value in choices.items():
            page.select_option(f"#{name}", value)
        page.click("#save")
        page.wait_for_url("**/review")
        context.close()
    assert held.item("doubtful").state is ItemState.FILED
