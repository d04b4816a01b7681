"""Decides what a catalogue on paper is, whatever it lists: columns, and booklets of a cover and its rows.

A booklet is what is bound together. Every format writes this one shape, so that a new catalogue needs no new writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.ports import Progress


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the standard names it; `width` in millimetres on A4 landscape, `number` when its cells count."""

    name: str
    width: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Booklet:
    """What is bound under one cover: the cover's lines (name, value), and rows of cells in the columns' order."""

    cover: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """The cover in one line, such as "Z109 2024 永久 办公室": a heading for screens."""
        return " ".join(value for name, value in self.cover if value and name != "全宗名称")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole export: its title, its columns and its booklets in the order they are bound."""

    title: str
    columns: tuple[Column, ...]
    booklets: tuple[Booklet, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def size(self) -> int:
        """How many rows there are in all."""
        return sum(len(booklet.rows) for booklet in self.booklets)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Every row, booklet after booklet."""
        for booklet in self.booklets:
            yield from booklet.rows


Writer = Callable[[Catalogue, Path, Progress], None]
"""Writes a catalogue to a file in one format."""
