"""Decides what on a page is a seal, and gives its text as lines that an engine can read: a ring unrolled.

Chinese seals are red: round ones carry the name of the body around a star, often a second line below it; square and
oval ones carry lines. Red letterheads and ruled lines are no seals: they are far wider than high.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from index.domain.reading import Box

Gray = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]
"""Left, top, right and bottom."""

#: Dots per inch of the copy on which seals are looked for, and how red a pixel is that belongs to one.
_LOOK_DPI, _RED = 75, 45
_SMALLEST_MM, _LARGEST_MM = 11.0, 65.0
_SLIMMEST = 0.55
#: Parts of one seal lie no further apart than this.
_NEAR_MM = 2.2
#: Where the name stands in a round seal, as shares of its radius, and where a second line does, below the star.
_INNER, _OUTER = 0.58, 0.93
_BELOW, _LOWEST, _HALF_WIDTH = 0.3, 0.66, 0.62
_LEAST_INK, _ROUND = 0.03, 0.55
_HAIR = 0.02
_ROW, _ROW_SHARED = 4, 0.6


@dataclass(frozen=True, slots=True)
class Seal:
    """Where a seal stands (fractions of the page), and its lines as pictures, dark on light."""

    box: Box
    lines: tuple[Image.Image, ...]


def seals_on(page: Image.Image, dpi: int) -> tuple[Seal, ...]:
    """The seals on an upright page; none on a gray one."""
    if page.mode != "RGB":
        return ()
    step = max(1, round(dpi / _LOOK_DPI))
    red = redness(np.asarray(page.reduce(step))) > _RED
    boxes = _alone(list(_boxes(red, dpi / step)))
    return tuple(_seal(page, tuple(side * step for side in box)) for box in boxes)


def redness(colours: NDArray[np.uint8]) -> NDArray[np.int16]:
    """By how much red outshines the other colours; black, gray and yellowed paper stay near nothing."""
    wide = colours.astype(np.int16)
    difference: NDArray[np.int16] = wide[..., 0] - wide[..., 1:].max(axis=2)
    return difference


def _boxes(red: NDArray[np.bool_], dpi: float) -> Iterator[PixelBox]:
    """Left, top, right and bottom of what is as large and as compact as a seal."""
    mm = dpi / 25.4
    reach = max(1, round(_NEAR_MM * mm))
    near = cv2.dilate(red.astype(np.uint8), np.ones((reach, reach), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(near)
    for left, top, width, height, _ in found[1:].tolist():
        # A page may hold thousands of marks: most go by their size alone. Dilating made them larger by `reach`.
        if _has_size(width - reach, height - reach, mm):
            part = red[top : top + height, left : left + width]
            if part.mean() > _LEAST_INK:
                yield _fitted(part, left, top)


def _has_size(width: int, height: int, mm: float) -> bool:
    slim, wide = min(width, height), max(width, height)
    return slim > _SMALLEST_MM * mm and wide < _LARGEST_MM * mm and slim > _SLIMMEST * wide


def _fitted(part: NDArray[np.bool_], left: int, top: int) -> PixelBox:
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _alone(boxes: list[PixelBox]) -> list[PixelBox]:
    """Without parts inside another seal, and without rows of four and more: those are the letters of a letterhead."""
    outer = [box for box in boxes if not any(_holds(other, box) for other in boxes if other != box)]
    return [box for box in outer if sum(_in_a_row(box, other) for other in outer) < _ROW]


def _holds(outer: PixelBox, inner: PixelBox) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _in_a_row(one: PixelBox, other: PixelBox) -> bool:
    height = max(one[3] - one[1], other[3] - other[1])
    return min(one[3], other[3]) - max(one[1], other[1]) > _ROW_SHARED * height


def _seal(page: Image.Image, box: tuple[int, ...]) -> Seal:
    left, top, right, bottom = box
    ink = _ink(np.asarray(page.crop((left, top, right, bottom))))
    lines = _round_lines(ink) if _is_round(ink) else (ink,)
    place = Box(left / page.width, top / page.height, (right - left) / page.width, (bottom - top) / page.height)
    return Seal(place, tuple(Image.fromarray(line) for line in lines))


def _ink(colours: NDArray[np.uint8]) -> Gray:
    """The seal alone, as black on white."""
    strength = redness(colours).clip(0, 120).astype(np.float32)
    return (255 - strength * (255 / max(float(np.percentile(strength, 98)), 1.0))).clip(0, 255).astype(np.uint8)


def _is_round(ink: Gray) -> bool:
    """Whether the corners are empty and a ring runs along the edge."""
    middle, radius = _circle(ink)
    angles = np.linspace(0, 2 * math.pi, 180, endpoint=False)
    marks = []
    for share in np.linspace(0.9, 1.0, 6):
        x = (middle[0] + share * radius * np.cos(angles)).round().astype(int).clip(0, ink.shape[1] - 1)
        y = (middle[1] + share * radius * np.sin(angles)).round().astype(int).clip(0, ink.shape[0] - 1)
        marks.append(ink[y, x] < 160)
    return bool(np.any(marks, axis=0).mean() > _ROUND)


def _circle(ink: Gray) -> tuple[tuple[float, float], float]:
    height, width = ink.shape
    return (width / 2, height / 2), (height + width) / 4


def _round_lines(ink: Gray) -> tuple[Gray, ...]:
    """The name around the ring, read clockwise from the foot, and what stands below the star."""
    below = _below_the_star(ink)
    around = _unrolled(ink)
    return (around,) if below is None else (around, below)


def _unrolled(ink: Gray) -> Gray:
    """The ring of text as a straight line: outside on top, beginning at the foot of the seal."""
    middle, radius = _circle(ink)
    around = round(2 * math.pi * radius * (_INNER + _OUTER) / 2)
    polar = cv2.warpPolar(ink, (round(radius), around), middle, radius, cv2.INTER_LINEAR)
    ring: Gray = polar[:, round(radius * _INNER) : round(radius * _OUTER)].astype(np.uint8)
    line = np.rot90(np.roll(ring, -around // 4, axis=0))  # a quarter of the way round from three o'clock is the foot
    return np.ascontiguousarray(_trimmed(line))


def _trimmed(line: Gray) -> Gray:
    """Without the empty part at the foot of the ring; a little air stays at both ends."""
    written = np.flatnonzero((line < 128).mean(axis=0) > _HAIR)
    if not written.size:
        return line
    air = line.shape[0] // 3
    return line[:, max(0, int(written[0]) - air) : int(written[-1]) + air]


def _below_the_star(ink: Gray) -> Gray | None:
    (x, y), radius = _circle(ink)
    part = ink[round(y + _BELOW * radius) : round(y + _LOWEST * radius)]
    part = part[:, round(x - _HALF_WIDTH * radius) : round(x + _HALF_WIDTH * radius)]
    return np.ascontiguousarray(part) if (part < 128).mean() > 2 * _LEAST_INK else None
