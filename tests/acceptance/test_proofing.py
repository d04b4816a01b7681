"""A clerk mends what the machine read: found at once by the mended words, and still after the page was read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests import paper, sheets
from tests.acceptance.test_one_scan import QUIET, sign_in
from tests.driver import Archive, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(300)]

MENDED = "此行经人工校改"


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
        yield browser.new_page(viewport={"width": 1366, "height": 768})
        browser.close()


def test_a_mended_line_is_found_at_once_and_survives_another_reading(
    archive: Archive, page: Page, tmp_path: Path, free_port: int
) -> None:
    scan = tmp_path / "合同 7.jpg"
    paper.save([paper.render(sheets.sheet("contract", seed=7), "clean", seed=7)], scan)
    name, password = archive.ask("user add", "陈档案", "--role", "archivist").strip().split(": ")
    with archive.running("run --workers 1"):
        archive.lay(scan, "C301")
        wait_until(archive.at_rest(1), 90)
        [hit] = archive.json("search", "劳动合同")["hits"]
        room = f"http://127.0.0.1:{free_port}"
        sign_in(page, room, name, password)
        page.goto(f"{room}/proof/{hit['item']}")
        mend_second_line(page)
        wait_until(lambda: found(archive) == 1, 30)
        report = archive.json("reread", hit["item"])
        assert (report["read"], report["failed"], report["kept"], report["conflicts"]) == (1, 0, 1, 0)
        assert report["changed"] == 0 and report["before"] == report["after"] > 0.5
        wait_until(archive.at_rest(1), 60)
        assert found(archive) == 1
        told = archive.json("show", hit["item"], "--text")
        assert MENDED in told["text"]
        assert archive.json("verify")["ok"]


def mend_second_line(page: Page) -> None:
    page.focus("#line-2")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(MENDED)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/proof/" not in url)


def found(archive: Archive) -> int:
    total: int = archive.json("search", MENDED)["total"]
    return total
