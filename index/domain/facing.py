"""Decides where things lie when a page is turned: the halves of two facing pages in their frame, a word's box."""

from __future__ import annotations

from dataclasses import replace

from index.domain.reading import Box, PageReading

MIDDLE = 0.5


def halves(turned: int, gutter: float) -> tuple[Box, Box]:
    """The left and the right half of the upright page, as places in its frame before `turned` clockwise quarter turns.

    `gutter` is where the two part, as a share of the upright page's width.
    """
    return _in_frame(0.0, gutter, turned), _in_frame(gutter, 1.0, turned)


def quarter_turned_box(box: Box, quarters: int) -> Box:
    """Where a box of a page lies once the page is turned clockwise by so many quarters."""
    for _ in range(quarters % 4):
        box = Box(1.0 - box.y - box.h, box.x, box.h, box.w)
    return box


def turned_back(reading: PageReading, turned: int) -> PageReading:
    """What was read another way up than a person wants the page: its words and seals lie where they are seen then."""
    quarters = turned - reading.turned
    words = tuple(replace(word, box=quarter_turned_box(word.box, quarters)) for word in reading.words)
    stamps = tuple(replace(stamp, box=quarter_turned_box(stamp.box, quarters)) for stamp in reading.stamps)
    return replace(reading, words=words, stamps=stamps, turned=turned)


def _in_frame(left: float, right: float, turned: int) -> Box:
    wide = right - left
    places = {
        0: Box(left, 0.0, wide, 1.0),
        1: Box(0.0, 1.0 - right, 1.0, wide),
        2: Box(1.0 - right, 0.0, wide, 1.0),
        3: Box(0.0, left, 1.0, wide),
    }
    return places[turned % 4]
