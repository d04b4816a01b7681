"""Decides whether text stands in columns that are read one after the other, or in rows that are read across.

The same empty strip runs between two columns of a newspaper and between the labels and values of a form. Running text
fills its column from edge to edge; cells and values do not, and their rows stand level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from ingest.engines.layout import Block, Row, overlap, rows_of
from ingest.imaging.rulings import Ruling

#: In ems. A strip between columns is wider than the first; than the second where five lines or more stand beside it
#: (detectors draw boxes too large). Running text has columns wider than the third; a figure across leaves the fourth.
_GUTTER, _NARROW_GUTTER, _NARROWEST, _PAUSE = 0.6, 0.25, 6.5, 3.0
#: The usual width of a column's longer lines is that below which so many of them stay; a line is full from that share.
_USUAL, _FULL = 0.85, 0.78
#: Text runs where so many of its lines are full: where sentences are marked in many lines (office papers are
#: half lists), in some, in a few; and where no sentence is marked.
_LISTING, _RUNNING, _SHORT, _UNMARKED = 0.25, 0.5, 0.65, 0.85
#: From so many lines on a side counts as many.
_MANY = 8
#: Where fewer rows than these stand level with the other side's, they are no rows of a table: few rows, many rows.
_ASKEW, _OFTEN_ASKEW = 0.5, 0.75
#: In ems: rows are level within the first, and follow each other closely within the second.
_LEVEL, _STACKED = 0.3, 0.9
_COLONS = (":", "\uff1a")
_SENTENCE = frozenset("\uff0c。、\uff1b\uff1f\uff01,.;?!")


@dataclass(frozen=True, slots=True)
class Parting:
    """Blocks parted by a strip between columns: read what is above, then left, right, and what is below."""

    above: list[Block]
    left: list[Block]
    right: list[Block]
    below: list[Block]


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands to both sides of a strip, from `top` down to where something crosses the strip."""

    top: float
    left: list[Block]
    right: list[Block]

    @property
    def weight(self) -> float:
        """The height over which the sides stand beside each other; negative where they do not."""
        return overlap(*_reach(self.left), *_reach(self.right))

    @property
    def gap(self) -> float:
        return min(block.left for block in self.right) - max(block.edge for block in self.left)


def parted(
    blocks: Sequence[Block],
    em: float,
    across: Sequence[Ruling] = (),
    down: Sequence[Ruling] = (),
    gutters: Sequence[float] = (),
) -> Parting | None:
    """The tallest strip between columns of running text; None where the blocks are read row by row.

    `across` and `down` are ruled lines that belong to no table: the first end columns, the second part them.
    `gutters` are places where a strip was seen, should stray signs in it hide it from the blocks.
    """
    ends = [Ruling(middle, float("-inf"), float("inf")) for middle in _pauses(blocks, em)]
    places = [*gutters, *_places(blocks, em)]
    bands = [band for place in places for band in _bands(blocks, place, em, [*across, *ends])]
    bands.sort(key=lambda band: -band.weight)
    return next((_parting(blocks, band, em) for band in bands if _are_columns(band, em, down)), None)


def _pauses(blocks: Sequence[Block], em: float) -> Iterator[float]:
    """The middles of wide empty stripes across all blocks: a figure stood there, or something else begins."""
    reached = float("inf")
    for block in sorted(blocks, key=lambda block: block.top):
        if block.top - reached > _PAUSE * em:
            yield (block.top + reached) / 2
        reached = max(block.bottom, reached if reached < float("inf") else block.bottom)


def _places(blocks: Sequence[Block], em: float) -> list[float]:
    """Where a strip may run: just left of a block that has a gap before it, once for each em of width."""
    if len(blocks) < 2:
        return []
    left, top, right, bottom = np.array([(block.left, block.top, block.edge, block.bottom) for block in blocks]).T
    beside = (left > right[:, None]) & (top < bottom[:, None]) & (bottom > top[:, None])
    nearest = np.where(beside, left, np.inf).min(axis=1)
    wide = nearest[np.isfinite(nearest) & (nearest - right >= _NARROW_GUTTER * em)] - _NARROW_GUTTER / 2 * em
    places: list[float] = []
    for place in np.sort(wide).tolist():
        if not places or place - places[-1] > em / 2:
            places.append(place)
    return places


def _bands(blocks: Sequence[Block], place: float, em: float, across: Sequence[Ruling]) -> Iterator[_Band]:
    """The stretches of a strip at one place that nothing crosses."""
    slack = 0.25 * em
    left = [block for block in blocks if block.edge - slack <= place]
    right = [block for block in blocks if block.left + slack >= place and block not in left]
    crossing = [block for block in blocks if block.left + slack < place < block.edge - slack]
    limits = sorted([block.middle for block in crossing] + [line.at for line in across if _parts(line, place, em)])
    edges = [float("-inf"), *limits, float("inf")]
    for top, bottom in pairwise(edges):
        sides = [[block for block in side if top <= block.middle < bottom] for side in (left, right)]
        if all(sides) and (band := _Band(top, *sides)).gap >= _NARROW_GUTTER * em:
            yield band


def _parts(line: Ruling, place: float, em: float) -> bool:
    """Whether a line ruled across ends the columns to both sides of a place."""
    return line.start < place - 4 * em and line.end > place + 4 * em


def _parting(blocks: Sequence[Block], band: _Band, em: float) -> Parting:
    """What stands alone at the head of the right side, a date say, is read before both."""
    head = min(block.top for block in band.left) - em / 2
    right = [block for block in band.right if block.bottom >= head] or band.right
    around = [block for block in blocks if block not in band.left and block not in right]
    above = [block for block in around if block.middle <= band.top or block in band.right]
    return Parting(above, band.left, right, [block for block in around if block not in above])


# -- running text or cells ---------------------------------------------------------------------------------------------


def _are_columns(band: _Band, em: float, down: Sequence[Ruling]) -> bool:
    if any(_divides(line, band) for line in down):
        return True
    left, right = _Side.of(band.left, em), _Side.of(band.right, em)
    if band.gap < _GUTTER * em and min(len(left.rows), len(right.rows)) <= 4:
        return False
    if left.runs and right.runs:
        return True
    if band.weight <= 0:
        return False
    if left.runs or right.runs:
        other, running = (right, left) if left.runs else (left, right)
        if any(_labels(row, other, em) for row in running.rows):
            return False
        if other is right and other.width < _NARROWEST / 2 * em and not _are_numbers(other):
            return True
        return not _are_marks(other) and _accompanies(other, running, em)
    return _stand_askew(left, right, em)


def _reach(side: Sequence[Block]) -> tuple[float, float]:
    return min(block.top for block in side), max(block.bottom for block in side)


def _divides(line: Ruling, band: _Band) -> bool:
    """Whether a ruled line stands in the strip, along most of it."""
    within = max(block.right for block in band.left) <= line.at <= min(block.left for block in band.right)
    top, bottom = (edge(ends) for edge, ends in ((max, _ends(band, 0)), (min, _ends(band, 1))))
    return within and overlap(line.start, line.end, top, bottom) > 0.7 * (bottom - top) > 0


def _ends(band: _Band, which: int) -> tuple[float, float]:
    return _reach(band.left)[which], _reach(band.right)[which]


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands on one side of a strip; its `width` is that of its longer rows, whatever juts out."""

    rows: list[Row]
    width: float
    runs: bool

    @classmethod
    def of(cls, blocks: Sequence[Block], em: float) -> _Side:
        rows = rows_of(blocks)
        widths = sorted(sum(block.width for block in row) for row in rows)
        width = widths[int(_USUAL * (len(rows) - 1))]
        return cls(rows, width, width >= _NARROWEST * em and len(rows) >= 2 and _runs(rows, width, em))

    @property
    def middles(self) -> list[float]:
        return [median(block.middle for block in row) for row in self.rows]


def _runs(rows: Sequence[Row], width: float, em: float) -> bool:
    """Whether the lines fill the column: half of them where they hold sentences, nearly all where nothing says so."""
    if _are_fields(rows):
        return False
    full = sum(_is_full(row, width) for row in rows) / len(rows)
    if _have_sentences(rows):
        return full >= (_LISTING if len(rows) >= _MANY else _RUNNING if len(rows) > 4 else _SHORT)
    return full >= _UNMARKED and len(rows) > 4 and width > 1.5 * _NARROWEST * em


def _is_full(row: Row, width: float) -> bool:
    """An indent and a ragged end are allowed for."""
    return row[0].whole or sum(block.width for block in row) >= _FULL * width


def _are_fields(rows: Sequence[Row]) -> bool:
    """Whether most rows hold a label with its colon, or a leader to what stands at their end."""
    return sum(_is_field(_text(row)) for row in rows) > 0.5 * len(rows)


def _is_field(text: str) -> bool:
    return any(colon in text[:8] for colon in _COLONS) or "……" in text or "...." in text or "····" in text


def _have_sentences(rows: Sequence[Row]) -> bool:
    """Whether marks of sentences stand in a good part of the rows."""
    return sum(_has_mark(_text(row)) for row in rows) > 0.3 * len(rows)


def _has_mark(text: str) -> bool:
    """Whether a word is followed by a mark; within numbers and dates the same signs mean something else."""
    return any(mark in _SENTENCE and word.isalpha() for word, mark in pairwise(text))


def _text(row: Row) -> str:
    return "".join(block.text for block in row)


def _accompanies(other: _Side, running: _Side, em: float) -> bool:
    """Whether the side that does not run stands apart from the text: the end of an article, a note in the margin."""
    if len(other.rows) <= 2:
        return len(running.rows) > 2
    stacked = [below[0].top - above[0].bottom < _STACKED * em for above, below in pairwise(other.rows)]
    return sum(stacked) >= 0.5 * len(stacked) or _level_share(other, running, em) < 0.6


def _labels(row: Row, other: _Side, em: float) -> bool:
    """Whether the row is of a form, and goes on on the other side."""
    middle = median(block.middle for block in row)
    level = any(abs(middle - level) < _LEVEL * em for level in other.middles)
    return level and any(block.text.endswith(_COLONS) for block in row)


def _are_marks(side: _Side) -> bool:
    """Whether the rows are signs that belong to the lines they stand before."""
    return sum(len(_text(row)) <= 3 for row in side.rows) > 0.6 * len(side.rows) or _are_numbers(side)


def _are_numbers(side: _Side) -> bool:
    return sum(not any(map(str.isalpha, _text(row))) for row in side.rows) > 0.6 * len(side.rows)


def _stand_askew(left: _Side, right: _Side, em: float) -> bool:
    """Whether rows on both sides are many and do not stand level, so that no row can be read across."""
    fewest = min(len(left.rows), len(right.rows))
    if fewest < 4 or min(left.width, right.width) < _NARROWEST * em:
        return False
    return _level_share(left, right, em) < (_ASKEW if fewest < _MANY else _OFTEN_ASKEW)


def _level_share(one: _Side, other: _Side, em: float) -> float:
    """The share of rows on the shorter side that stand level with one of the other side."""
    few, many = sorted((one.middles, other.middles), key=len)
    return sum(min(abs(middle - level) for level in many) < _LEVEL * em for middle in few) / len(few)
