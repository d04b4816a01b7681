"""A reader asks for the searchable PDF, waits on a page that looks again by itself, and gets it; without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.viewer.browser.conftest import Open
from tests.viewer.pages.test_copies import place
from tests.viewer.seeding import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_download_begins_by_itself_when_the_copy_is_made(held: Room, sit_down: Open) -> None:
    held.home.jobs.beat("worker", "")
    page = sit_down("reader", scripts=False)
    page.goto(f"/items/{held.items['notice']}")
    page.get_by_role("link", name="可检索 PDF").click()
    expect(page.get_by_role("status")).to_contain_text("正在生成")
    copy = place(held, "notice")
    copy.folder.mkdir(parents=True)
    with page.expect_download() as downloading:
        copy.pdf.write_bytes(b"%PDF-1.7")
    assert downloading.value.suggested_filename == f"{held.item('notice').reference_code}.pdf"
    expect(page.get_by_role("link", name="返回档案")).to_be_visible()
