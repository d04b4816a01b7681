"""Decides how a batch sheet is printed as PDF: A4 upright, figures in two columns, ruled tables, lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode
from fpdf.fonts import FontFace

from viewer.export.fonts import Font, chinese_font

# Millimetres on A4 upright.
_MARGIN, _FOOT = 16, 16
_WIDTH = 210 - 2 * _MARGIN
_NAME = 30
_FAMILY = "muniment"
_BODY, _HEAD, _TITLE = 9.0, 11.0, 17.0


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the sheet: its heading, the heads of its columns, rows of cells, and how wide each column is."""

    heading: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole sheet in the words it is printed in; `signatures` are (what for, name and moment, or a dash)."""

    title: str
    room: str
    figures: Sequence[tuple[str, str]]
    tables: Sequence[Part]
    signatures: Sequence[tuple[str, str]]


class _Paper(FPDF):
    """A4 upright with the number of each page at its foot."""

    def __init__(self, font: Font) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=_FOOT + 2)
        self.add_font(_FAMILY, fname=font.path, collection_font_number=font.face)
        self.set_line_width(0.2)

    def footer(self) -> None:
        self.set_y(-_FOOT)
        self.set_font(_FAMILY, size=8)
        self.cell(w=0, text=f"{self.page_no()} / {{nb}}", align="C")


def write(printed: Printed, path: Path) -> None:
    """Raises Missing("font-missing")."""
    paper = _Paper(chinese_font())
    paper.add_page()
    _draw_title(paper, printed)
    _draw_figures(paper, printed.figures)
    for part in printed.tables:
        if part.rows:
            _draw_table(paper, part)
    _draw_signatures(paper, printed.signatures)
    paper.output(str(path))


def _draw_title(paper: FPDF, printed: Printed) -> None:
    paper.set_font(_FAMILY, size=_BODY)
    paper.cell(w=_WIDTH, h=5, text=printed.room, align="R", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(_FAMILY, size=_TITLE)
    paper.cell(w=_WIDTH, h=12, text=printed.title, align="C", new_x="LMARGIN", new_y="NEXT")
    paper.ln(2)


def _draw_figures(paper: FPDF, figures: Sequence[tuple[str, str]]) -> None:
    """Two names and values a line; what is too long for half a line has one to itself."""
    paper.set_font(_FAMILY, size=_BODY)
    room = _WIDTH / 2 - _NAME - 4
    short = [figure for figure in figures if paper.get_string_width(figure[1]) <= room]
    pairs = [short[at : at + 2] for at in range(0, len(short), 2)]
    for line in [*pairs, *([figure] for figure in figures if figure not in short)]:
        _draw_line(paper, line)
    paper.ln(2)


def _draw_line(paper: FPDF, figures: Sequence[tuple[str, str]]) -> None:
    half = len(figures) > 1
    for name, value in figures[:-1]:
        _draw_name(paper, name)
        paper.cell(w=_WIDTH / 2 - _NAME, h=5.4, text=value)
    name, value = figures[-1]
    _draw_name(paper, name)
    room = _WIDTH / 2 - _NAME if half else _WIDTH - _NAME
    paper.multi_cell(w=room, h=5.4, text=value, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")


def _draw_name(paper: FPDF, name: str) -> None:
    paper.set_text_color(90)
    paper.cell(w=_NAME, h=5.4, text=name)
    paper.set_text_color(0)


def _draw_table(paper: FPDF, part: Part) -> None:
    if paper.will_page_break(24):
        paper.add_page()
    paper.set_font(_FAMILY, size=_HEAD)
    paper.cell(w=_WIDTH, h=8, text=part.heading, new_x="LMARGIN", new_y="NEXT")
    paper.set_font(_FAMILY, size=_BODY)
    with paper.table(
        [part.heads, *part.rows],
        col_widths=part.widths,
        width=_WIDTH,
        line_height=4.4,
        padding=0.6,
        text_align="L",
        borders_layout=TableBordersLayout.ALL,
        headings_style=FontFace(emphasis=None, fill_color=(242, 240, 234)),
        wrapmode=WrapMode.CHAR,
    ):
        pass
    paper.ln(2)


def _draw_signatures(paper: FPDF, signatures: Sequence[tuple[str, str]]) -> None:
    """Never parted from each other; a name that was given by password stands on its line, else one signs by hand."""
    if paper.will_page_break(12 * len(signatures)):
        paper.add_page()
    paper.set_font(_FAMILY, size=_BODY)
    for what, who in signatures:
        paper.ln(4)
        paper.cell(w=_NAME, h=8, text=what)
        paper.cell(w=_WIDTH - _NAME, h=8, text="" if who == "–" else who, border="B", new_x="LMARGIN", new_y="NEXT")
