"""The reading order with a real engine's boxes: what Tesseract makes of columns, put right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from random import Random

import pytest

from index.domain.reading import Script
from ingest.engines.layout import overlap
from ingest.engines.order import in_reading_order
from ingest.engines.port import Arrangement, Line, Seen
from ingest.engines.tesseract import Tesseract
from ingest.imaging import look
from ingest.imaging.rulings import find_rulings
from tests.columns import DPI, picture
from tests.layouts import LAYOUTS


def place(seen: Seen, pieces: Sequence[Line]) -> int:
    """The number of the printed piece that a word lies on (or next to)."""

    def shared(number: int) -> float:
        (piece,) = pieces[number]
        across = overlap(seen.left, seen.left + seen.width, piece.left, piece.left + piece.width)
        down = overlap(seen.top, seen.top + seen.height, piece.top, piece.top + piece.height)
        return min(across, 0) + min(down, 0) or across * down

    return max(range(len(pieces)), key=shared)


def in_order(lines: Iterable[Line], pieces: Sequence[Line]) -> float:
    """The share of words that come in the order of the printed pieces."""
    tails: list[int] = []
    numbers = [place(seen, pieces) for line in lines for seen in line]
    for number in numbers:
        at = bisect_right(tails, number)
        tails[at : at + 1] = [number]
    return len(tails) / len(numbers)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("two_columns", 0.85), ("form", 0.99), ("ruled_table", 0.85)])
def test_the_words_of_tesseract_come_in_order(name: str, least: float) -> None:
    layout = LAYOUTS[name](Random(5001))
    page = picture(layout)
    lines = Tesseract().read(page, DPI, Script.HANS, Arrangement.COLUMN).lines
    small = look.small(page, DPI)
    ordered = in_reading_order(lines, find_rulings(small, page.width / small.gray.shape[1]), *page.size)
    assert in_order(ordered, layout.pieces) >= max(least, in_order(lines, layout.pieces))
