"""A sample of five is checked by keyboard; whoever checked cannot sign, a colleague at the same desk can."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from index.domain.batch import BatchState
from tests.viewer.batching import PASSWORD, batch, second_archivist
from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(90):
        if page.evaluate("document.activeElement.id") == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def press_and_wait(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    at = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != at)


@pytest.mark.timeout(300)
def test_a_sample_is_checked_and_signed_by_keyboard_alone(held: Room, sit_down: Open) -> None:
    second_archivist(held)
    made = batch(held, 8)
    # A page beside the one that is listened to: the browser logs the refusal as an error.
    page = sit_down("archivist").context.new_page()
    page.goto(f"/batches/{made.id}")
    tab_to(page, "draw")
    press_and_wait(page, "Enter")

    expect(page.locator("h1")).to_contain_text("1 / 5")
    press_and_wait(page, "ArrowRight")
    expect(page.locator("h1")).to_contain_text("2 / 5")
    press_and_wait(page, "ArrowLeft")
    press_and_wait(page, "1")
    press_and_wait(page, "1")
    page.keyboard.press("0")
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("10 号页歪斜")
    press_and_wait(page, "Enter")
    press_and_wait(page, "1")
    press_and_wait(page, "1")

    expect(page.locator("#sample")).to_contain_text("合格 4 页，不合格 1 页，待看 0 页")
    expect(page.locator("#rescans")).to_contain_text("10 号页歪斜")
    tab_to(page, "note")
    page.keyboard.type("已通知扫描员重扫")
    tab_to(page, "close")
    page.keyboard.press("Enter")

    expect(page.locator("#sign")).to_be_visible()
    sign(page, "archivist")
    expect(page.locator(".problem[role=alert]")).to_contain_text("签字要由另一个人来做")
    page.locator("#signer").fill("")
    sign(page, "second")
    expect(page.locator(".signatures")).to_contain_text("second")
    with held.home.catalogue.reading() as work:
        signed = work.batches.get(made.id)
    assert (signed.state, signed.checked_by, signed.signed_by) == (BatchState.SIGNED, "archivist", "second")


def sign(page: Page, name: str) -> None:
    tab_to(page, "signer")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_keys_belong_to_the_reason_while_it_is_written(held: Room, sit_down: Open) -> None:
    made = batch(held, 8)
    page = sit_down("archivist")
    page.goto(f"/batches/{made.id}")
    page.click("#draw")
    page.wait_for_url("**/pages/*")
    at = page.url
    page.keyboard.press("0")
    page.keyboard.type("1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.url == at and page.input_value("#reason") == "1"
    press_and_wait(page, "Escape")
    expect(page.locator("#sample")).to_contain_text("待看")


def test_without_scripts_the_sample_is_judged_all_the_same(held: Room, sit_down: Open) -> None:
    made = batch(held, 2)
    page = sit_down("archivist", scripts=False)
    page.goto(f"/batches/{made.id}")
    page.click("#draw")
    page.click("#good")
    page.fill("#reason", "太浅")
    page.click("#bad")
    expect(page.locator("#sample")).to_contain_text("合格率 50.0%")


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_runs_out_of_the_screen(held: Room, sit_down: Open, width: int) -> None:
    made = batch(held, 8, lambda number, page: replace(page, dpi=100 * number))
    page = sit_down("archivist", width=width)
    for at in ("/batches", f"/batches/{made.id}", f"/batches/{made.id}/rescans"):
        page.goto(at)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), at
