"""The reading order with a real engine's boxes: what Tesseract makes of columns, put right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from random import Random

import pytest

from index.domain.reading import Script
from ingest.engines.judging import Upright, judge
from ingest.engines.layout import overlap
from ingest.engines.port import Arrangement, Line, Seen
from ingest.engines.tesseract import Tesseract
from ingest.imaging import look
from ingest.stages.clean import Cleaned
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
    numbers = [place(seen, pieces) for line in lines for seen in line]
    return longest_run(numbers) / len(numbers)


def longest_run(numbers: Iterable[int]) -> int:
    """The length of the longest subsequence that never falls."""
    tails: list[int] = []
    for number in numbers:
        at = bisect_right(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)


def printed_lines_in_order(lines: Iterable[Line], pieces: Sequence[Line]) -> float:
    """Of the printed lines that were read at all: the share whose first words come in order."""
    firsts = list(dict.fromkeys(place(seen, pieces) for line in lines for seen in line))
    return longest_run(firsts) / len(firsts)


def read(name: str, seed: int) -> tuple[tuple[Line, ...], tuple[Line, ...], Sequence[Line]]:
    """What Tesseract read on a page, the same put in order, and what is printed on it."""
    layout = LAYOUTS[name](Random(seed))
    page = picture(layout)
    judged = judge(Upright(page, DPI, 0, Cleaned(page, DPI, 0.0, 1.0, *page.size)), Script.HANS, Tesseract())
    small = look.small(page, DPI)
    plain = Tesseract().read(
        page, DPI, Script.HANS, Arrangement.MIXED if look.gutters(small.ink) else Arrangement.COLUMN
    )
    return plain.lines, judged.reading.lines, layout.pieces


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("two_columns", 0.99), ("form", 0.99), ("ruled_table", 0.85)])
def test_the_words_of_tesseract_come_in_order(name: str, least: float) -> None:
    lines, ordered, pieces = read(name, 5001)
    assert in_order(ordered, pieces) >= max(least, in_order(lines, pieces))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed"), [("two_columns", 4), ("three_columns", 4)])
def test_columns_are_read_one_after_the_other(name: str, seed: int) -> None:
    """Stray signs in a gutter and lines run across it put a third of these lines out of order."""
    _, ordered, pieces = read(name, seed)
    assert printed_lines_in_order(ordered, pieces) >= 0.99
