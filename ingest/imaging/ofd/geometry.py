"""Decides how OFD's numbers are read: lists, boxes, matrices and the shorthand of distances; all in millimetres.

What is no number ends its list: many writers are careless, and one bad object must not hide a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

#: No list of numbers on a sheet of paper is longer.
MOST_NUMBERS = 200_000
#: Farther than this from the corner lies no mark on paper; millimetres.
_FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class Matrix:
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: Matrix) -> Matrix:
        """The matrix that does this one first and `after` next."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    @property
    def scale(self) -> float:
        """By how much lengths grow, on the average of all directions."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def upright(self) -> bool:
        """Whether nothing is turned or mirrored."""
        return self.a > 0 and self.d > 0 and abs(self.b) + abs(self.c) < 0.02 * (self.a + self.d)

    def inverse(self) -> Matrix | None:
        """None for a matrix that presses everything flat."""
        area = self.a * self.d - self.b * self.c
        if abs(area) < 1e-12:
            return None
        a, b, c, d = self.d / area, -self.b / area, -self.c / area, self.a / area
        return Matrix(a, b, c, d, -(self.e * a + self.f * c), -(self.e * b + self.f * d))


@dataclass(frozen=True, slots=True)
class Rect:
    """A box by its upper left corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        right, bottom = self.x + self.w, self.y + self.h
        return ((self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom))


def shifted(x: float, y: float) -> Matrix:
    return Matrix(e=x, f=y)


def numbers(said: str | None, most: int = MOST_NUMBERS) -> list[float]:
    """The numbers of a list up to the first word that is none, or that no paper holds."""
    found: list[float] = []
    for word in (said or "").split(maxsplit=most)[:most]:
        value = number(word)
        if value is None:
            break
        found.append(value)
    return found


def number(word: str | None) -> float | None:
    """The number, or None for what is none."""
    try:
        value = float(word or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < _FARTHEST else None


def rect(said: str | None) -> Rect | None:
    """A box with some size, or None."""
    found = numbers(said, 4)
    return Rect(*found) if len(found) == 4 and found[2] >= 0 and found[3] >= 0 else None


def matrix(said: str | None) -> Matrix:
    """The matrix, or the one that changes nothing."""
    found = numbers(said, 6)
    return Matrix(*found) if len(found) == 6 else Matrix()


def distances(said: str | None, count: int) -> list[float]:
    """`count` distances; "g 3 2.5" stands for 2.5 three times, and the last one holds for all that are missing."""
    words, found = (said or "").split(maxsplit=MOST_NUMBERS)[:MOST_NUMBERS], list[float]()
    at = 0
    while at < len(words) and len(found) < count:
        times, step = 1, 1
        if words[at] == "g" and at + 2 < len(words):
            times, step = round(number(words[at + 1]) or 0), 3
        value = number(words[at + step - 1])
        if value is None:
            break
        found += [value] * max(0, min(times, count - len(found)))
        at += step
    return found + [found[-1]] * (count - len(found)) if found else []
