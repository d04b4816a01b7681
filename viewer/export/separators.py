"""Decides how separator and cover sheets are printed: A4, one large code each, and the same in words beneath it.

The code is of the highest error correction and fills the middle of the sheet: a third of it may be torn, stamped or
faded, and a fax of it still reads. Nothing but the code and words stands on the sheet, so that its back is blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from fpdf import FPDF

from index.domain.separators import VERSION, Cover, code_of
from viewer.export.fonts import Font, chinese_font
from viewer.export.lines import lines_of

#: What stands over the code, for whoever sorts the paper.
SEPARATOR, COVER = "分隔页", "封面页"
_UNDER = "此页仅供扫描分件，不归档。 Separator sheet, not a record."

# Millimetres on A4; the code keeps a quiet zone of more than four squares around it.
_WIDTH, _HEIGHT = 210, 297
_SIDE, _TOP = 120, 46
_WORDS_TOP, _NAME_WIDTH, _LEFT = 184, 34, 30
_VALUE_WIDTH = _WIDTH - 2 * _LEFT - _NAME_WIDTH
_LINE = 8.5
_FAMILY = "muniment"
_TITLE, _VALUE, _NAME, _SMALL = 34, 15, 11, 8.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to print: what its code says, and the same in words, each with its name."""

    cover: Cover
    words: Sequence[tuple[str, str]] = ()


def write(sheets: Sequence[Sheet], path: Path) -> None:
    """One A4 page a sheet. Raises Missing("font-missing"), WrongUse("bad-value") when a sheet says too much."""
    codes = [code_of(sheet.cover) for sheet in sheets]  # before the font is opened: some sheet may say too much
    paper = _paper(chinese_font())
    for sheet, code in zip(sheets, codes, strict=True):
        _draw(paper, sheet, code)
    paper.output(str(path))


def _paper(font: Font) -> FPDF:
    paper = FPDF(unit="mm", format="A4")
    paper.set_auto_page_break(False)
    paper.set_margin(0)
    paper.set_lang("zh-CN")
    paper.add_font(_FAMILY, fname=font.path, collection_font_number=font.face)
    return paper


def _draw(paper: FPDF, sheet: Sheet, code: str) -> None:
    paper.add_page()
    _draw_line(paper, 18, _TITLE, SEPARATOR if sheet.cover.plain else COVER)
    _draw_code(paper, code)
    top = float(_WORDS_TOP)
    for name, value in sheet.words:
        top = _draw_words(paper, top, name, value)
    _draw_line(paper, _HEIGHT - 22, _SMALL, _UNDER)
    _draw_line(paper, _HEIGHT - 16, _SMALL, f"{VERSION} {code[-8:]}")


def _draw_code(paper: FPDF, code: str) -> None:
    """Dark squares in runs along each row, so that no hair of white parts them."""
    rows = segno.make(code.encode(), error="h", mode="byte", micro=False).matrix
    size = _SIDE / len(rows)
    paper.set_fill_color(0)
    for down, row in enumerate(rows):
        for start, length in _runs(row):
            paper.rect((_WIDTH - _SIDE) / 2 + start * size, _TOP + down * size, length * size, size, style="F")


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Start and length of every run of dark squares."""
    edges = [at for at, (a, b) in enumerate(zip((0, *row), (*row, 0), strict=True)) if a != b]
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _draw_line(paper: FPDF, top: float, size: float, text: str) -> None:
    paper.set_font(_FAMILY, size=size)
    paper.set_xy(0, top)
    paper.cell(w=_WIDTH, h=size / 2, text=text, align="C")


def _draw_words(paper: FPDF, top: float, name: str, value: str) -> float:
    """A name with its value broken into lines; where the next begins."""
    paper.set_font(_FAMILY, size=_NAME)
    paper.set_xy(_LEFT, top)
    paper.cell(w=_NAME_WIDTH, h=_LINE, text=name)
    paper.set_font(_FAMILY, size=_VALUE)
    lines = lines_of(value, _VALUE_WIDTH, paper.get_string_width)
    for number, line in enumerate(lines):
        paper.set_xy(_LEFT + _NAME_WIDTH, top + number * _LINE)
        paper.cell(w=_VALUE_WIDTH, h=_LINE, text=line)
    return top + max(1, len(lines)) * _LINE + 1.5
