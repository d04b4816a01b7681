"""Decides how words become a page's text: lines stay lines, and a space stands only between words that have one.

Engines put spaces between Han characters as their segmentation falls; a phrase would not be found through them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from index.domain.reading import Box, Word
from ingest.engines.port import EngineReading, Seen

Place = Callable[[Seen], Box]


def joined(reading: EngineReading, place: Place) -> tuple[str, tuple[Word, ...]]:
    """The text, lines joined by newlines, and every word with its start in it; `place` gives each its box."""
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    for before, seen in _with_separators(reading.lines):
        parts += (before, seen.text)
        words.append(Word(seen.text, length + len(before), place(seen), seen.confidence))
        length += len(before) + len(seen.text)
    return "".join(parts), tuple(words)


def _with_separators(lines: Iterable[tuple[Seen, ...]]) -> Iterable[tuple[str, Seen]]:
    """Each word with what stands before it."""
    before = ""
    for line in lines:
        last = ""
        for seen in line:
            yield before if not last else separator(last, seen.text), seen
            last, before = seen.text, "\n"


def separator(left: str, right: str) -> str:
    """A space, unless one of its neighbours is Han, kana or full-width."""
    return "" if is_wide(left[-1]) or is_wide(right[0]) else " "


def is_wide(char: str) -> bool:
    """Whether the character fills a Han character's square. Curly quotes may stand in English: their neighbour says."""
    return unicodedata.east_asian_width(char) in ("W", "F")
