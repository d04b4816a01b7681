"""Decides how the words of a page stand in lines, and where a line falls apart: what is found and selected as one.

A line is what stands between two newlines of the text. Cells of a table far apart on one line are runs of their own,
while the spaced-out characters of a heading stay one run: 通 知 is found as 通知.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.domain.reading import Box, PageReading, Word

#: A gap of more than so many heights of the writing parts two runs, where every Han character has a box of its own;
#: boxes of several leave gaps where characters were not read.
NEAR, FAR = 1.5, 3.0
#: Where single characters stand apart evenly, as in a heading, it takes more.
MOST_SPACED = 6.0
#: What is lower than this share of the writing is a mark or a speck.
SPECK = 0.5
#: What is so many times as tall as wide is written from top to bottom.
TALL = 1.5


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side; `pieces` is the text from each word to the next, the space between them included."""

    words: tuple[Word, ...]
    pieces: tuple[str, ...]
    vertical: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def box(self) -> Box:
        return around([word.box for word in self.words])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text in its runs, in reading order."""

    runs: tuple[Run, ...]

    @property
    def box(self) -> Box:
        return around([run.box for run in self.runs])


def lines_of(reading: PageReading, shape: float) -> tuple[Line, ...]:
    """The lines of a page whose width is `shape` times its height; blank lines are left out.

    Text that stands in no word's box belongs to the word before it. A line without any word is put where it would
    stand if all lines were spread evenly over the page: found, though not in its place.
    """
    return tuple(_lines(reading, shape))


def blocks_of(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Lines close below each other, as paragraphs and columns are."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and _goes_on_below(blocks[-1][-1].box, line.box):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(map(tuple, blocks))


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _goes_on_below(last: Box, box: Box) -> bool:
    beside = min(last.x + last.w, box.x + box.w) <= max(last.x, box.x)
    gap = box.y - (last.y + last.h)
    return not beside and box.y >= last.y and gap <= max(last.h, box.h)


def _lines(reading: PageReading, shape: float) -> Iterator[Line]:
    words = _one_after_the_other(reading.words)
    starts = [word.start for word in words]
    texts = reading.text.split("\n")
    start = 0
    for number, text in enumerate(texts):
        end = start + len(text)
        own = words[bisect_left(starts, start) : bisect_left(starts, end)]
        if text.strip():
            placed = own or [Word(text.strip(), start, _guess(number, len(texts)), reading.confidence)]
            yield Line(tuple(_runs(placed, _pieces(placed, text, start), shape)))
        start = end + 1


def _one_after_the_other(words: Sequence[Word]) -> list[Word]:
    """In the order of the text; of two that claim the same characters the first stays."""
    kept: list[Word] = []
    for word in sorted(words, key=lambda word: word.start):
        if not kept or word.start >= kept[-1].start + len(kept[-1].text):
            kept.append(word)
    return kept


def _guess(number: int, of: int) -> Box:
    return Box(0.0, number / of, 1.0, 0.5 / of)


def _pieces(words: Sequence[Word], text: str, start: int) -> list[str]:
    edges = [0, *(word.start - start for word in words[1:]), len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    return [pieces[0].lstrip(), *pieces[1:-1], pieces[-1].rstrip()] if len(pieces) > 1 else [text.strip()]


@dataclass(frozen=True, slots=True)
class _Extent:
    """A word along and across its line; both in heights of the page, so that they can be compared."""

    begin: float
    end: float
    low: float
    high: float

    @property
    def height(self) -> float:
        return self.high - self.low

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def _runs(words: Sequence[Word], pieces: Sequence[str], shape: float) -> Iterator[Run]:
    vertical = _is_vertical(words, shape)
    extents = [_extent(word.box, shape, vertical) for word in words]
    size = median(extent.height for extent in extents)
    far = size * (MOST_SPACED if _is_spaced_out(words, extents, size) else NEAR if _is_exact(words) else FAR)
    first, last = 0, extents[0]
    for at, (before, after) in enumerate(pairwise(extents), start=1):
        if after.begin < before.begin - size or after.begin - before.end > far or _is_elsewhere(last, after, size):
            yield _run(words[first:at], pieces[first:at], vertical)
            first, last = at, after
        elif after.height > SPECK * size:
            last = after
    yield _run(words[first:], pieces[first:], vertical)


def _run(words: Sequence[Word], pieces: Sequence[str], vertical: bool) -> Run:
    return Run(tuple(words), (*pieces[:-1], pieces[-1].rstrip()), vertical)


def _is_elsewhere(last: _Extent, after: _Extent, size: float) -> bool:
    """Whether a word stands on another height; a mark or a speck does so without leaving its line."""
    return after.height > SPECK * size < last.height and abs(after.middle - last.middle) > size


def _extent(box: Box, shape: float, vertical: bool) -> _Extent:
    across = box.x * shape, (box.x + box.w) * shape
    down = box.y, box.y + box.h
    return _Extent(*down, *across) if vertical else _Extent(*across, *down)


def _is_vertical(words: Sequence[Word], shape: float) -> bool:
    whole = around([word.box for word in words])
    several = sum(len(word.text) for word in words) > 1
    return several and whole.h > TALL * whole.w * shape and words[-1].box.y >= words[0].box.y


def _is_exact(words: Sequence[Word]) -> bool:
    return all(len(word.text) == 1 or word.text.isascii() for word in words)


def _is_spaced_out(words: Sequence[Word], extents: Sequence[_Extent], size: float) -> bool:
    """Whether single characters stand apart evenly, as in a heading."""
    gaps = [after.begin - before.end for before, after in pairwise(extents)]
    apart = bool(gaps) and all(len(word.text) == 1 for word in words)
    return apart and 0.5 * size < min(gaps) and max(gaps) < 2 * min(gaps)
