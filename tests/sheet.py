"""Decides what a sheet of our sample papers is: blocks of words, in order, with the truth about them.

Words are our own, in words/*.txt; `in_traditional` sets a sheet in traditional characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a line; its kind gives its look.

    Kinds: letterhead, number, title, heading, body, line, right, note, small.
    """

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells between ruled lines; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Labels with their values, two to a line, each value on a ruled line."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The issuer and the date at the lower right, under a round red stamp or not."""

    issuer: str
    day: str
    stamped: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """Ruled cells with words that wrap; a row with fewer cells than another has wider ones."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture without words: a `photo` pasted in, or the lines of a `plan`."""

    kind: str = "photo"
    millimetres: float = 70.0


@dataclass(frozen=True, slots=True)
class Chop:
    """A red frame with lines of words, stamped beside the text: received, copy, paid."""

    lines: tuple[str, ...]


Block = Line | Table | Form | Signed | Grid | Figure | Chop


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper. `truth` holds the item's fields by their names in the domain; `number` is the page number."""

    kind: str
    blocks: tuple[Block, ...]
    truth: Mapping[str, str] = field(default_factory=dict)
    script: str = "hans"
    number: int | None = None
    face: str = "serif"

    @property
    def text(self) -> str:
        """Every word of the sheet, one block's line a line."""
        return "\n".join(piece for block in self.blocks for piece in pieces(block))


def pieces(block: Block) -> tuple[str, ...]:
    """The separate texts of a block, in reading order."""
    match block:
        case Line(text):
            return (text,)
        case Table(rows) | Grid(rows):
            return tuple(cell for row in rows for cell in row)
        case Chop(lines):
            return lines
        case Figure():
            return ()
        case Form(fields):
            return tuple(piece for label, value in fields for piece in (label + ":", value) if piece)
        case Signed(issuer, day):
            return (issuer, day)


@cache
def paragraphs(name: str) -> tuple[str, ...]:
    """The paragraphs of words/<name>.txt."""
    return tuple((WORDS / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1])


@cache
def _characters() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in paragraphs("traditional")}


def traditional(text: str) -> str:
    """Our own words in traditional characters, one for one."""
    return text.translate(_characters())


def in_traditional(made: Sheet) -> Sheet:
    """The same sheet, set in traditional characters; codes of series stay as they are."""
    blocks = tuple(_block_in_traditional(block) for block in made.blocks)
    truth = {name: traditional(value) if name != "series" else value for name, value in made.truth.items()}
    return replace(made, blocks=blocks, truth=truth, script="hant")


def _block_in_traditional(block: Block) -> Block:
    match block:
        case Line(text, kind):
            return Line(traditional(text), kind)
        case Table(rows):
            return Table(_rows_in_traditional(rows))
        case Grid(rows):
            return Grid(_rows_in_traditional(rows))
        case Chop(lines):
            return Chop(tuple(map(traditional, lines)))
        case Figure():
            return block
        case Form(fields):
            return Form(tuple((traditional(label), traditional(value)) for label, value in fields))
        case Signed(issuer, day, stamped):
            return Signed(traditional(issuer), day, stamped)


def _rows_in_traditional(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(traditional, row)) for row in rows)
