"""An archivist puts a volume in order by keyboard alone, drags a page by mouse, and is asked why where it is filed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from index.domain.holdings import ItemState, PageRole
from tests.viewer.benches import loose_page, odd_volume
from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def volume(held: Room) -> str:
    return odd_volume(held.home)


@pytest.fixture
def desk(volume: str, sit_down: Open) -> Page:
    page = sit_down("archivist")
    page.goto(f"/items/{volume}/pages")
    return page


def printed(page: Page) -> str:
    """The numbers printed on the pages, in the order shown."""
    words = page.locator(".bench-form .leaf label").all_inner_texts()
    return " ".join(one.partition("[")[2].rstrip("]") or "-" for one in (word.strip() for word in words))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def settled(page: Page, order: str) -> None:
    """Until the pages lie in this order, and one of them has the focus again."""
    page.wait_for_function(
        """order => [...document.querySelectorAll('.bench-form .leaf label')]
            .map(one => one.textContent.match(/\\[(.*?)\\]/)?.[1] ?? '-').join(' ') === order
            && document.activeElement.classList.contains('leaf')""",
        arg=order,
    )


def test_a_volume_is_put_in_order_by_keyboard_alone(held: Room, volume: str, desk: Page) -> None:
    settled(desk, "1 2 4 4 - 7 6")
    press(desk, "End", "Alt+ArrowLeft")  # the sixth before the seventh
    settled(desk, "1 2 4 4 - 6 7")
    press(desk, "Home", "ArrowRight", "ArrowRight", "ArrowRight", "x")  # the page that is there twice
    settled(desk, "1 2 4 - 6 7")
    press(desk, "Home", "r")  # the first lies on its side
    expect(desk.locator(".turn-1")).to_have_count(1)
    press(desk, "u")
    expect(desk.locator(".turn-1")).to_have_count(0)
    press(desk, "ArrowRight", "p")  # two facing pages
    settled(desk, "1 - - 4 - 6 7")
    press(desk, "End", "ArrowLeft", "s")  # what begins here is another document
    settled(desk, "1 - - 4 -")
    expect(desk.locator(".good")).to_contain_text("2 页成为单独的一件")
    with held.home.catalogue.reading() as work:
        pages = work.arrangement.of_item(volume)
        assert [page.look.printed for page in pages if page.role is PageRole.REMOVED] == ["4"]
        assert work.items.get(volume).page_count == 5


def test_several_pages_are_ticked_and_moved_together(desk: Page) -> None:
    press(desk, "Shift+ArrowRight")
    expect(desk.locator(".leaf input:checked")).to_have_count(2)
    press(desk, "Alt+ArrowRight")
    settled(desk, "4 1 2 4 - 7 6")
    expect(desk.locator(".leaf input:checked")).to_have_count(2)
    press(desk, "Control+a")
    expect(desk.locator(".leaf input:checked")).to_have_count(7)


def test_the_item_behind_is_joined_after_a_question(held: Room, volume: str, sit_down: Open) -> None:
    behind = loose_page(held.home)
    page = sit_down("archivist")
    page.goto(f"/items/{volume}/pages")
    asked: list[str] = []

    def yes(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", yes)
    press(page, "j")
    expect(page.locator(".bench-form .leaf")).to_have_count(8)
    assert asked and "并入本件" in asked[0]
    with held.home.catalogue.reading() as work:
        assert work.items.get(behind).state is ItemState.WITHDRAWN


def test_a_page_is_seen_large_and_the_keys_go_on(desk: Page) -> None:
    press(desk, "Enter")
    expect(desk.locator("#large")).to_be_visible()
    first = desk.locator("#large img").get_attribute("src")
    press(desk, "ArrowRight")
    assert desk.locator("#large img").get_attribute("src") != first
    press(desk, "Escape")
    expect(desk.locator("#large")).to_be_hidden()
    expect(desk.locator("#page-2")).to_be_focused()


def test_a_page_is_dragged_to_its_place(desk: Page) -> None:
    desk.drag_and_drop("#page-6", "#page-2")
    settled(desk, "1 7 2 4 4 - 6")


def test_a_filed_item_asks_why_first_and_remembers_it(held: Room, sit_down: Open) -> None:
    item_id = odd_volume(held.home, filed=True)
    page = sit_down("archivist")
    page.goto(f"/items/{item_id}/pages")
    press(page, "End", "Alt+ArrowLeft")
    expect(page.locator(".problem")).to_contain_text("请先写明原因")
    page.keyboard.type("次序颠倒")
    press(page, "Enter")  # in the field it presses nothing
    page.locator("#page-7").focus()
    press(page, "Alt+ArrowLeft")
    settled(page, "1 2 4 4 - 6 7")
    assert page.input_value("input[name=reason]") == "次序颠倒"


def test_keys_typed_into_a_field_move_no_page(desk: Page) -> None:
    desk.fill("input[name=code]", "")
    desk.locator("input[name=code]").press_sequentially("rxsu")
    assert printed(desk) == "1 2 4 4 - 7 6"


def test_it_works_without_a_script(volume: str, sit_down: Open) -> None:
    page = sit_down("archivist", scripts=False)
    page.goto(f"/items/{volume}/pages")
    page.check("#page-7 input")
    with page.expect_navigation():
        page.click("button[value=earlier]")
    assert printed(page) == "1 2 4 4 - 6 7"
    page.fill("input[name=to]", "1")
    with page.expect_navigation():
        page.click("button[value=move]")
    assert printed(page) == "6 1 2 4 4 - 7"


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_runs_out_of_the_screen(volume: str, sit_down: Open, width: int) -> None:
    page = sit_down("archivist", width=width)
    for at in (f"/items/{volume}/pages", "/blank"):
        page.goto(at)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
