from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from ingest.imaging import look
from tests.fakes.ingest.imaging.written import written

DPI = 150


def ink(page: Image.Image) -> look.Ink:
    return look.small(page.convert("L"), DPI).ink


@pytest.mark.parametrize("angle", [-4.0, -1.3, -0.2, 0.0, 0.4, 2.5, 5.0])
def test_skew_is_seen_to_a_tenth_of_a_degree(angle: float) -> None:
    assert look.skew(look.inner(ink(written(angle=angle)))) == pytest.approx(angle, abs=0.15)


def test_a_page_with_hardly_anything_on_it_is_straight() -> None:
    assert look.skew(ink(Image.new("L", (600, 800), 255))) == 0.0


@pytest.mark.parametrize("turn", [None, Image.Transpose.ROTATE_180])
def test_lines_across_are_not_sideways(turn: Image.Transpose | None) -> None:
    page = written(angle=1)
    assert not look.lies_sideways(ink(page.transpose(turn) if turn is not None else page))


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_lines_up_and_down_are(turn: Image.Transpose) -> None:
    assert look.lies_sideways(ink(written(angle=1).transpose(turn)))


@pytest.mark.parametrize("size", [(65, 11), (11, 65), (1, 1), (30, 30)])
def test_a_scrap_too_small_for_lines_is_not_sideways(size: tuple[int, int]) -> None:
    scrap = Image.new("L", size, 255)
    ImageDraw.Draw(scrap).point((size[0] // 2, size[1] // 2), fill=0)
    assert not look.lies_sideways(look.small(scrap, 72).ink)


def test_table_lines_are_not_text() -> None:
    page = written()
    draw = ImageDraw.Draw(page)
    for x in range(150, 1100, 150):
        draw.line((x, 160, x, 1590), fill=0, width=4)
    assert not look.lies_sideways(ink(page))


def test_shade_over_the_paper_is_uneven() -> None:
    page = written()
    shade = Image.linear_gradient("L").resize(page.size).point([110 + value * 145 // 255 for value in range(256)])
    shaded = Image.composite(page, Image.new("RGB", page.size, 0), shade)
    assert look.unevenness(look.small(shaded.convert("L"), DPI)) > 0.3
    assert look.unevenness(look.small(page.convert("L"), DPI)) < 0.05


def specks(page: Image.Image) -> Image.Image:
    draw = ImageDraw.Draw(page)
    for place in range(300):
        x, y = (place * 7919) % page.width, (place * 104_729) % page.height
        draw.point((x, y), fill=0)
    return page


def with_dark_edges(page: Image.Image) -> Image.Image:
    ImageDraw.Draw(page).rectangle((0, 0, 18, page.height), fill=20)
    return page


def seen_through(page: Image.Image) -> Image.Image:
    return Image.blend(page, written().convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT), 0.2)


@pytest.mark.parametrize("spoil", [specks, with_dark_edges, seen_through])
@pytest.mark.parametrize("brightness", [255, 190])
def test_a_blank_page_stays_blank_under_dirt(spoil: Callable[[Image.Image], Image.Image], brightness: int) -> None:
    assert look.is_blank(ink(spoil(Image.new("L", (1240, 1754), brightness))))


def test_a_strip_of_one_line_is_not_nothing() -> None:
    strip = Image.new("L", (445, 39), 220)
    ImageDraw.Draw(strip).line((20, 20, 420, 20), fill=40, width=9)
    assert not look.is_blank(look.small(strip, 300).ink)
    assert look.is_blank(look.small(Image.new("L", (445, 39), 220), 300).ink)


def faint(page: Image.Image, darkest: int) -> Image.Image:
    """As a carbon copy shows it: no stroke darker than that."""
    return page.convert("L").point([darkest + value * (250 - darkest) // 255 for value in range(256)])


@pytest.mark.parametrize("darkest", [165, 200, 220])
def test_faint_ink_draws_black_and_white_closer_together(darkest: int) -> None:
    black, white = look.levels(look.small(faint(written(), darkest), DPI))
    assert look.BLACK < black < darkest / 250 < white < 1


@pytest.mark.parametrize(
    "page",
    [written().convert("L"), Image.new("L", (1240, 1754), 250), seen_through(written(seed=3).convert("L"))],
    ids=["dark ink", "empty", "the other side shines through"],
)
def test_what_is_not_faint_writing_keeps_the_usual_levels(page: Image.Image) -> None:
    assert look.levels(look.small(with_dark_edges(page), DPI)) == (look.BLACK, look.WHITE)


def test_a_page_number_alone_is_not_nothing() -> None:
    page = Image.new("L", (1240, 1754), 255)
    for place in range(3):
        ImageDraw.Draw(page).ellipse((600 + 16 * place, 1650, 612 + 16 * place, 1668), outline=0, width=4)
    assert not look.is_blank(ink(page))


def test_the_densest_lines_are_whole_lines() -> None:
    band = look.densest_lines(ink(written()), 3)
    assert band is not None
    assert 35 <= band[1] - band[0] <= 60


def test_no_lines_on_an_empty_page() -> None:
    assert look.densest_lines(ink(Image.new("L", (600, 800), 255)), 3) is None


def beside(*pages: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", (1240, 1754), "white")
    for place, page in enumerate(pages):
        sheet.paste(page.resize((600, 1754)), (620 * place + 10, 0))
    return sheet


def test_running_text_in_two_columns_is_seen() -> None:
    (gutter,) = look.gutters(ink(beside(written(600), written(600, seed=8))))
    assert 290 <= gutter.at <= 330
    assert gutter.bottom - gutter.top > 700


def test_one_column_is_none() -> None:
    assert not look.gutters(ink(written()))


def test_a_form_of_short_answers_is_no_column() -> None:
    page = written()
    draw = ImageDraw.Draw(page)
    draw.rectangle((560, 0, 640, 1754), fill="white")
    for place, top in enumerate(range(150, 1600, 34)):
        draw.rectangle((640 + 90 * (place % 5), top - 6, 1240, top + 28), fill="white")
        draw.rectangle((160 + 80 * (place % 4), top - 6, 640, top + 28), fill="white")
    assert not look.gutters(ink(page))
