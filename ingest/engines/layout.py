"""Decides what stands beside what on a page: pieces of text as boxes, and which of them share a row.

All lengths are pixels of the upright picture; `em` is the page's usual height of a line. Vertical text is the same
layout turned: what is a row there runs from the top down, and rows follow each other from right to left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.engines.port import Line

#: Two pieces stand on one row where they share this much of the lower one's height, and hardly any width.
_SHARED_HEIGHT, _SHARED_WIDTH = 0.5, 0.35
_MARKS, _HANGING = frozenset(",。、;:?!”』」》),.;:?!)"), 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines that stay together, and their box; a block that is not `whole` is one piece that others may join in a row.

    Two blocks are the same only if they are one: equal words may stand twice.
    """

    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[Line, ...]
    text: str
    whole: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def edge(self) -> float:
        """The right edge without a mark at the end: such marks hang out of their column."""
        hangs = self.text[-1:] in _MARKS
        return self.right - (min(self.width, self.height) * _HANGING if hangs else 0)


Row = list[Block]


def block_of(line: Line) -> Block:
    """One piece with the box around its words."""
    left, top = min(seen.left for seen in line), min(seen.top for seen in line)
    right, bottom = max(seen.left + seen.width for seen in line), max(seen.top + seen.height for seen in line)
    return Block(left, top, right, bottom, (line,), "".join(seen.text for seen in line))


def turned(block: Block) -> Block:
    """The block as vertical text has it: down the page becomes along the row, right to left becomes down."""
    return Block(block.top, -block.right, block.bottom, -block.left, block.lines, block.text, block.whole)


def is_tall(block: Block) -> bool:
    """Whether the piece is a column of characters one below the other."""
    return not block.whole and block.height > 1.8 * block.width and len(block.text) > 1


def usual_height(blocks: Sequence[Block]) -> float:
    """The median height of the pieces, each counted by its characters; 1 without any."""
    heights = [block.height for block in blocks if not block.whole for _ in block.text]
    return median(heights) if heights else 1.0


def overlap(first_from: float, first_to: float, second_from: float, second_to: float) -> float:
    """The length two stretches have in common; negative where a gap is between them."""
    return min(first_to, second_to) - max(first_from, second_from)


def rows_of(blocks: Iterable[Block]) -> list[Row]:
    """Rows from the top down, each from left to right; a row may lean or wave a little."""
    rows: list[Row] = []
    for block in sorted(blocks, key=lambda block: (block.middle, block.left, block.text)):
        row = next((row for row in reversed(rows[-6:]) if _belongs(block, row)), None)
        if row is None:
            rows.append([block])
        else:
            row.append(block)
    for row in rows:
        row.sort(key=lambda block: (block.left, block.top, block.text))
    return sorted(rows, key=lambda row: (sum(block.middle for block in row) / len(row), row[0].left))


def _belongs(block: Block, row: Row) -> bool:
    """Whether the block stands beside those of the row; its nearest neighbour decides, since rows may lean."""
    if block.whole or any(other.whole or _collide(block, other) for other in row):
        return False
    nearest = min(row, key=lambda other: -overlap(block.left, block.right, other.left, other.right))
    shared = overlap(block.top, block.bottom, nearest.top, nearest.bottom)
    return shared > _SHARED_HEIGHT * min(block.height, nearest.height)


def _collide(one: Block, other: Block) -> bool:
    return overlap(one.left, one.right, other.left, other.right) > _SHARED_WIDTH * min(one.width, other.width)


def joined_row(row: Sequence[Block]) -> tuple[Line, ...]:
    """One line of all pieces of a row; a whole block keeps its own lines."""
    if len(row) < 2:
        return row[0].lines if row else ()
    return (tuple(seen for block in row for line in block.lines for seen in line),)
