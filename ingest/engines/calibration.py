"""Decides what an engine's confidence is worth: the share of characters that are right where it says so.

Measured on 69 aged pages of twelve classes (46,000 characters; 24 pages with Tesseract), smoothed so that more
confidence never means less; between the points the line is straight. What was asked of a second engine too has tables
of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from enum import StrEnum

Table = tuple[tuple[float, float], ...]
"""(what the engine says, the share that is right), rising."""


class Opinion(StrEnum):
    """What a second engine said of a word."""

    ALONE = "alone"
    AGREED = "agreed"
    DIFFERED = "differed"


TABLES: Mapping[tuple[str, Opinion], Table] = {
    ("rapidocr", Opinion.ALONE): (
        *((0.0, 0.1), (0.38, 0.3), (0.5, 0.93), (0.66, 0.962), (0.8, 0.968), (0.95, 0.973)),
        *((0.985, 0.978), (0.99, 0.985), (0.996, 0.993), (0.9992, 0.998), (1.0, 0.9998)),
    ),
    ("rapidocr", Opinion.AGREED): (
        *((0.0, 0.3), (0.42, 0.6), (0.5, 0.97), (0.7, 0.986), (0.9, 0.995), (0.99, 0.998), (1.0, 0.9999)),
    ),
    ("rapidocr", Opinion.DIFFERED): (
        *((0.0, 0.05), (0.35, 0.1), (0.45, 0.3), (0.6, 0.7), (0.75, 0.88), (0.9, 0.94), (0.98, 0.972), (1.0, 0.996)),
    ),
    ("tesseract", Opinion.ALONE): (
        *((0.0, 0.5), (0.3, 0.62), (0.5, 0.73), (0.65, 0.82), (0.75, 0.91), (0.83, 0.95), (0.88, 0.983)),
        *((0.92, 0.995), (0.94, 0.997), (1.0, 0.998)),
    ),
}


def calibrated(engine: str, said: float, opinion: Opinion = Opinion.ALONE) -> float:
    """The chance (0..1) that a character is right of which `engine` says `said`; without a table, `said`."""
    table = TABLES.get((engine, opinion)) or TABLES.get((engine, Opinion.ALONE))
    return _between(table, said) if table else said


def _between(table: Table, said: float) -> float:
    at = bisect_right(table, (said, 2.0))
    if at == 0:
        return table[0][1]
    if at == len(table):
        return table[-1][1]
    (left, low), (right, high) = table[at - 1], table[at]
    return low + (high - low) * (said - left) / (right - left)
