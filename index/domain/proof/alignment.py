"""Decides how far two texts lie apart, and which characters of one stand for which of the other.

Distances are counted on normalised text: NFKC, white space dropped, so that the width of a comma is no error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher


def normalised(text: str) -> str:
    """The text as it is compared: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but width and white space."""
    return one == other or normalised(one) == normalised(other)


def distance(read: str, meant: str) -> int:
    """Least number of characters to put in, leave out or change (Levenshtein), counted on normalised text.

    Myers' bit-vector in Hyyrö's form: one step of long integers a character, some milliseconds for a full page.
    """
    one, other = normalised(read), normalised(meant)
    if not one or not other:
        return len(one) + len(other)
    return _bit_distance(one, other)


def _bit_distance(column: str, row: str) -> int:
    places: dict[str, int] = {}
    for at, char in enumerate(column):
        places[char] = places.get(char, 0) | 1 << at
    every, last = (1 << len(column)) - 1, 1 << len(column) - 1
    up, down, score = every, 0, len(column)
    for char in row:
        match = places.get(char, 0)
        equal = match | down
        carried = (((match & up) + up) ^ up) | match
        right, left = down | ~(carried | up) & every, up & carried
        score += bool(right & last) - bool(left & last)
        right = (right << 1 | 1) & every
        up, down = (left << 1 | ~(equal | right)) & every, right & equal
    return score


def likeness(one: str, other: str) -> float:
    """How alike two lines are, 0..1, by the characters they share in the same order."""
    left, right = normalised(one), normalised(other)
    return SequenceMatcher(None, left, right, autojunk=False).ratio() if left or right else 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """read[start:end] became `text`; `kept` where nothing changed."""

    start: int
    end: int
    text: str
    kept: bool


def pieces(read: str, meant: str) -> Iterator[Piece]:
    """How `read` becomes `meant`, from left to right without a gap."""
    for tag, start, end, first, last in SequenceMatcher(None, read, meant, autojunk=False).get_opcodes():
        yield Piece(start, end, meant[first:last], tag == "equal")


@dataclass(frozen=True, slots=True)
class Swap:
    """A character that was read as another, with its neighbours on the line ("" at an end)."""

    read: str
    meant: str
    left: str
    right: str


def swaps(read: str, meant: str) -> tuple[Swap, ...]:
    """The characters of a line that were mistaken one for one; what is longer or shorter teaches nothing."""
    found = []
    for piece in pieces(read, meant):
        if piece.kept or len(piece.text) != piece.end - piece.start:
            continue
        for offset, char in enumerate(piece.text):
            at = piece.start + offset
            if not same(read[at], char):
                found.append(Swap(read[at], char, read[at - 1 : at] if at else "", read[at + 1 : at + 2]))
    return tuple(found)
