"""Decides how a path's shorthand (M, L, Q, B, A, C) becomes lines through points: curves are cut into short chords."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from ingest.imaging.ofd.geometry import MOST_NUMBERS, number
from ingest.imaging.ofd.marks import Figure

Point = tuple[float, float]
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CHORDS = 16


def figures(said: str) -> tuple[Figure, ...]:
    """The figures of an AbbreviatedData; what cannot be read ends the path."""
    found: list[Figure] = []
    points: list[Point] = []
    for letter, values in _steps(said):
        if letter in "SM":
            found += _ended(points, closed=False)
            points = [(values[0], values[1])]
        elif letter == "C":
            found += _ended(points, closed=True)
            points = points[:1]
        elif points:
            points += _onward(letter, points[-1], values)
    return tuple(found + _ended(points, closed=False))


def _ended(points: list[Point], closed: bool) -> list[Figure]:
    return [Figure(tuple(points), closed)] if len(points) > 1 else []


def _steps(said: str) -> Iterator[tuple[str, list[float]]]:
    words = said.replace(",", " ").split(maxsplit=MOST_NUMBERS)[:MOST_NUMBERS]
    at = 0
    while at < len(words):
        letter, takes = words[at], _TAKES.get(words[at])
        if takes is None:
            return
        values = [number(word) for word in words[at + 1 : at + 1 + takes]]
        known = [value for value in values if value is not None]
        if len(known) < takes:
            return
        yield letter, known
        at += 1 + takes


def _onward(letter: str, start: Point, values: list[float]) -> list[Point]:
    """The points after `start`, the last one included."""
    if letter == "L":
        return [(values[0], values[1])]
    if letter == "A":
        return _arc(start, *values)
    ends = list(zip(values[::2], values[1::2], strict=True))
    return [_on_curve([start, *ends], step / _CHORDS) for step in range(1, _CHORDS + 1)]


def _on_curve(points: list[Point], share: float) -> Point:
    """A point of the Bezier curve with these control points (de Casteljau)."""
    while len(points) > 1:
        points = [(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for (x0, y0), (x1, y1) in pairwise(points)]
    return points[0]


def _arc(
    start: Point, across: float, down: float, turned: float, large: float, clockwise: float, x: float, y: float
) -> list[Point]:
    """An elliptic arc by its two ends, radii and turn, as SVG has it (its implementation notes, B.2.4)."""
    across, down = abs(across), abs(down)
    if across < 1e-6 or down < 1e-6 or start == (x, y):
        return [(x, y)]
    cosine, sine = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    half_x, half_y = (start[0] - x) / 2, (start[1] - y) / 2
    u, v = cosine * half_x + sine * half_y, -sine * half_x + cosine * half_y
    grown = math.sqrt(max(1.0, (u / across) ** 2 + (v / down) ** 2))
    across, down = across * grown, down * grown
    below = (across * v) ** 2 + (down * u) ** 2
    share = math.sqrt(max(0.0, ((across * down) ** 2 - below) / below)) * (-1 if bool(large) == bool(clockwise) else 1)
    cu, cv = share * across * v / down, -share * down * u / across
    first = math.atan2((v - cv) / down, (u - cu) / across)
    sweep = math.atan2((-v - cv) / down, (-u - cu) / across) - first
    sweep += math.tau if sweep < 0 and clockwise else -math.tau if sweep > 0 and not clockwise else 0.0
    middle = (start[0] + x) / 2, (start[1] + y) / 2
    steps = max(2, math.ceil(abs(sweep) / math.tau * 4 * _CHORDS))
    found = []
    for step in range(1, steps + 1):
        angle = first + sweep * step / steps
        p, q = cu + across * math.cos(angle), cv + down * math.sin(angle)
        found.append((cosine * p - sine * q + middle[0], sine * p + cosine * q + middle[1]))
    return found
