"""Decides how a page would have been read: sets lines on paper as an engine would report them, without an engine."""

from __future__ import annotations

from dataclasses import dataclass

from index.domain.reading import Box, PageReading, Script, Word

_BODY = 0.014
_WIDE = 0.72


@dataclass(frozen=True)
class Set:
    """A line: its size against running text, and where it stands (left, centre or right)."""

    text: str
    size: float = 1.0
    at: str = "left"


def big(text: str, size: float = 1.6) -> Set:
    return Set(text, size, "centre")


def right(text: str) -> Set:
    return Set(text, 1.0, "right")


def page(*lines: Set | str, script: Script = Script.HANS, bottom: bool = True) -> PageReading:
    """The lines from top to bottom, one word for every two characters, as Tesseract reports Chinese."""
    text, words, top = "", [], 0.08
    for line in lines:
        one = line if isinstance(line, Set) else Set(line)
        words += _words(one, len(text), top)
        text += one.text + "\n"
        top += _BODY * one.size * 1.8
    return PageReading(text.rstrip("\n"), tuple(words), script, 0, "typeset", "1", 0.9)


def _words(line: Set, start: int, top: float) -> list[Word]:
    height = _BODY * line.size
    advance = min(height * 0.7 / (2 if line.text.isascii() else 1), _WIDE / max(len(line.text), 1))
    left = {"left": 0.12, "centre": 0.5 - advance * len(line.text) / 2, "right": 0.86 - advance * len(line.text)}[
        line.at
    ]
    pieces = [(at, line.text[at : at + 2]) for at in range(0, len(line.text), 2) if line.text[at : at + 2].strip()]
    return [
        Word(piece, start + at, Box(left + at * advance, top, advance * len(piece), height), 0.9)
        for at, piece in pieces
    ]


def plain(text: str, script: Script = Script.HANS) -> PageReading:
    """A page of which only the text is known, as from a broken text layer."""
    return PageReading(text, (), script, 0, "typeset", "1", 0.9)
