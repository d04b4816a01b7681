"""Readings for tests: lines of words with their places, as engines give them, a box a character or a box a word."""

from __future__ import annotations

from collections.abc import Sequence

from index.domain.reading import Box, PageReading, Script, Stamp, Word
from tests.typeset import Placed, Printed

ENGINE = {"script": Script.HANS, "turned": 0, "engine": "fake", "engine_version": "1", "confidence": 0.9}


def reading(words: Sequence[Sequence[tuple[str, Box]]], stamps: Sequence[Stamp] = ()) -> PageReading:
    """Lines of (word, box); a word that begins with a space has one before it."""
    text, placed = "", []
    for number, line in enumerate(words):
        text += "\n" if number else ""
        for word, box in line:
            bare = word.lstrip()
            placed.append(Word(bare, len(text) + len(word) - len(bare), box, 0.9))
            text += word
    return PageReading(text, tuple(placed), stamps=tuple(stamps), blank=not text, **ENGINE)  # type: ignore[arg-type]


def characters(text: str, x: float, y: float, width: float, height: float) -> list[tuple[str, Box]]:
    """A line in boxes of one character, Latin half as wide as Han; fractions of the page."""
    wide = [1.0 if ord(char) > 0x2000 else 0.5 for char in text]
    unit, at, line, space = width / sum(wide), x, [], ""
    for char, share in zip(text, wide, strict=True):
        if char == " ":
            space = " "
        else:
            line.append((space + char, Box(at, y, unit * share * 0.96, height)))
            space = ""
        at += unit * share
    return line


def of_print(print_: Printed) -> PageReading:
    """What a perfect engine reads on a printed sheet, a box a character."""
    return reading([characters(line.text, *line.box) for line in map(_trimmed, print_.lines)])


def _trimmed(line: Placed) -> Placed:
    return Placed(" ".join(line.text.split()), line.box)
