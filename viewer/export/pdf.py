"""Decides how a catalogue is printed as PDF: A4 landscape, a cover before each booklet, the head on every page.

Pages are numbered within their booklet (第 1 页 共 3 页), since a booklet is what is bound. The font is embedded as the
subset that is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from index.ports import Progress
from viewer.export.catalogue import Booklet, Catalogue, Column, Line
from viewer.export.fonts import Font, chinese_font
from viewer.export.lines import Width, lines_of

# Millimetres on A4 landscape; the left margin is wide because there it is bound.
_PAGE_WIDTH, _PAGE_HEIGHT = 297, 210
_LEFT, _TOP, _BOTTOM = 25, 26, 16
_LINE, _PADDING = 4.6, 1.4
_HEAD = 8.5
_ROOM = _PAGE_HEIGHT - _TOP - _BOTTOM - _HEAD

_FAMILY = "muniment"
_BODY, _SMALL, _NAME, _TITLE = 9.0, 8.5, 18, 32


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row with its cells broken into lines."""

    cells: tuple[tuple[str, ...], ...]
    line: Line

    @property
    def height(self) -> float:
        return max(len(lines) for lines in self.cells) * _LINE + 2 * _PADDING


def write(catalogue: Catalogue, path: Path, progress: Progress) -> None:
    """Raises Missing("font-missing")."""
    paper = _paper(chinese_font())
    width = _measure(paper)
    done = 0
    for booklet in catalogue.booklets:
        if catalogue.bound:
            _draw_cover(paper, catalogue.title, booklet)
        pages = list(_pages([_laid(line, width) for line in catalogue.lines(booklet)]))
        for number, rows in enumerate(pages, 1):
            _draw_page(paper, catalogue, booklet, rows, f"第 {number} 页 共 {len(pages)} 页")
            progress(done := done + sum(not row.line.head for row in rows), catalogue.size)
    if not catalogue.booklets:
        _draw_page(paper, catalogue, Booklet((), ()), (), "第 1 页 共 1 页")
    paper.output(str(path))


def _paper(font: Font) -> FPDF:
    paper = FPDF(orientation="landscape", unit="mm", format="A4")
    paper.set_auto_page_break(False)
    paper.set_margin(0)
    paper.set_lang("zh-CN")
    paper.add_font(_FAMILY, fname=font.path, collection_font_number=font.face)
    paper.set_line_width(0.2)
    return paper


def _measure(paper: FPDF) -> Width:
    """How wide a text is in the body's size, whatever is being drawn; each character is measured once."""

    @cache
    def one(character: str) -> float:
        paper.set_font(_FAMILY, size=_BODY)
        return float(paper.get_string_width(character))

    return lambda text: sum(map(one, text))


def _laid(line: Line, width: Width) -> _Laid:
    rooms = (column.width - 2 * _PADDING for column in line.columns)
    return _Laid(tuple(tuple(lines_of(cell, room, width)) for cell, room in zip(line.cells, rooms, strict=True)), line)


def _pages(rows: Sequence[_Laid]) -> Iterator[list[_Laid]]:
    """Rows as they fit on pages; a row is never cut, however long its title, and none that heads others ends a page."""
    page: list[_Laid] = []
    left = _ROOM
    for group in _groups(rows):
        height = sum(row.height for row in group)
        if page and height > left:
            yield page
            page, left = [], _ROOM
        page.extend(group)
        left -= height
    yield page


def _groups(rows: Sequence[_Laid]) -> Iterator[list[_Laid]]:
    """What stays together: a row, with those before it that head it."""
    group: list[_Laid] = []
    for row, following in zip_longest(rows, rows[1:]):
        group.append(row)
        heads = row.line.head or (row.line.strong and following is not None and following.line.head)
        if not heads:
            yield group
            group = []


def _draw_cover(paper: FPDF, title: str, booklet: Booklet) -> None:
    paper.add_page()
    paper.set_font(_FAMILY, size=_TITLE)
    paper.set_xy(0, 42)
    paper.cell(w=_PAGE_WIDTH, text=title, align="C")
    for line, (name, value) in enumerate(booklet.cover):
        _draw_cover_line(paper, 84 + 16 * line, name, value)


def _draw_cover_line(paper: FPDF, top: float, name: str, value: str) -> None:
    paper.set_font(_FAMILY, size=_NAME)
    paper.set_xy(60, top)
    paper.cell(w=48, h=12, text=name, align="R")
    paper.set_font(_FAMILY, size=_fitting(paper, value, 126))
    paper.cell(w=4)
    paper.cell(w=130, h=12, text=value, align="C", border="B")


def _fitting(paper: FPDF, text: str, room: float) -> float:
    """The size in which `text` fits one line of the cover: long names of bodies are set smaller, never cut."""
    return min(_NAME, _NAME * room / (paper.get_string_width(text) or room))


def _draw_page(paper: FPDF, catalogue: Catalogue, booklet: Booklet, rows: Sequence[_Laid], footer: str) -> None:
    paper.add_page()
    _draw_heading(paper, catalogue.title, booklet)
    top = _draw_head(paper, catalogue.columns)
    for row in rows:
        top = _draw_row(paper, row, top)
    paper.set_font(_FAMILY, size=_SMALL)
    paper.set_xy(0, _PAGE_HEIGHT - 12)
    paper.cell(w=_PAGE_WIDTH, text=footer, align="C")


def _draw_heading(paper: FPDF, title: str, booklet: Booklet) -> None:
    paper.set_font(_FAMILY, size=14)
    paper.set_xy(_LEFT, 11)
    paper.cell(w=80, h=8, text=title)
    paper.set_font(_FAMILY, size=_SMALL)
    paper.cell(w=180, h=9, text=booklet.name, align="R", new_x=XPos.LEFT, new_y=YPos.NEXT)


def _draw_head(paper: FPDF, columns: Sequence[Column]) -> float:
    paper.set_font(_FAMILY, size=_BODY)
    paper.set_fill_color(242, 240, 234)
    paper.set_xy(_LEFT, _TOP)
    for column in columns:
        paper.cell(w=column.width, h=_HEAD, text=column.name, border=1, align="C", fill=True)
    return _TOP + _HEAD


def _draw_row(paper: FPDF, row: _Laid, top: float) -> float:
    left: float = _LEFT
    shaded = row.line.strong or row.line.head
    for column, lines in zip(row.line.columns, row.cells, strict=True):
        paper.rect(left, top, column.width, row.height, style="DF" if shaded else "D")
        start = top + (row.height - len(lines) * _LINE) / 2
        for number, line in enumerate(lines):
            paper.set_xy(left + _PADDING, start + number * _LINE)
            paper.cell(
                w=column.width - 2 * _PADDING, h=_LINE, text=line, align="C" if column.number or row.line.head else "L"
            )
        left += column.width
    return top + row.height
