"""Decides how a picture comes to lie upright on its page: by a matrix, never by turning its pixels.

A matrix (a, b, c, d, e, f) takes (x, y) to (ax + cy + e, bx + dy + f), as in a PDF: y grows upwards. Here it lays the
unit square, which a picture in a PDF fills, on the unit square of the page.
"""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]

UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
_CLOCKWISE: Matrix = (0, -1, 1, 0, 0, 1)
#: What EXIF and TIFF mean by their orientations.
BY_HEADER: dict[int, Matrix] = {
    1: UPRIGHT,
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: _CLOCKWISE,
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def then(first: Matrix, second: Matrix) -> Matrix:
    """Both, one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def turned(matrix: Matrix, quarters: int) -> Matrix:
    """The same, and then so many quarter turns clockwise."""
    for _ in range(quarters % 4):
        matrix = then(matrix, _CLOCKWISE)
    return matrix


def within(matrix: Matrix, left: float, right: float) -> Matrix:
    """The same on a page that shows only the part from `left` to `right` (fractions of the width)."""
    share = right - left
    return then(matrix, (1 / share, 0, 0, 1, -left / share, 0))


def scaled(matrix: Matrix, width: float, height: float) -> Matrix:
    """The same on a page of so many points."""
    return then(matrix, (width, 0, 0, height, 0, 0))


def operator(matrix: Matrix) -> bytes:
    """As a content stream writes it."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in matrix).encode() + b" cm"
