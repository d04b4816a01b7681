"""Decides what a read page is: its text, where each word stands, and how sure the reader was.

Boxes are fractions (0..1) of the upright page image, so they hold for any size the page is shown in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Script(StrEnum):
    """The script a page is written in; `mixed` and `none` (blank) are possible."""

    HANS = "hans"
    HANT = "hant"
    LATIN = "latin"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, as fractions of its width and height, from the upper left."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters at `start` in the page's text (code points), its box and confidence (0..1).

    `text == page.text[start:start + len(text)]` holds for every word of a reading.
    """

    text: str
    start: int
    box: Box
    confidence: float


class Place(NamedTuple):
    """Where a word of `length` characters stands, in the text and on the page: a Word without what it says."""

    start: int
    length: int
    x: float
    y: float
    w: float
    h: float

    def touches(self, start: int, end: int) -> bool:
        """Whether it has a character in text[start:end]."""
        return self.start < end and start < self.start + self.length


def places_of(words: Iterable[Word]) -> list[Place]:
    return [Place(w.start, len(w.text), w.box.x, w.box.y, w.box.w, w.box.h) for w in words]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The text of a seal or stamp, kept apart from the page's own text (印章)."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class PageReading:
    """What an engine made of one page: lines joined by newlines, words in reading order.

    `turned` is the number of clockwise quarter turns that made the scanned page upright.
    `settings` are those that decide the result; with `engine` and `engine_version` they key it.
    """

    text: str
    words: tuple[Word, ...]
    script: Script
    turned: int
    engine: str
    engine_version: str
    confidence: float
    blank: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    stamps: tuple[Stamp, ...] = ()
