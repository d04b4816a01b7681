"""Decides how words become a page's text: lines stay lines, and a space stands only between words that have one.

Engines put spaces between Han characters as their segmentation falls; a phrase would not be found through them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise, starmap

from index.domain.reading import Box, Word
from ingest.engines.port import EngineReading, Seen

Place = Callable[[Seen], Box]
#: Room between two cells, in heights of a character; justified lines have less between theirs.
_CELL = 1.3


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
        spaced_out = _is_spaced_out(line)
        last: Seen | None = None
        for seen in line:
            apart = last is not None and not spaced_out and stands_apart(last, seen)
            yield before if last is None else " " if apart else separator(last.text, seen.text), seen
            last, before = seen, "\n"


def stands_apart(left: Seen, right: Seen) -> bool:
    """Whether so much room lies between two words of a line that they are two cells or columns of it."""
    return right.left - left.left - left.width > _CELL * max(left.height, right.height)


def _is_spaced_out(line: tuple[Seen, ...]) -> bool:
    """Whether a heading is set with room between all its characters (任 免 通 知): one word, not many cells."""
    return all(len(seen.text) == 1 for seen in line) and all(starmap(stands_apart, pairwise(line)))


def separator(left: str, right: str) -> str:
    """A space, unless one of its neighbours is Han, kana or full-width."""
    return "" if is_wide(left[-1]) or is_wide(right[0]) else " "


def is_wide(char: str) -> bool:
    """Whether the character fills a Han character's square. Curly quotes may stand in English: their neighbour says."""
    return unicodedata.east_asian_width(char) in ("W", "F")
