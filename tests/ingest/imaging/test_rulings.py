"""Ruled lines are found on the small copy of a page, tables among them; text and folds are none."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from PIL import Image, ImageDraw

from ingest.imaging import look
from ingest.imaging.rulings import Ruling, Rulings, find_rulings, rulings_of
from tests.paper import render
from tests.sheet import Form, Line, Sheet, Table
from tests.sheet import paragraphs as words

DPI = 300
PIXELS = 4  # of the page to one of its small copy
WIDTH, HEIGHT = 2240, 2120


def drawn(lines: Iterable[tuple[int, int, int, int]], thick: int = 3, turned: float = 0.0) -> Rulings:
    page = Image.new("L", (WIDTH, HEIGHT), 245)
    pen = ImageDraw.Draw(page)
    for line in lines:
        pen.line(line, 40, thick)
    return find_rulings(look.small(page.rotate(turned, Image.Resampling.BICUBIC, fillcolor=245), DPI), PIXELS)


def grid(rows: Iterable[int], columns: Iterable[int]) -> list[tuple[int, int, int, int]]:
    rows, columns = list(rows), list(columns)
    across = [(columns[0], y, columns[-1], y) for y in rows]
    return across + [(x, rows[0], x, rows[-1]) for x in columns]


@pytest.mark.parametrize("thick", [2, 3, 5, 9])
@pytest.mark.parametrize("shift", [0, 1, 2, 3])
def test_a_grid_wherever_its_hairlines_fall(thick: int, shift: int) -> None:
    (table,) = drawn(grid(range(600 + shift, 2010, 140), (300 + shift, 700 + shift, 2101)), thick).tables
    assert (len(table.rows), len(table.columns), table.cells) == (11, 3, 20)
    assert table.left == pytest.approx(300 + shift, abs=8)
    assert table.rows[1] == pytest.approx(740 + shift, abs=8)


@pytest.mark.parametrize("angle", [-0.25, 0.25])
def test_a_grid_that_leans_a_little(angle: float) -> None:
    (table,) = drawn(grid(range(600, 2001, 140), (300, 700, 1500, 2100)), 3, angle).tables
    assert (len(table.rows), len(table.columns), table.cells) == (11, 4, 30)


def test_merged_cells() -> None:
    """The head spans both columns; the first column spans both rows below it."""
    lines = [(300, 600, 2100, 600), (300, 800, 2100, 800), (900, 1000, 2100, 1000), (300, 1200, 2100, 1200)]
    lines += [(300, 600, 300, 1200), (900, 800, 900, 1200), (2100, 600, 2100, 1200)]
    (table,) = drawn(lines).tables
    assert table.owners == ((0, 0), (1, 2), (1, 3))
    assert table.cell_at(500, 1100) == 1
    assert table.rows_of(1) == (1, 2)


def test_open_sides() -> None:
    """A table without lines at its left and right still has its outer columns."""
    lines = [(300, y, 2100, y) for y in (600, 800, 1000)] + [(900, 600, 900, 1000)]
    (table,) = drawn(lines).tables
    assert (len(table.rows), len(table.columns), table.cells) == (3, 3, 4)


def test_a_frame_is_one_cell_and_a_line_no_table() -> None:
    (frame,) = drawn(grid((600, 2000), (300, 2100))).tables
    assert frame.cells == 1
    single = drawn([(300, 600, 2100, 600), (1200, 900, 1200, 2000)])
    assert single.tables == ()
    assert [round(line.length, -2) for line in (*single.horizontal, *single.vertical)] == [1800, 1100]


def test_short_lines_count_where_they_end_at_others() -> None:
    beside = rulings_of([Ruling(100, 0, 200), Ruling(130, 0, 200)], [Ruling(50, 100, 130), Ruling(90, 104, 126)])
    assert beside.vertical == (Ruling(50, 100, 130), Ruling(90, 104, 126))
    alone = rulings_of([Ruling(100, 0, 200)], [Ruling(50, 300, 330)])
    assert alone.vertical == ()


@pytest.mark.parametrize("age", ["clean", *(pytest.param(age, marks=pytest.mark.slow) for age in ("noisy", "fax"))])
def test_on_rendered_pages(age: str) -> None:
    text = tuple(Line(paragraph) for paragraph in words("school")[:6])
    rows = tuple(tuple(f"{row}{column}" for column in "甲乙丙丁") for row in range(7))
    lined = Sheet("list", (Line("登记表", "title"), Table(rows), *text))
    plain = Sheet("report", (Line("报告", "title"), *text))
    (table,) = find_rulings(look.small(render(lined, age).convert("L"), 200), 3).tables
    assert (len(table.rows), len(table.columns), table.cells) == (8, 5, 28)
    found = find_rulings(look.small(render(plain, age).convert("L"), 200), 3)
    assert (found.horizontal, found.vertical, found.tables) == ((), (), ())


def test_lines_under_the_values_of_a_form_are_no_table() -> None:
    made = Sheet("form", (Form((("姓名", "甲"), ("部门", "乙"), ("职务", "丙"), ("日期", "丁"))),))
    found = find_rulings(look.small(render(made).convert("L"), 200), 3)
    assert len(found.horizontal) == 4
    assert found.tables == ()
