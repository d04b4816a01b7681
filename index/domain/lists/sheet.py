"""Decides what a spreadsheet says: where its headings stand, and which rows below them say anything.

A room's own catalogues begin with a title over several columns, have blank rows and a total at the end, and repeat
their headings on every printed page, or have a second line of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.domain.folding import folded

#: Headings are looked for in so many lines from the top.
_TOP = 20
_TOTALS = ("合计", "总计", "小计", "total")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the spreadsheet (from 1), and as many cells as there are headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and rows; cells are text without spaces around them."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def sheet(lines: Sequence[Sequence[str]], known: Iterable[str]) -> Sheet:
    """The sheet that `lines` of cells make; its headings are the line that has most of the `known` ones (folded).

    Without a known heading it is the first line of two cells or more; without that, the sheet is empty.
    """
    at = _headings(lines, frozenset(known))
    if at is None:
        return Sheet((), ())
    headings = tuple(_trimmed(lines[at]))
    width = len(headings)
    rows = (Row(number, _wide(line, width)) for number, line in enumerate(lines[at + 1 :], at + 2))
    return Sheet(headings, tuple(row for row in rows if _says_something(row.cells, headings)))


def plain(heading: str) -> str:
    """A heading as it is compared: folded, without blanks, signs and what stands in brackets."""
    bare = folded(heading).text.split("(")[0]
    return "".join(character for character in bare if character.isalnum())


def _headings(lines: Sequence[Sequence[str]], known: frozenset[str]) -> int | None:
    top = range(min(_TOP, len(lines)))
    most = max(top, key=lambda at: (_known(lines[at], known), -at), default=None)
    if most is not None and _known(lines[most], known) > 0:
        return most
    return next((at for at in top if sum(bool(cell.strip()) for cell in lines[at]) > 1), None)


def _known(line: Sequence[str], known: frozenset[str]) -> int:
    return sum(plain(cell) in known for cell in line)


def _trimmed(line: Sequence[str]) -> list[str]:
    cells = [" ".join(cell.split()) for cell in line]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _wide(line: Sequence[str], width: int) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line[:width]]
    return (*cells, *("" for _ in range(width - len(cells))))


def _says_something(cells: tuple[str, ...], headings: tuple[str, ...]) -> bool:
    said = [cell for cell in cells if cell]
    again = any(cell and cell == heading for cell, heading in zip(cells, headings, strict=True))
    return bool(said) and not again and not said[0].lower().startswith(_TOTALS)
