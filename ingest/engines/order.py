"""Decides in which order the lines of a page are read: columns, tables, forms, vertical text, page numbers last.

Engines say which words stand where. Their own order mixes columns (RapidOCR) or tears tables apart (Tesseract).
Columns that are read whole are told from rows that are read across in `columns`; ruled tables are read cell by cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_high

from ingest.engines.columns import parted
from ingest.engines.layout import Block, Row, block_of, is_tall, joined_row, overlap, rows_of, turned, usual_height
from ingest.engines.page_number import FOOT, HEAD, page_numbers
from ingest.engines.port import Line, Seen
from ingest.imaging.rulings import Ruling, Rulings, Table

#: Words of one line this far apart (in heights of its words) may belong to different columns or cells; the second where
#: so many pieces begin on the right of the gap.
_WIDE_GAP, _NARROW_GAP, _SEVERAL = 1.0, 0.35, 5
#: A ruled line counts as one across a page's columns from this share of the page's width.
_ACROSS = 0.25
#: Air between a running head and the text, in heights of its line.
_AIR = 0.9


def in_reading_order(
    pieces: Iterable[Line], rulings: Rulings, width: float, height: float, gutters: Sequence[Ruling] = ()
) -> tuple[Line, ...]:
    """The words of all pieces as lines in reading order, on a picture of `width` times `height` pixels.

    What stands on one row of a block becomes one line; a row of a table too, unless one of its cells has several lines:
    then each cell is read whole. The page's printed number comes last. The order of `pieces` does not matter.
    `gutters` are strips seen in the ink: what an engine read across one is cut there, and columns are looked for there.
    """
    pieces = [piece for piece in pieces if piece]
    cutter = _Cutter((*rulings.vertical, *gutters), sorted(piece[0].left for piece in pieces))
    parts = sorted((part for piece in pieces for part in cutter.apart(piece)), key=_place)
    numbers = page_numbers(parts, height)
    blocks = [block_of(part) for part in parts if part not in numbers]
    return (*_Reader(rulings, width, height, gutters).page(blocks), *numbers)


def _place(line: Line) -> tuple[tuple[float, float, float, float, str], ...]:
    """What tells one line from every other, so that the order they come in decides nothing."""
    return tuple((seen.top, seen.left, seen.width, seen.height, seen.text) for seen in line)


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts pieces that an engine drew over more than one column or cell; what belongs together is joined again later.

    `starts` are the left edges of all pieces, in order: where several begin, a column does.
    """

    vertical: Sequence[Ruling]
    starts: Sequence[float]

    def apart(self, piece: Line) -> Iterator[Line]:
        """The piece, cut at its wide gaps; a column of characters where its tier ends."""
        cuts = _wide_gaps_down(piece) if is_tall(block_of(piece)) else self.wide_gaps_across(piece)
        start = 0
        for end in (*cuts, len(piece)):
            yield piece[start:end]
            start = end

    def wide_gaps_across(self, piece: Line) -> Iterator[int]:
        high = median_high(seen.height for seen in piece)
        for number, (word, following) in enumerate(pairwise(piece), 1):
            wide = (following.left - word.left - word.width) / high if high else 0.0
            narrow = wide > _NARROW_GAP and self.begins(following.left, high)
            if wide > _WIDE_GAP or narrow or self.ruled(word, following):
                yield number

    def begins(self, left: float, high: float) -> bool:
        """Whether several pieces begin there."""
        near = bisect_right(self.starts, left + high / 3) - bisect_left(self.starts, left - high / 3)
        return near >= _SEVERAL

    def ruled(self, word: Seen, following: Seen) -> bool:
        """Whether a ruled line stands between the middles of two words; engines read such lines as signs."""
        start, end = word.left + word.width / 2, following.left + following.width / 2
        middle = word.top + word.height / 2
        return any(start < line.at <= end and line.start < middle < line.end for line in self.vertical)


def _wide_gaps_down(piece: Line) -> Iterator[int]:
    widest = _WIDE_GAP * median_high(seen.width for seen in piece)
    for number, (char, following) in enumerate(pairwise(piece), 1):
        if following.top - char.top - char.height > widest:
            yield number


class _Reader:
    """Reads the blocks of one page: tables first gather their own, the rest is parted into columns and rows."""

    def __init__(self, rulings: Rulings, width: float, height: float, gutters: Sequence[Ruling]) -> None:
        self.height = height
        self.gutters = [gutter.at for gutter in gutters]
        self.tables = sorted(rulings.tables, key=lambda table: table.area)
        self.across = [line for line in rulings.horizontal if line.length > _ACROSS * width and not self._edges(line)]
        self.down = [line for line in rulings.vertical if not self._stands_in_table(line)]
        self.em = 1.0

    def _edges(self, line: Ruling) -> bool:
        return any(table.holds((line.start + line.end) / 2, line.at) for table in self.tables)

    def _stands_in_table(self, line: Ruling) -> bool:
        return any(table.holds(line.at, (line.start + line.end) / 2) for table in self.tables)

    def page(self, blocks: list[Block]) -> list[Line]:
        self.em = usual_height([block for block in blocks if not is_tall(block)]) or 1.0
        if _is_vertical(blocks):
            return self.vertical(blocks)
        for table in self.tables:
            inside = [block for block in blocks if table.holds(block.centre, block.middle)]
            if inside:
                blocks = [block for block in blocks if block not in inside]
                blocks.append(self.table(table, inside))
        head, blocks, foot = self.apart_from_running_lines(blocks)
        return [*joined_row(head), *self.text(blocks), *joined_row(foot)]

    def apart_from_running_lines(self, blocks: list[Block]) -> tuple[Row, list[Block], Row]:
        """The running head and foot of a journal's page would else be torn apart by its columns."""
        rows = rows_of(blocks)
        if len(rows) < 4:
            return [], blocks, []
        head = rows[0] if _is_running(rows[0], rows[1]) and rows[0][0].middle < HEAD * self.height else []
        foot = rows[-1] if _is_running(rows[-1], rows[-2]) and rows[-1][0].middle > FOOT * self.height else []
        return head, [block for block in blocks if block not in head and block not in foot], foot

    def text(self, blocks: list[Block]) -> list[Line]:
        """Horizontal text: columns where it stands in columns, else row by row."""
        if _is_vertical(blocks):
            return self.vertical(blocks)
        return _flow(blocks, self.em, self.across, self.down, self.gutters)

    def table(self, table: Table, blocks: list[Block]) -> Block:
        """The table as one block, read row by row, and cell by cell where a cell has several lines."""
        cells: dict[int, list[Block]] = {}
        for block in blocks:
            cells.setdefault(table.cell_at(block.centre, block.middle), []).append(block)
        read = {cell: self.cell(inside) for cell, inside in sorted(cells.items())}
        lines = [
            line
            for _, row in groupby(read, key=lambda cell: table.rows_of(cell))
            for line in _row_of_cells([read[cell] for cell in row])
        ]
        box = (min(block.left for block in blocks), min(block.top for block in blocks))
        end = (max(block.right for block in blocks), max(block.bottom for block in blocks))
        return Block(*box, *end, tuple(lines), "", whole=True)

    def cell(self, blocks: list[Block]) -> list[Line]:
        """The lines of one cell; characters set one below the other are one line."""
        if len(blocks) > 1 and all(len(block.text) == 1 for block in blocks) and len(rows_of(blocks)) == len(blocks):
            return [tuple(seen for row in rows_of(blocks) for seen in row[0].lines[0])]
        return self.text(blocks)

    def vertical(self, blocks: list[Block]) -> list[Line]:
        """Vertical text, right to left; lines set across above or below it are read before or after it."""
        tall = [block for block in blocks if is_tall(block)]
        top, bottom = min(block.top for block in tall), max(block.bottom for block in tall)
        head = [block for block in blocks if _is_wide(block) and block.bottom < top + self.em]
        foot = [block for block in blocks if _is_wide(block) and block.top > bottom - self.em]
        body = [turned(block) for block in blocks if block not in head and block not in foot]
        return [*self.text(head), *_flow(body, usual_height(body), (), ()), *self.text(foot)]


def _is_running(row: Row, neighbours: Row) -> bool:
    """Whether the row has several pieces, a number among them, and stands apart from the rows on its other side."""
    if len(row) < 2 or any(block.whole for block in row) or not any(map(str.isdecimal, "".join(b.text for b in row))):
        return False
    height = max(block.height for block in row)
    return all(
        -overlap(block.top, block.bottom, other.top, other.bottom) > _AIR * height
        for block in row
        for other in neighbours
    )


def _flow(
    blocks: list[Block], em: float, across: Sequence[Ruling], down: Sequence[Ruling], gutters: Sequence[float] = ()
) -> list[Line]:
    """Columns where the text stands in columns, else row by row."""
    parting = parted(blocks, em, across, down, gutters)
    if parting is None:
        return [line for row in rows_of(blocks) for line in joined_row(row)]
    parts = (parting.above, parting.left, parting.right, parting.below)
    return [line for part in parts for line in _flow(part, em, across, down, gutters)]


def _row_of_cells(cells: Sequence[Sequence[Line]]) -> Sequence[Line]:
    """One line of all cells, unless a cell has several lines."""
    if any(len(cell) != 1 for cell in cells):
        return [line for cell in cells for line in cell]
    return [tuple(seen for cell in cells for seen in cell[0])]


def _is_wide(block: Block) -> bool:
    return block.width > 1.8 * block.height


def _is_vertical(blocks: Sequence[Block]) -> bool:
    """Whether most characters stand in columns from the top down."""
    tall = sum(len(block.text) for block in blocks if is_tall(block))
    return tall > 0.5 * sum(len(block.text) for block in blocks)
