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
#: Darker than this is ink on a cleaned picture.
INK = 140
#: A row belongs to the line when this share of the crop's darkest row is on it.
_ROW = 0.06
#: A Han character is at most this wide and at least that, in heights of the line's ink.
_WIDEST, _NARROWEST = 1.15, 0.45


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
    top, bottom = rows_of_ink(crop)
    spans = character_spans(decoded, (bottom - top) * crop.shape[0] / crop.shape[1])
    return tuple(
        Seen(text, *place.box(span, top, bottom), confidence) for text, span, confidence in _words(decoded, spans)
    )


def rows_of_ink(crop: Gray) -> tuple[float, float]:
    """First and last row with ink, as shares of the crop's height; all of it where there is hardly any."""
    dark = (crop < INK).sum(axis=1)
    rows = np.flatnonzero(dark > max(1, dark.max() * _ROW))
    if rows.size < 3:
        return 0.0, 1.0
    return float(rows[0]) / len(dark), float(rows[-1] + 1) / len(dark)


def character_spans(decoded: Decoded, height: float) -> list[Span]:
    """Each character from halfway to its neighbours; `height` of the ink as a share of the line's length."""
    places = decoded.places
    edges = [(before + after) / 2 for before, after in pairwise(places)]
    return [
        _span(place, *around, height * (_WIDEST if is_wide(character) else _WIDEST / 2))
        for character, place, around in zip(
            decoded.characters, places, zip([0.0, *edges], [*edges, 1.0], strict=True), strict=True
        )
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
