from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from ingest.stages.clean import READING_DPI, clean, destamped, reading_scale
from tests.fakes.ingest.imaging.written import written

PAPER = (247, 232, 200)


def gray(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image)


def test_a_straight_white_page_is_only_made_gray() -> None:
    cleaned = clean(written(), 150)
    assert (cleaned.image.mode, cleaned.image.size, cleaned.dpi, cleaned.angle) == ("L", (1240, 1754), 150, 0)


def test_a_carbon_copy_becomes_black_on_white() -> None:
    faint = written().convert("L").point([190 + value * 60 // 255 for value in range(256)])
    darkest, paper = np.percentile(gray(clean(faint, 150).image), (0.5, 50))
    assert (darkest < 140, paper) == (True, 255)


@pytest.mark.parametrize("wide", [15, 40, 70])
def test_a_dark_border_alone_changes_nothing_of_the_text(wide: int) -> None:
    page = written(paper=PAPER).convert("L")
    bordered = page.copy()
    ImageDraw.Draw(bordered).rectangle((0, 0, wide, page.height), fill=20)
    plain, cleaned = clean(page, 150), clean(bordered, 150)
    assert (cleaned.angle, cleaned.image.size) == (plain.angle, plain.image.size)
    inside = slice(None), slice(wide + 20, None)
    assert np.abs(gray(plain.image)[inside].astype(int) - gray(cleaned.image)[inside]).mean() < 2


def test_white_on_black_is_turned_into_black_on_white() -> None:
    cleaned = clean(ImageOps.invert(written()), 150)
    assert np.median(gray(cleaned.image)) == 255


def test_more_pixels_than_an_engine_needs_are_dropped() -> None:
    cleaned = clean(written().resize((2480, 3508)), 300)
    assert cleaned.dpi == READING_DPI
    assert cleaned.image.width == round(2480 * READING_DPI / 300)


def test_a_wall_map_is_handed_over_within_bounds() -> None:
    assert reading_scale(10_000, 10_000, 200) ** 2 * 1e8 <= 30_000_001


@pytest.mark.parametrize("angle", [-3.0, 0.9, 4.0])
def test_slanting_lines_become_straight(angle: float) -> None:
    cleaned = clean(written(angle=angle, paper=PAPER), 150)
    profile = (gray(cleaned.image) < 128).sum(axis=1)
    assert profile.max() > 3 * max(np.median(profile), 1)
    assert cleaned.angle == pytest.approx(-angle, abs=0.15)


@pytest.mark.parametrize("angle", [-3.0, 0.0, 2.0])
@pytest.mark.parametrize("dpi", [150, 300])
def test_boxes_come_back_to_where_the_ink_is(angle: float, dpi: int) -> None:
    """A mark at a known place is found on the cleaned picture, and its box is mapped back onto the page."""
    page = written(angle=angle)
    mark = (900, 1650, 960, 1680)
    ImageDraw.Draw(page).rectangle(mark, fill=0)
    cleaned = clean(page.resize((page.width * dpi // 150, page.height * dpi // 150)), dpi)
    below = cleaned.image.height * 0.91
    rows, columns = np.nonzero(gray(cleaned.image)[round(below) :] < 60)
    left, top = float(columns.min()), float(rows.min()) + round(below)
    box = cleaned.box(left, top, float(np.ptp(columns)), float(np.ptp(rows)))
    assert (box.x, box.y) == pytest.approx((mark[0] / 1240, mark[1] / 1754), abs=0.004)
    assert (box.x + box.w, box.y + box.h) == pytest.approx((mark[2] / 1240, mark[3] / 1754), abs=0.004)


def test_a_box_never_leaves_the_page() -> None:
    box = clean(written(), 150).box(-50, -50, 5000, 5000)
    assert (box.x, box.y, box.w, box.h) == (0, 0, 1, 1)


def stamped() -> Image.Image:
    page = Image.new("RGB", (600, 800), "white")
    draw = ImageDraw.Draw(page)
    draw.ellipse((300, 500, 450, 650), outline=(205, 40, 45), width=8)
    draw.rectangle((360, 560, 400, 570), fill=(20, 20, 20))
    draw.rectangle((100, 60, 500, 100), fill=(205, 30, 35))
    return page


def test_a_seal_vanishes_and_the_words_under_it_stay() -> None:
    page = gray(destamped(stamped()))
    assert page[575, 304] > 190
    assert page[565, 380] < 40


def test_a_red_letterhead_is_kept() -> None:
    assert gray(destamped(stamped()))[80, 300] < 120


def test_yellowed_paper_is_no_seal() -> None:
    page = Image.new("RGB", (600, 800), (240, 220, 170))
    assert destamped(page).getpixel((300, 600)) == page.convert("L").getpixel((300, 600))


def test_shade_and_folds_are_divided_out() -> None:
    page = written(paper=PAPER)
    shade = Image.linear_gradient("L").resize(page.size).point([100 + value * 155 // 255 for value in range(256)])
    ImageDraw.Draw(shade).rectangle((615, 0, 625, 1754), fill=90)
    shaded = Image.composite(page, Image.new("RGB", page.size, 0), shade)
    cleaned = gray(clean(shaded, 150).image)
    assert cleaned[20, 40:1200].min() > 200
    assert cleaned[30:170, 620].min() > 150


def test_bleed_through_is_stretched_away() -> None:
    page = Image.blend(Image.new("RGB", (1240, 1754), "white"), written(), 0.15)
    page.paste(written().crop((0, 0, 1240, 800)), (0, 0))
    assert gray(clean(page, 150).image)[900:].min() == 255
