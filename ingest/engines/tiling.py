"""Decides how a picture too large to be looked at whole is looked at in tiles, so that memory stays that of one page.

Tiles overlap by more than a line is high. Of a line seen in two tiles the one counts that no edge cuts; a line cut by
the edges of every tile that sees it is put together again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Quads = NDArray[np.float32]
Corners = NDArray[np.float32]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""

_OVERLAP = 0.12
#: Nearer than this to an inner edge (pixels) a line may go on in the neighbouring tile.
_AT_THE_EDGE = 6
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a picture, in pixels; `right` and `bottom` are the first beyond it."""

    left: int
    top: int
    right: int
    bottom: int


def tiles_of(width: int, height: int, side: int) -> Iterator[Tile]:
    """Tiles of at most `side` that cover the picture; one where it is no larger."""
    for top, bottom in _parts(height, side):
        for left, right in _parts(width, side):
            yield Tile(left, top, right, bottom)


def _parts(length: int, side: int) -> list[tuple[int, int]]:
    if length <= side:
        return [(0, length)]
    step = round(side * (1 - _OVERLAP))
    count = -(-(length - side) // step) + 1
    starts = [round(at * (length - side) / (count - 1)) for at in range(count)]
    return [(start, start + side) for start in starts]


def detected(gray: Gray, side: int, detect: Callable[[Gray], Quads]) -> Quads:
    """The lines of a picture of any size; `detect` is asked for at most `side` x `side` pixels at a time."""
    height, width = gray.shape
    tiles = list(tiles_of(width, height, side))
    if len(tiles) == 1:
        return detect(gray)
    whole: list[Corners] = []
    cut: list[Corners] = []
    for tile in tiles:
        quads = detect(np.ascontiguousarray(gray[tile.top : tile.bottom, tile.left : tile.right]))
        for quad in quads + np.array([tile.left, tile.top], np.float32):
            (cut if _is_cut(quad, tile, width, height) else whole).append(quad)
    return _once([*whole, *_joined(cut)])


def _joined(cut: Sequence[Corners]) -> list[Corners]:
    """Parts of lines that go on in the neighbouring tile, put together again: a line may run through all of them."""
    lines: list[Box] = []
    for part in sorted(map(_box, cut)):
        meeting = [line for line in lines if _meet(line, part)]
        lines = [line for line in lines if line not in meeting]
        lines.append(_around([*meeting, part]))
    return [_corners(line) for line in lines]


def _meet(one: Box, other: Box) -> bool:
    """Whether two parts are of one line: on one height and end to end, or one below the other in one column."""
    across, down = (min(one[at + 2], other[at + 2]) - max(one[at], other[at]) for at in (0, 1))
    low, slim = (min(one[at + 2] - one[at], other[at + 2] - other[at]) for at in (1, 0))
    return (down > _SAME * low and across > -low) if low <= slim else (across > _SAME * slim and down > -slim)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _corners(box: Box) -> Corners:
    left, top, right, bottom = box
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def _is_cut(quad: Corners, tile: Tile, width: int, height: int) -> bool:
    """Whether the line touches an edge of the tile behind which the picture goes on."""
    left, top, right, bottom = _box(quad)
    return (
        (tile.left > 0 and left < tile.left + _AT_THE_EDGE)
        or (tile.top > 0 and top < tile.top + _AT_THE_EDGE)
        or (tile.right < width and right > tile.right - _AT_THE_EDGE)
        or (tile.bottom < height and bottom > tile.bottom - _AT_THE_EDGE)
    )


def _once(quads: Sequence[Corners]) -> Quads:
    """Of lines that lie on each other the largest."""
    kept: list[Corners] = []
    boxes: list[Box] = []
    for quad in sorted(quads, key=lambda one: -_area(_box(one))):
        box = _box(quad)
        if all(_shared(box, other) < _SAME * _area(box) for other in boxes):
            kept.append(quad)
            boxes.append(box)
    return np.array(kept, np.float32).reshape(-1, 4, 2)


def _box(quad: Corners) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _shared(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)
