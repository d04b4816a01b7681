"""Decides what a catalogue on paper is, whatever it lists: columns, and booklets of a cover and its rows.

A booklet is what is bound together. Every format writes this one shape, so that a new catalogue needs no new writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from index.ports import Progress


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the standard names it; `width` in millimetres on A4 landscape, `number` when its cells count."""

    name: str
    width: float
    number: bool = False


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is written: its cells, the columns they stand under, and whether it heads what follows it."""

    cells: Row
    columns: tuple[Column, ...]
    head: bool = False
    """Names of columns."""
    strong: bool = False
    """A row that has rows of its own below it."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """What is bound under one cover: the cover's lines (name, value), and rows of cells in the columns' order.

    `inner` holds for each row the rows that follow it at once, under the catalogue's inner columns; or nothing at all.
    """

    cover: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    inner: tuple[tuple[Row, ...], ...] = ()

    @property
    def name(self) -> str:
        """The cover in one line, such as "Z109 2024 永久 办公室": a heading for screens."""
        return " ".join(value for name, value in self.cover if value and name != "全宗名称")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole export: its title, its columns and its booklets in the order they are bound.

    `bound` catalogues have covers; what is laid into a volume has none, but the cover's lines above its rows.
    """

    title: str
    columns: tuple[Column, ...]
    booklets: tuple[Booklet, ...]
    inner: tuple[Column, ...] = ()
    bound: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def size(self) -> int:
        """How many rows there are in all, inner ones too."""
        return sum(len(booklet.rows) + sum(map(len, booklet.inner)) for booklet in self.booklets)

    def rows(self) -> Iterator[Row]:
        """Every row, booklet after booklet, inner ones behind theirs."""
        return (line.cells for booklet in self.booklets for line in self.lines(booklet) if not line.head)

    def lines(self, booklet: Booklet) -> Iterator[Line]:
        """The rows of a booklet; behind each its own, under the names of their columns."""
        for row, below in zip_longest(booklet.rows, booklet.inner, fillvalue=()):
            yield Line(row, self.columns, strong=bool(self.inner))
            if below:
                yield Line(tuple(column.name for column in self.inner), self.inner, head=True)
            for inner in below:
                yield Line(inner, self.inner)


Writer = Callable[[Catalogue, Path, Progress], None]
"""Writes a catalogue to a file in one format."""
