"""Decides how a catalogue is written as a workbook: the covers on a sheet of their own, then one sheet of rows.

One sheet of rows can be sorted and filtered as a whole; a page break before each booklet lets each be bound under
its own cover. Cells are written as text, so that no code loses its zeros and nothing becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import xlsxwriter

from index.ports import Progress
from viewer.export.catalogue import Booklet, Catalogue

_A4 = 9
_PIXELS_A_MILLIMETRE = 96 / 25.4
_MOST_BREAKS = 1023
"""What a spreadsheet allows on one sheet."""

_COVER_LINES = 12
"""Lines from one cover to the next."""


def write(catalogue: Catalogue, path: Path, progress: Progress) -> None:
    """A workbook that opens on the rows; a row at a time is held in memory."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        if catalogue.bound:
            _write_covers(book, catalogue)
        _write_rows(book, catalogue, progress)


def _write_covers(book: Any, catalogue: Catalogue) -> None:
    sheet = book.add_worksheet("封面")
    _on_paper(sheet)
    sheet.center_vertically()
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 64)
    looks = _CoverLooks(book)
    for number, booklet in enumerate(catalogue.booklets):
        _write_cover(sheet, number * _COVER_LINES, catalogue.title, booklet, looks)
    sheet.set_h_pagebreaks([number * _COVER_LINES for number in range(1, len(catalogue.booklets))][:_MOST_BREAKS])


class _CoverLooks:
    """The three formats of a cover."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"font_size": 28, "bold": True, "align": "center", "valign": "vcenter"})
        self.name = book.add_format({"font_size": 16, "align": "right", "valign": "vcenter", "indent": 1})
        self.value = book.add_format({"font_size": 16, "bottom": 1, "valign": "vcenter", "text_wrap": True})


def _write_cover(sheet: Any, top: int, title: str, booklet: Booklet, looks: _CoverLooks) -> None:
    sheet.set_row(top, 90)
    sheet.write_string(top, 0, title, _across(looks.title))
    sheet.write_blank(top, 1, None, _across(looks.title))
    for line, (name, value) in enumerate(booklet.cover, top + 2):
        sheet.set_row(line, 36)
        sheet.write_string(line, 0, name, looks.name)
        sheet.write_string(line, 1, value, looks.value)


def _across(look: Any) -> Any:
    """Centred across both columns: a merged cell cannot be written in constant memory."""
    look.set_center_across()
    return look


def _write_rows(book: Any, catalogue: Catalogue, progress: Progress) -> None:
    sheet = book.add_worksheet(catalogue.title)
    _on_paper(sheet)
    _set_columns(sheet, catalogue)
    sheet.activate()
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#F2F0EA"})
    for place, name in enumerate(catalogue.names):
        sheet.write_string(0, place, name, head)
    looks = {(number, strong): _look(book, number, strong) for number in (False, True) for strong in (False, True)}
    lines = (line for booklet in catalogue.booklets for line in catalogue.lines(booklet))
    for at, line in enumerate(lines, 1):
        for place, (cell, column) in enumerate(zip(line.cells, line.columns, strict=True)):
            look = head if line.head else looks[column.number, line.strong]
            _write_cell(sheet, at, place, cell, look, column.number and not line.head)
        progress(min(at, catalogue.size), catalogue.size)


def _write_cell(sheet: Any, line: int, place: int, cell: str, look: Any, number: bool) -> None:
    if not cell:
        sheet.write_blank(line, place, None, look)
    elif number:
        sheet.write_number(line, place, int(cell), look)
    else:
        sheet.write_string(line, place, cell, look)


def _look(book: Any, number: bool, strong: bool) -> Any:
    plain = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10, "bold": strong}
    return book.add_format(plain | ({"align": "center"} if number else {"num_format": "@"}))


def _set_columns(sheet: Any, catalogue: Catalogue) -> None:
    for place, column in enumerate(catalogue.columns):
        sheet.set_column(place, place, _characters(column.width))
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    if not catalogue.inner:
        sheet.autofilter(0, 0, catalogue.size, len(catalogue.columns) - 1)
    sheet.set_h_pagebreaks(list(_breaks(catalogue))[:_MOST_BREAKS])
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _characters(millimetres: float) -> float:
    """A column's width as spreadsheets count it: in zeros of the default font, 7 pixels each, and 5 of padding."""
    return (millimetres * _PIXELS_A_MILLIMETRE - 5) / 7


def _breaks(catalogue: Catalogue) -> Iterator[int]:
    """The line before which each booklet but the first begins."""
    return (1 + rows for rows in accumulate(len(list(catalogue.lines(one))) for one in catalogue.booklets[:-1]))


def _on_paper(sheet: Any) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    # "Fit to width" would make Excel ignore the page breaks between booklets; the columns are as wide as the paper.
    sheet.set_print_scale(97)
    sheet.set_margins(left=0.98, right=0.47, top=0.7, bottom=0.7)
