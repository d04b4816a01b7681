"""Decides, from one small copy of a page, what is worth doing to it: the cheap looks before the dear steps.

Everything works on the page at about `LOOK_DPI`: some 600,000 pixels, a few milliseconds a look.
Angles are degrees, counter-clockwise positive, as Pillow turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]
Ink = NDArray[np.bool_]

LOOK_DPI = 75
#: Darker than this share of the paper around it is ink.
INK = 0.72
#: Of the paper's brightness: darker is black, lighter is white, bleed-through among it (ocr.md).
BLACK, WHITE = 0.35, 0.82
_FAINT, _FAINTEST = 0.6, 0.92
_LEAST_WRITTEN, _MOST_WRITTEN = 0.0015, 0.2
_MARGIN = 0.03
_STEEPEST, _COARSE, _FINE = 10.5, 0.5, 0.05
#: So many pixels of ink tell the rough angle.
_ENOUGH_INK = 12_000
_WINDOW = 9
_ROW_OF_TEXT, _LOWEST_LINE, _HIGHEST_LINE = 0.35, 5, 30
#: A page number alone is 0.0002 of a page; this is less.
_BLANK = 0.00008
#: Lower or narrower than this at LOOK_DPI (14 mm) is no page.
_SCRAP = 40
_SHORTEST_COLUMN, _SHORTEST_GUTTER, _NARROWEST_COLUMN, _NARROWEST_GUTTER = 100, 40, 75, 8
#: Rows with a seventh of the heaviest row's ink go through text. Of running text they cover so much of the column, the
#: strokes' own gaps and paragraphs that end early allowed for: each column, all of them; and so much of the width.
_NEARLY_EMPTY, _LETTER, _WRITTEN, _NEARLY_FULL, _FULL, _MOSTLY = 0.01, 12, 0.15, 0.52, 0.58, 0.6


@dataclass(frozen=True, slots=True)
class Small:
    """The page reduced: gray, the paper's brightness under every pixel, and where the ink is."""

    gray: Pixels
    paper: Pixels
    ink: Ink


def small(image: Image.Image, dpi: int) -> Small:
    """`image` (L) at about LOOK_DPI."""
    reduced = image.reduce(max(1, round(dpi / LOOK_DPI)))
    gray = np.asarray(reduced)
    paper = paper_of(reduced)
    return Small(gray, paper, gray < INK * paper)


def paper_of(reduced: Image.Image) -> Pixels:
    """The brightness of the paper: the lightest of the neighbourhood, smoothed, so that ink leaves no trace."""
    tiny = reduced.reduce(4)
    lightest = tiny.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    return np.asarray(lightest.resize(reduced.size, Image.Resampling.BILINEAR))


def inner(array: NDArray[Any]) -> NDArray[Any]:
    """Without the outermost strip, where scanners leave dark edges."""
    down, across = (round(side * _MARGIN) for side in array.shape[:2])
    return array[down : array.shape[0] - down, across : array.shape[1] - across]


def unevenness(page: Small) -> float:
    """How much the paper's brightness differs over the page: 0 for even, 1 for black beside white."""
    paper = inner(page.paper)
    if paper.size == 0:
        return 0.0
    dark, light = np.percentile(paper, (5, 95))
    return float((light - dark) / max(light, 1))


def without_rulings(ink: Ink) -> Ink:
    """The ink without long straight runs: table lines look like text from any side."""
    return ink & ~_runs(ink, 1) & ~_runs(ink, 0)


def _runs(ink: Ink, axis: int, length: int = 40) -> Ink:
    """Pixels in runs of at least `length` along `axis`."""
    if ink.shape[axis] <= length:
        return np.zeros_like(ink)
    total = np.cumsum(ink, axis=axis, dtype=np.int32)
    total = np.concatenate([np.zeros_like(np.take(total, [0], axis)), total], axis)
    count = ink.shape[axis] - length + 1
    full = np.take(total, range(length, length + count), axis) - np.take(total, range(count), axis) == length
    found = np.zeros_like(ink)
    for shift in range(length):
        where = [slice(None), slice(None)]
        where[axis] = slice(shift, shift + count)
        found[tuple(where)] |= full
    return found


def ruled_share(ink: Ink) -> float:
    """The share of the ink that stands in long runs."""
    return float((ink & (_runs(ink, 1) | _runs(ink, 0))).sum() / max(1, ink.sum()))


def skew(ink: Ink) -> float:
    """The angle by which the lines of text rise to the right; 0 where there is too little ink to tell."""
    rows, columns = np.nonzero(ink)
    if len(rows) < 200:
        return 0.0
    some = slice(None, None, max(1, len(rows) // _ENOUGH_INK))
    rough = _sharpest(rows[some], columns[some], np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE))
    fine = _sharpest(rows, columns, np.arange(rough - _COARSE, rough + _COARSE + _FINE, _FINE))
    return float(fine)


def _sharpest(rows: NDArray[np.intp], columns: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(rows, columns, angle)))


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], angle: float) -> float:
    """How clearly lines and gaps alternate when seen along `angle`."""
    seen = (rows + columns * np.tan(np.radians(angle))).astype(np.intp)
    profile = np.bincount(seen - seen.min())
    return float((np.diff(profile.astype(np.float64)) ** 2).sum())


def lies_sideways(ink: Ink) -> bool:
    """Whether the lines of text run up and down: they alternate with gaps more clearly than characters in a line do."""
    text = without_rulings(inner(ink))
    return _alternation(text.T) > _alternation(text)


def _alternation(ink: Ink) -> float:
    """How much the ink of the rows differs from its own moving mean, seen along the angle at which it does most."""
    rows, columns = np.nonzero(ink)
    if not rows.size:
        return 0.0
    some = slice(None, None, max(1, len(rows) // _ENOUGH_INK))
    angle = _sharpest(rows[some], columns[some], np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE))
    seen = (rows + columns * np.tan(np.radians(angle))).astype(np.intp)
    profile = np.bincount(seen - seen.min()) / ink.shape[1]
    if len(profile) < _WINDOW:  # a stamp's worth of paper: nothing to tell lines from gaps by
        return 0.0
    return float(((profile - np.convolve(profile, np.ones(_WINDOW) / _WINDOW, "same")) ** 2).mean())


def text_rows(ink: Ink) -> list[tuple[int, int, int]]:
    """Top, bottom and ink of each run of rows that looks like a line of text."""
    rows = without_rulings(inner(ink)).sum(axis=1)
    above = round(ink.shape[0] * _MARGIN)
    dark = np.concatenate([[False], rows > max(rows.mean() * _ROW_OF_TEXT, 2), [False]])
    edges = np.flatnonzero(dark[1:] != dark[:-1])
    return [
        (int(top) + above, int(bottom) + above, int(rows[top:bottom].sum()))
        for top, bottom in zip(edges[::2], edges[1::2], strict=True)
        if _LOWEST_LINE <= bottom - top <= _HIGHEST_LINE
    ]


def densest_lines(ink: Ink, lines: int) -> tuple[int, int] | None:
    """Top and bottom row of the `lines` neighbouring lines with the most ink; None with fewer on the page."""
    rows = text_rows(ink)
    if not rows:
        return None
    lines = min(lines, len(rows))
    first = max(range(len(rows) - lines + 1), key=lambda at: sum(ink for _, _, ink in rows[at : at + lines]))
    return rows[first][0], rows[first + lines - 1][1]


def levels(page: Small) -> tuple[float, float]:
    """What counts as black and as white, as shares of the paper's brightness: (.35, .82), closer for faint ink.

    Carbon copies and worn ribbons leave no pixel darker than 0.6 of their paper, and would be stretched to nothing.
    """
    share = inner(page.gray / np.maximum(page.paper, 1.0))
    if share.size == 0:
        return BLACK, WHITE
    darkest = float(np.percentile(share, 0.5))
    if not _FAINT < darkest < _FAINTEST or not _is_written(share < (1 + darkest) / 2):
        return BLACK, WHITE
    return darkest - 0.12, darkest + (1 - darkest) * 0.6


def _is_written(faint: Ink) -> bool:
    """Whether that is writing: strokes with neighbours, on a small part of the page."""
    return bool(_LEAST_WRITTEN < without_specks(faint).mean() < _MOST_WRITTEN)


def is_empty(page: Small) -> bool:
    """Whether nothing at all is to be seen, not even faintly: a blank page without edges, folds or stains."""
    return is_blank(page.ink) and levels(page) == (BLACK, WHITE)


def is_blank(ink: Ink) -> bool:
    """Whether nothing is written: hardly any ink inside the edges, specks and rulings set aside.

    On a scrap, a strip of one line say, edges and strokes cannot be told apart: any ink is writing.
    """
    if min(ink.shape) < _SCRAP:
        return not ink.any()
    written = without_specks(without_rulings(inner(ink)))
    return bool(written.mean() < _BLANK)


def without_specks(ink: Ink) -> Ink:
    """The ink without pixels that stand (nearly) alone; a stroke has neighbours."""
    padded = np.pad(ink, 1).astype(np.uint8)
    around = sum(
        padded[1 + down : padded.shape[0] - 1 + down, 1 + across : padded.shape[1] - 1 + across]
        for down in (-1, 0, 1)
        for across in (-1, 0, 1)
    )
    return ink & (around > 3)


@dataclass(frozen=True, slots=True)
class Gutter:
    """An empty strip between columns of running text: its middle, and the rows in which nothing crosses it."""

    at: float
    top: int
    bottom: int


def gutters(ink: Ink) -> list[Gutter]:
    """The strips between columns of running text: empty strips down the page, with full lines on both sides.

    Tables and forms have such strips too, but their cells are not full; across them a line is read as it stands.
    """
    text = without_specks(without_rulings(inner(ink)))
    rows = np.flatnonzero(text.any(axis=1))
    if rows.size < _SHORTEST_COLUMN:
        return []
    middle = text[rows[rows.size // 4] : rows[rows.size * 3 // 4]]
    strips = _empty_strips(middle)
    edges = [0, *(edge for strip in strips for edge in strip), middle.shape[1]]
    sides = list(zip(edges[::2], edges[1::2], strict=True))
    covered = [_covered(middle[:, left:right]) for left, right in sides]
    if not _runs_in_columns(covered, [right - left for left, right in sides]):
        return []
    between = [strip for strip, beside in zip(strips, pairwise(covered), strict=True) if all(beside)]
    return [gutter for strip in between for gutter in _stretches(text, strip, ink.shape)]


def _stretches(text: Ink, strip: tuple[int, int], shape: tuple[int, ...]) -> Iterator[Gutter]:
    """The parts of a strip that nothing crosses; a headline or a figure across the columns ends one."""
    above, before = (round(side * _MARGIN) for side in shape)
    third = (strip[1] - strip[0]) // 3
    empty = ~text[:, strip[0] + third : strip[1] - third].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], empty, [False]])))
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        if bottom - top >= _SHORTEST_GUTTER:
            yield Gutter((strip[0] + strip[1]) / 2 + before, int(top) + above, int(bottom) + above)


def _empty_strips(text: Ink) -> list[tuple[int, int]]:
    """Left and right edge of each strip inside the text, wide enough to divide it, with (nearly) nothing in it."""
    empty = text.mean(axis=0) < _NEARLY_EMPTY
    edges = np.flatnonzero(np.diff(np.concatenate([[True], empty, [True]])))
    return [(int(a), int(b)) for a, b in zip(edges[1::2], edges[2::2], strict=False) if b - a >= _NARROWEST_GUTTER]


def _runs_in_columns(covered: Sequence[float], widths: Sequence[int]) -> bool:
    """Whether most of the width is columns whose lines are full."""
    columns = [(share, width) for share, width in zip(covered, widths, strict=True) if share > _NEARLY_FULL]
    full = sum(width for _, width in columns)
    if len(columns) < 2 or full < _MOSTLY * sum(widths):
        return False
    return sum(share * width for share, width in columns) > _FULL * full


def _covered(side: Ink) -> float:
    """How much of the rows that go through text is covered from end to end; 0 for what is too narrow for a column."""
    columns = np.flatnonzero(side.any(axis=0))
    if columns.size < _NARROWEST_COLUMN:
        return 0.0
    side = side[:, columns[0] : columns[-1] + 1]
    weight = side.sum(axis=1)
    lines = side[weight > _WRITTEN * np.percentile(weight[weight > 0], 90)]
    near = np.cumsum(np.pad(lines, ((0, 0), (_LETTER, 0))), axis=1)
    return float((near[:, _LETTER:] > near[:, :-_LETTER]).mean())
