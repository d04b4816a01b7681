"""The block below the exact hits, as somebody sees it: apart, marked, and leading to the place on the page."""

from __future__ import annotations

import pytest

from tests.viewer.browser.conftest import Open
from tests.viewer.seeding import Room
from tests.viewer.test_similar import misread

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_misread_page_stands_below_and_opens_where_it_stands(
    held: Room, sit_down: Open, width: int, scripts: bool
) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    page = sit_down("archivist", width, scripts)
    page.goto("/search?q=保密义务")
    below = page.locator("section.similar")
    exact = page.locator(".answers > .hits")
    assert below.bounding_box()["y"] > exact.bounding_box()["y"] + exact.bounding_box()["height"]  # type: ignore[index]
    assert below.locator("mark").all_inner_texts() == ["保密文务"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width if scripts else True
    below.locator("a.title").click()
    page.wait_for_url("**/items/**")
    assert page.locator("rect.hit").count() >= 1
    assert "保密文务" in page.locator("mark").first.inner_text()
