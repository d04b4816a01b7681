"""A person proofs a page by keyboard alone; two people enter a line; an input method is left in peace."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from index.domain.holdings import Page as PaperPage
from tests.fakes.viewer.misreading import misread
from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room
from viewer import session

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SWAPS = {"的": "旳", "日": "曰"}
FOCUSED = "document.activeElement"


@pytest.fixture
def paper(held: Room) -> PaperPage:
    [page] = held.pages("notice")
    misread(held.home, page.id, SWAPS)
    return held.pages("notice")[0]


@pytest.fixture
def desk(held: Room, paper: PaperPage, sit_down: Open) -> Page:
    page = sit_down("archivist")
    page.goto(at(held))
    return page


def at(held: Room, name: str = "notice", number: int = 1) -> str:
    return f"/proof/{held.items[name]}?page={number}"


def value(page: Page) -> str:
    return str(page.evaluate(f"{FOCUSED}.value"))


def read(held: Room, paper: PaperPage) -> str:
    with held.home.catalogue.reading() as work:
        reading = work.pages.reading(paper.id)
    assert reading
    return reading.text


def put_right(page: Page) -> None:
    """Select what is wrong in the focused line, and type what is right: by keys only."""
    for wrong, right in (("旳", "的"), ("曰", "日")):
        while wrong in value(page):
            page.keyboard.press("Control+Home")
            for _ in range(value(page).index(wrong)):
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Shift+ArrowRight")
            page.keyboard.insert_text(right)


def walk_the_doubts(page: Page) -> int:
    """Mend every line that asks for a person, Enter after Enter; how many there were."""
    count = 0
    while any(wrong in value(page) for wrong in "旳曰"):
        put_right(page)
        page.keyboard.press("Enter")
        count += 1
    return count


def test_the_doubtful_lines_of_a_page_are_mended_by_keyboard_alone(held: Room, paper: PaperPage, desk: Page) -> None:
    asking = desk.locator(".proof-line.asks").count()
    assert walk_the_doubts(desk) == asking > 2
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/items/**")
    text = read(held, paper)
    assert "旳" not in text and "曰" not in text
    assert held.pages("notice")[0].doubtful == 0
    expect(desk.locator(".text")).to_contain_text("的通知")


def test_the_line_in_hand_is_outlined_and_the_paper_follows(held: Room, desk: Page) -> None:
    rect, ground = desk.locator(".review-sheet rect[width]"), desk.locator(".review-ground")
    before = float(rect.get_attribute("y") or 0)
    for _ in range(12):
        desk.keyboard.press("ArrowDown")
    assert float(rect.get_attribute("y") or 0) > before
    outline, seen = rect.bounding_box(), ground.bounding_box()
    assert outline and seen and seen["y"] <= outline["y"] <= seen["y"] + seen["height"]
    expect(desk.locator(".proof-line:focus-within .line-picture")).to_be_visible()
    expect(desk.locator(".line-picture:visible")).to_have_count(1)


def test_escape_brings_back_what_the_machine_read(held: Room, desk: Page) -> None:
    machine = value(desk)
    desk.keyboard.type("多打的")
    assert value(desk) != machine
    desk.keyboard.press("Escape")
    assert value(desk) == machine


def test_the_marks_stay_on_what_was_not_touched(held: Room, desk: Page) -> None:
    line = desk.locator(".proof-line:focus-within")
    expect(line.locator(".under .doubt")).to_have_count(1)
    desk.keyboard.type("增")
    expect(line.locator(".under .doubt")).to_have_text("旳")
    assert line.locator(".under").inner_text() == value(desk)
    put_right(desk)
    expect(line.locator(".under .doubt")).to_have_count(0)


def test_the_whole_page_is_found_right_with_one_key(held: Room, paper: PaperPage, desk: Page) -> None:
    walk_the_doubts(desk)
    desk.keyboard.press("Control+Shift+Enter")
    desk.wait_for_url("**/items/**")
    with held.home.catalogue.reading() as work:
        proof = work.proofs.finished(paper.id)
    assert proof and proof.wrong == paper.doubtful


def test_keys_belong_to_the_input_method_while_it_composes(held: Room, paper: PaperPage, desk: Page) -> None:
    before, line = value(desk), desk.evaluate(f"{FOCUSED}.id")
    press = f"([key, how]) => {FOCUSED}.dispatchEvent(new KeyboardEvent('keydown', {{key, bubbles: true, ...how}}))"
    for key in ("Enter", "Escape", "F2", "ArrowDown", "ArrowUp"):
        for how in ({"isComposing": True}, {"keyCode": 229}):
            desk.evaluate(press, [key, how])
    desk.evaluate(press, ["Enter", {"isComposing": True, "ctrlKey": True}])
    assert (value(desk), desk.evaluate(f"{FOCUSED}.id")) == (before, line)
    assert not desk.locator(".proof-line:focus-within input[type=checkbox]").is_checked()
    assert "旳" in read(held, paper)


def test_a_word_composed_by_an_input_method_goes_into_the_line(held: Room, desk: Page) -> None:
    session = desk.context.new_cdp_session(desk)
    before = value(desk)
    session.send("Input.imeSetComposition", {"text": "shi", "selectionStart": 3, "selectionEnd": 3})
    session.send("Input.insertText", {"text": "是"})
    assert value(desk) == before + "是"
    expect(desk.locator(".proof-line:focus-within .typing")).to_have_class("typing changed")


def test_a_suggestion_is_taken_with_f2_and_never_by_itself(held: Room, paper: PaperPage, desk: Page) -> None:
    walk_the_doubts(desk)
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/items/**")
    [plan] = held.pages("plan")
    misread(held.home, plan.id, SWAPS)
    desk.goto(at(held, "plan"))
    before = value(desk)
    assert "旳" in before
    desk.keyboard.press("F2")
    assert value(desk) == before.replace("旳", "的", 1)
    assert "旳" in read(held, plan)


def test_what_another_saved_meanwhile_is_shown_and_can_be_taken(held: Room, desk: Page, sit_down: Open) -> None:
    theirs = sit_down("archivist")
    mine = desk.context.new_page()  # the browser logs a refused form as an error, and here one is refused
    for page in (mine, theirs):
        page.goto(at(held))
    theirs.keyboard.press("Control+a")
    theirs.keyboard.insert_text("别人先改的")
    theirs.keyboard.press("Control+Enter")
    theirs.wait_for_url("**/items/**")
    mine.keyboard.type("我")
    typed = value(mine)
    with mine.expect_response(lambda answer: answer.request.method == "POST") as told:
        mine.keyboard.press("Control+Enter")
    assert told.value.status == 409
    expect(mine.locator(".problem")).to_be_visible()
    field = mine.locator("textarea").filter(has_text=typed)
    expect(field).to_have_count(1)
    mine.click("[data-take='别人先改的']")
    assert value(mine) == "别人先改的"


def test_what_was_typed_survives_a_lost_session(held: Room, desk: Page) -> None:
    desk.keyboard.type("写了一半")
    typed = value(desk)
    with held.home.catalogue.writing() as work:
        work.sessions.end(person_id=held.people["archivist"].id)
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/sign-in**")
    cookie = {"name": "muniment", "value": held.cookie("archivist"), "url": desk.evaluate("location.origin")}
    desk.context.add_cookies([cookie])  # type: ignore[list-item]
    desk.goto(at(held))
    expect(desk.locator("#restored")).to_be_visible()
    assert typed in [field.input_value() for field in desk.locator("[data-line]").all()]


def test_a_line_the_machine_did_not_see_is_added_below_the_one_in_hand(
    held: Room, paper: PaperPage, desk: Page
) -> None:
    above = value(desk)
    desk.keyboard.press("Alt+Enter")
    desk.keyboard.insert_text("漏掉的一行")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/items/**")
    lines = read(held, paper).split("\n")
    assert lines[lines.index(above) + 1] == "漏掉的一行"


def test_the_form_works_without_a_script(held: Room, paper: PaperPage, sit_down: Open) -> None:
    page = sit_down("archivist", scripts=False)
    page.goto(at(held))
    line = page.locator("[data-line]").first
    line.fill("改过的第一行")
    page.locator(".proof-line [type=checkbox]").nth(1).check()
    page.click("#save")
    page.wait_for_url("**/items/**")
    assert read(held, paper).startswith("改过的第一行\n")
    with held.home.catalogue.reading() as work:
        assert len(work.proofs.of(paper.id)) == 2


# -- two people --------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(held: Room) -> Room:
    settings = held.home.settings
    proof = settings.proof.model_copy(update={"double_entry": ["J101/WS·XZ"]})
    vars(held.home)["settings"] = settings.model_copy(update={"proof": proof})
    second = replace(held.people["archivist"], id="person-second", name="second")
    with held.home.catalogue.writing() as work:
        work.people.add(second)
    return Room(held.home, {**held.people, "second": second}, held.items)


def enter_line(page: Page, room: Room, words: str) -> None:
    page.goto(at(room))
    page.focus("#line-1")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/items/**")


def test_two_people_enter_a_line_without_seeing_each_other_and_a_third_look_decides(
    two: Room, paper: PaperPage, sit_down: Open
) -> None:
    first, second = sit_down("archivist"), sit_down("archivist")
    second.goto("/")
    address = second.evaluate("location.origin")
    second.context.clear_cookies()
    second.context.add_cookies([{"name": "muniment", "value": two.cookie("second"), "url": address}])
    enter_line(first, two, "松果岭实验学校文件甲")
    second.goto(at(two))
    assert "文件甲" not in second.content()
    enter_line(second, two, "松果岭实验学校文件乙")
    assert read(two, paper).startswith("松果岭实验学校文件\n")
    first.goto("/proof")
    expect(first.locator("main h2").first).to_have_text("待裁定")
    first.click("table a >> nth=0")
    expect(first.locator("#line-1")).to_be_focused()
    first.keyboard.press("Alt+2")
    assert value(first) == "松果岭实验学校文件乙"
    first.keyboard.press("Enter")
    first.keyboard.press("Control+Enter")
    first.wait_for_url("**/items/**")
    assert read(two, paper).startswith("松果岭实验学校文件乙\n")
    first.goto(at(two))
    history = first.locator(".history").inner_text()
    assert "裁定" in history and "第一次录入" in history and "第二次录入" in history


# -- a reading that changed --------------------------------------------------------------------------------------------


def test_a_conflict_after_another_reading_is_shown_and_decided(held: Room, paper: PaperPage, desk: Page) -> None:
    put_right(desk)
    mended = value(desk)
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/items/**")
    misread(held.home, paper.id, {"旳": "勺", "曰": "日"}, engine="newer")
    assert mended in read(held, paper)
    desk.goto("/proof")
    desk.click("table a >> nth=0")
    notes = desk.locator(".proof-line:focus-within .mark.doubt")
    expect(notes).to_contain_text("勺")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/items/**")
    assert mended in read(held, paper)
    with held.home.catalogue.reading() as work:
        assert work.proofs.disputed() == {}


# -- how it looks ------------------------------------------------------------------------------------------------------

PAGES = ("/proof", "/proof/{item}?page=1", "/quality", "/reread")


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_is_wider_than_its_screen(held: Room, paper: PaperPage, sit_down: Open, width: int) -> None:
    page = sit_down("archivist", width)
    for place in PAGES:
        page.goto(place.format(item=held.items["notice"]))
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_in_light_and_dark(
    held: Room, paper: PaperPage, address: str, chrome: Browser, scheme: Literal["light", "dark"]
) -> None:
    """axe's rules, contrast AA among them; its script is ours to run, so the policy steps aside for it."""
    context = chrome.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    cookie = {"name": session.cookie_name(False), "value": held.cookie("archivist"), "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    found: dict[str, list[tuple[str, object]]] = {}
    for place in PAGES:
        page.goto(place.format(item=held.items["notice"]))
        rules = Axe().run(page).response["violations"]
        found[place] = [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in rules]
    context.close()
    assert found == {place: [] for place in PAGES}
