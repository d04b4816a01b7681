"""Decides where lines are ruled on a page, and which of them make tables, from its small copy.

Lengths inside are pixels of the small copy (about 75 dpi); what comes out is in pixels of the picture it was made from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.imaging.look import Small

#: A hairline may fall between two rows of the small copy: two neighbours together must be this dark.
_DARK = 0.26
_LONGEST_BREAK, _SHORTEST_RUN, _SHORTEST, _LONG = 3, 16, 18, 40
#: The flat tops of five figures side by side look like a line of 45 pixels.
_LONG_ACROSS = 90
_THICKEST, _NEAR, _EDGE = 5, 5, 4
#: A ruled line is nearly unbroken, and has air beside it, which the strokes of a line of text have not.
_SOLID, _AIR, _BESIDE, _OTHER_LINE = 0.9, 3, 0.35, 0.9
_OPEN, _SURELY = 0.5, 250
_RULED = 0.5


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: horizontal at height `at` from left to right, or vertical at `at` from top to bottom."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of ruled lines: the heights of its row edges, the places of its column edges, and who owns each field.

    `owners[row][column]` is the number of the cell that the field belongs to; fields without a line between them are
    one cell. Cells are numbered as they are read: row by row, from left to right.
    """

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    owners: tuple[tuple[int, ...], ...]

    @property
    def left(self) -> float:
        return self.columns[0]

    @property
    def right(self) -> float:
        return self.columns[-1]

    @property
    def top(self) -> float:
        return self.rows[0]

    @property
    def bottom(self) -> float:
        return self.rows[-1]

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def cells(self) -> int:
        """How many cells there are; 1 for a frame."""
        return 1 + max(owner for row in self.owners for owner in row)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def cell_at(self, x: float, y: float) -> int:
        """The number of the cell at a place within the table."""
        return self.owners[_field(self.rows, y)][_field(self.columns, x)]

    def rows_of(self, cell: int) -> tuple[int, ...]:
        """The rows that a cell reaches over."""
        return tuple(number for number, row in enumerate(self.owners) if cell in row)


@dataclass(frozen=True, slots=True)
class Rulings:
    """All ruled lines of a page, and the tables they make, frames of one cell among them."""

    horizontal: tuple[Ruling, ...] = ()
    vertical: tuple[Ruling, ...] = ()
    tables: tuple[Table, ...] = ()


NO_RULINGS = Rulings()


def _field(edges: Sequence[float], place: float) -> int:
    return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)


def find_rulings(page: Small, scale: float) -> Rulings:
    """The ruled lines of the page; `scale` is pixels of the picture per pixel of its small copy (their widths say)."""
    dark = np.float32(1) - page.gray / np.maximum(page.paper, 1).astype(np.float32)
    across = _straight(dark)
    down = _straight(np.ascontiguousarray(dark.T))
    return rulings_of(across, down, scale)


def rulings_of(across: Sequence[Ruling], down: Sequence[Ruling], scale: float = 1.0) -> Rulings:
    """The same from lines already found: short ones count only where they end at a line of the other direction."""
    horizontal = [line for line in across if line.length >= _LONG_ACROSS or _tied(line, down)]
    vertical = [line for line in down if line.length >= _LONG or _tied(line, across)]
    tables = [_table(*group) for group in _groups(horizontal, vertical) if len(group[0]) > 1 and len(group[1]) > 0]
    return Rulings(
        tuple(_scaled(line, scale) for line in horizontal),
        tuple(_scaled(line, scale) for line in vertical),
        tuple(_scaled_table(table, scale) for table in tables if table is not None),
    )


def _scaled(line: Ruling, scale: float) -> Ruling:
    return Ruling(line.at * scale, line.start * scale, line.end * scale)


def _scaled_table(table: Table, scale: float) -> Table:
    return Table(tuple(y * scale for y in table.rows), tuple(x * scale for x in table.columns), table.owners)


# -- lines -------------------------------------------------------------------------------------------------------------


def _straight(dark: NDArray[np.floating[Any]]) -> list[Ruling]:
    """The thin dark lines along the rows of `dark` (0 for paper, 1 for black)."""
    ink = dark[:-1] + dark[1:] > _DARK
    ink[:_EDGE] = ink[-_EDGE:] = False
    merged = _merged(*_runs(ink))
    return [
        Ruling((top + bottom) / 2 + 1, start, end)
        for top, bottom, start, end in merged
        if end - start >= _SHORTEST and _is_thin(top, bottom, start, end) and _has_air(ink, top, bottom, start, end)
    ]


def _runs(ink: NDArray[np.bool_]) -> tuple[list[int], list[int], list[int]]:
    """Row, start and end of every nearly solid run of at least _SHORTEST_RUN pixels, breaks of a few pixels bridged."""
    height, width = ink.shape
    across = width + _LONGEST_BREAK + 2
    padded = np.zeros((height, across), np.bool_)
    padded[:, 1 : width + 1] = ink
    edges = np.flatnonzero(padded.ravel()[1:] != padded.ravel()[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    if not starts.size:
        return [], [], []
    apart = starts[1:] - ends[:-1] > _LONGEST_BREAK
    first, last = np.flatnonzero(np.r_[True, apart]), np.flatnonzero(np.r_[apart, True])
    filled = np.add.reduceat(ends - starts, first)
    starts, ends = starts[first], ends[last]
    solid = (ends - starts >= _SHORTEST_RUN) & (filled >= _SOLID * (ends - starts))
    starts, ends = starts[solid], ends[solid]
    rows = starts // across
    return rows.tolist(), (starts - rows * across - 1).tolist(), (ends - rows * across - 1).tolist()


def _merged(rows: Iterable[int], starts: Iterable[int], ends: Iterable[int]) -> list[tuple[int, int, int, int]]:
    """Top, bottom, start and end of lines grown from runs on neighbouring rows that touch; a line may lean a little."""
    grown: list[tuple[int, int, int, int]] = []
    growing: list[tuple[int, int, int, int]] = []
    for row, start, end in zip(rows, starts, ends, strict=True):
        grown += [line for line in growing if line[1] < row - 2]
        growing = [line for line in growing if line[1] >= row - 2]
        touched = [line for line in growing if start <= line[3] + _NEAR and end >= line[2] - _NEAR]
        growing = [line for line in growing if line not in touched]
        tops, _, lefts, rights = zip((row, row, start, end), *touched, strict=True)
        growing.append((min(tops), row, min(lefts), max(rights)))
    return grown + growing


def _is_thin(top: int, bottom: int, start: int, end: int) -> bool:
    """A photograph or a word is not; a long line may lean."""
    return bottom - top <= max(_THICKEST, (end - start) // 40)


def _has_air(ink: NDArray[np.bool_], top: int, bottom: int, start: int, end: int) -> bool:
    """Whether paper is seen beside a line: on both sides close by, and on one side of a short one as far as text is."""
    start = max(start, 0)
    near = [ink[row, start:end].mean() for row in (top - _AIR, bottom + _AIR) if 0 <= row < len(ink)]
    if any(_BESIDE < side < _OTHER_LINE for side in near):
        return False
    sides = (
        ink[max(0, top - 2 * _AIR) : max(0, top - 2), start:end],
        ink[bottom + _AIR : bottom + 2 * _AIR + 1, start:end],
    )
    return end - start > _SURELY or any(side.any(axis=0).mean() < _OPEN for side in sides)


def _tied(line: Ruling, others: Sequence[Ruling]) -> bool:
    """Whether a line of the other direction passes each of its ends."""
    return all(any(_passes(other, place, line.at) for other in others) for place in (line.start, line.end))


def _passes(other: Ruling, at: float, along: float) -> bool:
    return abs(other.at - at) <= _NEAR and other.start - _NEAR <= along <= other.end + _NEAR


# -- tables ------------------------------------------------------------------------------------------------------------


def _groups(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Lines that meet, directly or through others."""
    parent = list(range(len(horizontal) + len(vertical)))
    find = _finder(parent)
    for i, line in enumerate(horizontal):
        for j, other in enumerate(vertical):
            if _meet(line, other):
                parent[find(len(horizontal) + j)] = find(i)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for number in range(len(parent)):
        group = groups.setdefault(find(number), ([], []))
        if number < len(horizontal):
            group[0].append(horizontal[number])
        else:
            group[1].append(vertical[number - len(horizontal)])
    return groups.values()


def _finder(parent: list[int]) -> Callable[[int], int]:
    def find(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    return find


def _meet(line: Ruling, other: Ruling) -> bool:
    return line.start - _NEAR <= other.at <= line.end + _NEAR and other.start - _NEAR <= line.at <= other.end + _NEAR


def _table(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> Table | None:
    """The grid of lines that meet; None where there is no field between them."""
    rows = _edges([line.at for line in horizontal])
    ends = [place for line in horizontal for place in (line.start, line.end)]
    columns = _edges([line.at for line in vertical] + [min(ends), max(ends)])
    if len(rows) < 2 or len(columns) < 2:
        return None
    return Table(rows, columns, _owners(rows, columns, horizontal, vertical))


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """The places in order, those close together as one."""
    clusters: list[list[float]] = []
    for place in sorted(places):
        if clusters and place - clusters[-1][-1] <= _NEAR:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return tuple(sum(cluster) / len(cluster) for cluster in clusters)


def _owners(
    rows: Sequence[float], columns: Sequence[float], horizontal: Sequence[Ruling], vertical: Sequence[Ruling]
) -> tuple[tuple[int, ...], ...]:
    """Fields without a line between them become one cell."""
    down, across = len(rows) - 1, len(columns) - 1
    parent = list(range(down * across))
    find = _finder(parent)
    for row in range(down):
        for column in range(across):
            field = row * across + column
            if column + 1 < across and not _ruled(vertical, columns[column + 1], rows[row], rows[row + 1]):
                _unite(parent, find(field), find(field + 1))
            if row + 1 < down and not _ruled(horizontal, rows[row + 1], columns[column], columns[column + 1]):
                _unite(parent, find(field), find(field + across))
    numbers: dict[int, int] = {}
    owner = [numbers.setdefault(find(field), len(numbers)) for field in range(down * across)]
    return tuple(tuple(owner[row * across : (row + 1) * across]) for row in range(down))


def _unite(parent: list[int], one: int, other: int) -> None:
    parent[max(one, other)] = min(one, other)


def _ruled(lines: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """Whether a line lies there along (most of) the stretch."""
    near = [line for line in lines if abs(line.at - at) <= _NEAR]
    covered = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in near)
    return covered > _RULED * (end - start)
