"""A year is arranged by keyboard alone, by mouse, and without a script: ordered, numbered, sealed, closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from index.custody.assembling import shelf_of
from index.custody.filing import file_item
from index.custody.ordering import move_in_class
from index.domain.access import Role, permit_of
from index.domain.arranging.stages import Stage, stage_of
from index.domain.holdings import Item, ItemState
from tests.fakes.index.holdings import item, scan
from tests.fakes.index.year_end import NOTICE
from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import SCHOOL, Room

pytestmark = [pytest.mark.slow, pytest.mark.browser]

AT = "/arrangement?fonds=J101&year=2019&series=WS·XZ"
TITLES = ("甲的通知", "乙的通知", "丙的通知", "丁的通知")


@pytest.fixture
def year(held: Room) -> list[Item]:
    """Four notices of 2019, filed one after the other."""
    return [_filed(held, title, number) for number, title in enumerate(TITLES, 1)]


def _filed(held: Room, title: str, number: int) -> Item:
    values = {**NOTICE, "title": title, "date": f"2019-03-0{number}"}
    with held.home.catalogue.writing() as work:
        made = item(ItemState.DESCRIBED, values, fonds_id=SCHOOL.id)
        work.items.add(made)
        captured = scan(made.id.encode(), item_id=made.id, fonds_id=SCHOOL.id)
        work.scans.add(captured)
        work.pages.lay_out(captured, 2)
        return file_item(work, made.id, "clerk", datetime(2026, 11, 23, tzinfo=UTC), held.home.packs)


@pytest.fixture
def desk(year: list[Item], sit_down: Open) -> Page:
    page = sit_down("archivist")
    page.goto(AT)
    return page


def order(page: Page) -> str:
    """The first signs of the titles, in the order shown."""
    return "".join(title[0] for title in page.locator("#bench .order").first.locator("a.title").all_inner_texts())


def settled(page: Page, wanted: str) -> None:
    page.wait_for_function(
        """wanted => [...document.querySelector('#bench .order').querySelectorAll('a.title')]
            .map(one => one.textContent[0]).join('') === wanted && document.activeElement.classList.contains('leaf')""",
        arg=wanted,
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_class_is_ordered_numbered_and_assembled_by_keyboard_alone(held: Room, year: list[Item], desk: Page) -> None:
    expect(desk.locator(".preview")).to_have_count(0)
    press(desk, "ArrowDown", "End", "Alt+ArrowUp")
    settled(desk, "甲乙丁丙")
    press(desk, "Alt+ArrowUp", "Alt+ArrowUp")
    settled(desk, "丁甲乙丙")
    expect(desk.locator(".preview")).to_contain_text("4 个档号改变")
    with held.home.catalogue.reading() as work:
        assert work.items.get(year[3].id).reference_code.endswith("-0004")  # only a preview yet
    desk.locator(".preview input[name=reason]").focus()
    desk.keyboard.type("按重要程度排列")
    press(desk, "Enter")
    expect(desk.locator(".preview")).to_have_count(0)
    with held.home.catalogue.reading() as work:
        codes = [work.items.get(one.id).reference_code[-4:] for one in year]
    assert codes == ["0002", "0003", "0004", "0001"]
    desk.locator(".leaf").first.focus()
    press(desk, " ", "Shift+ArrowDown", "v")  # the first two become a volume
    expect(desk.locator("details.volume")).to_have_count(1)
    expect(desk.locator("details.volume .leaf")).to_have_count(2)
    desk.locator("button[value=seal]").focus()
    press(desk, "Enter")
    expect(desk.locator("details.volume summary .code").first).to_have_text("J101-WS·2019·D10·行政-001")
    with held.home.catalogue.reading() as work:
        bound = work.items.get(year[3].id)
    assert (bound.reference_code, stage_of(bound)) == ("J101-WS·2019·D10·行政-001-001", Stage.ARRANGED)


def test_an_item_is_dragged_to_its_place(desk: Page, year: list[Item]) -> None:
    desk.drag_and_drop(f"#item-{year[3].id} .day", f"#item-{year[1].id} .day")
    settled(desk, "甲丁乙丙")


def test_what_is_refused_is_told_and_nothing_changes(desk: Page, held: Room, year: list[Item]) -> None:
    press(desk, "ArrowDown", "Alt+ArrowDown")
    settled(desk, "乙甲丙丁")
    with held.home.catalogue.writing() as work:  # somebody else goes on: the preview that is shown does not hold
        shelf = shelf_of(work, held.home.packs, SCHOOL.id, "WS·XZ", "2019")
        move_in_class(work, permit_of(Role.ARCHIVIST), shelf, [year[3].id], 1, "somebody")
    desk.fill(".preview input[name=reason]", "重排")
    desk.click("button[value=number]")
    expect(desk.locator(".problem")).to_contain_text("预览的编号已经不对")


def test_a_year_is_closed_and_opened_again(held: Room, desk: Page, year: list[Item]) -> None:
    desk.click("button[value=close]")
    expect(desk.locator(".bar .done")).to_contain_text("已结束")
    expect(desk.locator("#bench input[type=checkbox]")).to_have_count(0)
    with held.home.catalogue.reading() as work:
        assert {stage_of(work.items.get(one.id)) for one in year} == {Stage.ARRANGED}
    desk.fill(".closing input[name=reason]", "漏归一份")
    desk.click("button[value=reopen]")
    expect(desk.locator("button[value=close]")).to_be_visible()


def test_it_works_without_a_script(year: list[Item], sit_down: Open) -> None:
    page = sit_down("archivist", scripts=False)
    page.goto(AT)
    page.check(f"#item-{year[3].id} input")
    with page.expect_navigation():
        page.click("button[value=earlier]")
    assert order(page) == "甲乙丁丙"
    page.check(f"#item-{year[2].id} input")
    page.fill("input[name=to]", "1")
    with page.expect_navigation():
        page.click("button[value=move]")
    assert order(page) == "丙甲乙丁"
    page.click(".proposals summary")
    with page.expect_navigation():
        page.click(".proposals button[value=box]")
    with page.expect_navigation():
        page.click("button[value=seal]")
    expect(page.locator("details.volume")).to_contain_text("盒 1")


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_runs_out_of_the_screen_and_everybody_can_read_it(year: list[Item], sit_down: Open, width: int) -> None:
    page = sit_down("archivist", width=width)
    page.goto(AT)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
