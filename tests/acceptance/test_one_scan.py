"""One scan's walk, runnable: dropped into the folder, found by a word on it, and the word boxed on the page.

The same walk in the code: `ingest/watch.py` -> `ingest/pipeline.py` -> `stages/receive.py` -> `index/vault/` ->
`render` -> `clean` -> `recognise` -> `describe` -> `classify` -> `file` -> `index` -> `viewer/pages/search.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests import paper, sheets
from tests.driver import Archive, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(300)]

WORD = "劳动合同"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


@pytest.fixture
def archive(tmp_path: Path, free_port: int) -> Iterator[Archive]:
    archive = Archive(tmp_path / "home", {"MUNIMENT_VIEWER__PORT": str(free_port)})
    archive.home.mkdir()
    archive.ask("init", "--pack", "employees")
    yield archive


@pytest.fixture
def page(chromium: str | None) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        opened = browser.new_page(viewport={"width": 1366, "height": 768})
        yield opened
        browser.close()


def test_a_dropped_scan_is_found_and_the_box_lies_on_the_word(
    archive: Archive, page: Page, tmp_path: Path, free_port: int
) -> None:
    sheet = sheets.sheet("contract", seed=7)
    scan = tmp_path / "合同 7.jpg"
    paper.save([paper.render(sheet, "clean", seed=7)], scan)
    truth = paper.printed(sheet).boxes(WORD)
    name, password = archive.ask("user add", "陈档案", "--role", "archivist").strip().split(": ")
    with archive.running("run --workers 1"):
        archive.lay(scan, "C301")
        wait_until(lambda: archive.json("search", "勞動合同")["total"] == 1, 60)
        wait_until(archive.at_rest(1), 60)
        room = f"http://127.0.0.1:{free_port}"
        sign_in(page, room, name, password)
        page.goto(f"{room}/search?q={WORD}")
        assert WORD in page.locator("mark").first.inner_text()
        page.locator("a[href*='/items/']").first.click()
        page.wait_for_selector("svg rect.hit")
        assert_on_the_word(page, truth)
    assert not list(archive.drop.rglob("*.jpg"))
    assert (archive.home / "done" / "C301" / scan.name).read_bytes() == scan.read_bytes()


def sign_in(page: Page, room: str, name: str, one_time: str) -> None:
    """Sign in with the one-time password, and choose one's own, as the page asks."""
    page.goto(f"{room}/sign-in")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", one_time)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/me/password"))
    for field in page.locator("main input[type=password]").all():
        field.fill(one_time if "current" in (field.get_attribute("autocomplete") or "") else "桃李不言下自成蹊春风化雨")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/me/password" not in url)


def assert_on_the_word(page: Page, truth: Sequence[tuple[float, ...]]) -> None:
    """Every drawn box covers a true place of the word by half or more, as it is seen on the screen."""
    picture = page.locator("main img[src*='/image']").first.bounding_box()
    drawn = [rect.bounding_box() for rect in page.locator("svg rect.hit").all()]
    assert picture and drawn
    places = [
        (
            (box["x"] - picture["x"]) / picture["width"],
            (box["y"] - picture["y"]) / picture["height"],
            box["width"] / picture["width"],
            box["height"] / picture["height"],
        )
        for box in drawn
        if box
    ]
    for place in places:
        assert max(overlap(place, true) for true in truth) >= 0.5, (place, truth)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Intersection over union of two boxes (x, y, w, h)."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(width, 0) * max(height, 0)
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)
