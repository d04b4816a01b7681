"""How a page was scanned is measured, not judged: colour mode, facing pages, a fingerprint that survives a rescan."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from index.domain.looks import Colour
from ingest.imaging import look
from ingest.imaging.inspection import colour_of, fingerprint, inspected, spread_of


def written(width: int, height: int, *columns: tuple[int, int], seed: int = 1) -> Image.Image:
    """Gray paper with lines of black blots between the given left and right edges."""
    page = Image.new("L", (width, height), 235)
    pen, dice = ImageDraw.Draw(page), np.random.default_rng(seed)
    for left, right in columns:
        for top in range(60, height - 60, 26):
            for x in range(left, right - 12, 16):
                if dice.random() < 0.9:
                    pen.rectangle((x, top, x + 11, top + int(dice.integers(6, 13))), fill=30)
    return page


@pytest.mark.parametrize(
    ("page", "colour"),
    [
        (Image.new("RGB", (300, 400), "white"), Colour.COLOUR),
        (written(300, 400, (20, 280)), Colour.GRAY),
        (written(300, 400, (20, 280)).point(lambda value: 255 * (value > 128)), Colour.BITONAL),
    ],
)
def test_the_colour_mode_is_what_the_scan_holds(page: Image.Image, colour: Colour) -> None:
    assert colour_of(page) is colour


@pytest.mark.parametrize(
    ("page", "spread"),
    [
        (written(1200, 850, (80, 560), (640, 1120)), 0.5),
        (written(1200, 850, (80, 640), (720, 1120)), 0.567),
        (written(1200, 850, (80, 1120)), None),
        (written(850, 1200, (60, 400), (450, 790)), None),
        (written(1200, 850, (80, 560)), None),
    ],
    ids=["two pages", "off the middle", "one wide page", "two columns upright", "one side empty"],
)
def test_facing_pages_are_seen_where_a_wide_sheet_has_an_empty_middle(page: Image.Image, spread: float | None) -> None:
    found = spread_of(look.small(page, 75))
    assert found == pytest.approx(spread, abs=0.01) if spread else found is None


def test_the_fingerprint_survives_another_scan_and_tells_pages_apart() -> None:
    page = written(800, 1130, (60, 740))
    again = page.rotate(0.3, fillcolor=235).point(lambda value: value * 9 // 10)
    other = written(800, 1130, (60, 500), seed=5)
    one, two, three = (int(fingerprint(np.asarray(picture)), 16) for picture in (page, again, other))
    assert (one ^ two).bit_count() < (one ^ three).bit_count()


def test_a_look_holds_paper_ink_and_skew() -> None:
    page = written(800, 1130, (60, 740))
    seen = inspected(page, look.small(page, 75), 1.234)
    assert (seen.colour, seen.skew, seen.paper, seen.spread) == (Colour.GRAY, 1.23, 235, None)
    assert seen.ink < 60
    assert len(seen.fingerprint) == 16
