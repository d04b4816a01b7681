"""Decides where the characters of a line stand on the page: the line's box fitted to its ink, then cut between them.

A detector's box is larger than the ink; a recogniser's columns give each character's middle. Han characters and wide
marks become words of their own, so that any part of a sentence can be marked; letters and figures stay together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.engines.decoding import Decoded
from ingest.engines.joining import is_wide
from ingest.engines.port import Line, Seen

Gray = NDArray[np.uint8]
Ink = NDArray[np.bool_]
#: Darker than this is ink on a cleaned picture.
INK = 140
#: A row belongs to the line when this share of the crop's darkest row is on it; so much white may lie in between:
#: in a lone 二 more than in a line, where the next white is what parts it from a ruled line.
_ROW, _GAP, _GAP_IN_LINE = 0.06, 0.42, 0.22
#: Rows and columns so full of ink are ruled lines, not writing.
_RULED, _RULED_DOWN = 0.7, 0.97
#: A Han character, a letter or a figure is at most this wide, in heights of the line's ink.
_WIDEST, _WIDEST_NARROW = 1.2, 0.9


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a line: from `left` to `right`, as shares of its length."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands on the picture: its four corners, from the upper left clockwise, in pixels."""

    corners: NDArray[np.float32]

    def box(self, span: Span, top: float, bottom: float) -> tuple[float, float, float, float]:
        """Left, top, width and height of the upright rectangle around a part of the line (shares of it)."""
        points = [self._at(across, down) for across in (span.left, span.right) for down in (top, bottom)]
        (left, upper), (right, lower) = np.min(points, axis=0), np.max(points, axis=0)
        return float(left), float(upper), float(right - left), float(lower - upper)

    def _at(self, across: float, down: float) -> NDArray[np.float32]:
        upper = self.corners[0] + (self.corners[1] - self.corners[0]) * across
        lower = self.corners[3] + (self.corners[2] - self.corners[3]) * across
        at: NDArray[np.float32] = upper + (lower - upper) * down
        return at


def placed(decoded: Decoded, crop: Gray, place: Place) -> Line:
    """The words of a line that was cut out of the picture as `crop` at `place`."""
    ink = ink_of(crop)
    top, bottom = rows_of_ink(ink)
    spans = character_spans(decoded, columns_of_ink(ink), (bottom - top) * crop.shape[0] / crop.shape[1])
    return tuple(
        Seen(text, *place.box(span, top, bottom), confidence) for text, span, confidence in _words(decoded, spans)
    )


def ink_of(crop: Gray) -> Ink:
    """The ink of a line without the ruled lines that a generous box takes along."""
    ink = crop < INK
    across, down = ink.mean(axis=1) > _RULED, ink.mean(axis=0) > _RULED_DOWN
    written: Ink = ink & ~across[:, None] & ~down[None, :]
    return written


def rows_of_ink(ink: Ink) -> tuple[float, float]:
    """First and last row of the line's ink, as shares of the height; all of it where there is hardly any."""
    dark = ink.sum(axis=1)
    square = ink.shape[1] < 1.6 * ink.shape[0]
    bands = _bands(dark > max(1, dark.max() * _ROW), round(len(dark) * (_GAP if square else _GAP_IN_LINE)))
    if not bands:
        return 0.0, 1.0
    top, bottom = max(bands, key=lambda band: int(dark[band[0] : band[1]].sum()))
    return (top / len(dark), bottom / len(dark)) if bottom - top > 2 else (0.0, 1.0)


def _bands(dark: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """First row and first row beyond of each stretch of dark rows; light ones up to `gap` in between count as dark."""
    rows = np.flatnonzero(dark)
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > gap + 1) + 1)
    return [(int(part[0]), int(part[-1]) + 1) for part in parts if part.size]


def columns_of_ink(ink: Ink) -> tuple[float, float]:
    """First and last column with ink, as shares of the width."""
    columns = np.flatnonzero(ink.sum(axis=0) > 1)
    return (float(columns[0]) / ink.shape[1], float(columns[-1] + 1) / ink.shape[1]) if columns.size else (0.0, 1.0)


def character_spans(decoded: Decoded, written: tuple[float, float], height: float) -> list[Span]:
    """Each character from halfway to its neighbours, the outer ones to where the ink ends.

    `written` is the part of the line with ink, `height` the ink's height as a share of the line's length.
    """
    edges = [(before + after) / 2 for before, after in pairwise(decoded.places)]
    around = zip([written[0], *edges], [*edges, written[1]], strict=True)
    widest = (height * (_WIDEST if is_wide(character) else _WIDEST_NARROW) for character in decoded.characters)
    return [
        _span(place, min(left, place), max(right, place), most)
        for place, (left, right), most in zip(decoded.places, around, widest, strict=True)
    ]


def _span(place: float, left: float, right: float, widest: float) -> Span:
    """No wider than a character can be: at the ends of a line and beside gaps there is room that is not its own."""
    half = widest / 2
    return Span(max(left, place - half), min(right, place + half))


def _words(decoded: Decoded, spans: Sequence[Span]) -> Iterator[tuple[str, Span, float]]:
    """Wide characters one by one, others drawn together until a space; a word is as sure as its characters are."""
    run: list[int] = []
    for at, character in enumerate(decoded.characters):
        if run and (character.isspace() or is_wide(character)):
            yield _run(decoded, spans, run)
            run = []
        if is_wide(character) and not character.isspace():
            yield character, spans[at], decoded.sureness[at]
        elif not character.isspace():
            run.append(at)
    if run:
        yield _run(decoded, spans, run)


def _run(decoded: Decoded, spans: Sequence[Span], run: Sequence[int]) -> tuple[str, Span, float]:
    text = "".join(decoded.characters[at] for at in run)
    sure = sum(decoded.sureness[at] for at in run) / len(run)
    return text, Span(spans[run[0]].left, spans[run[-1]].right), sure
