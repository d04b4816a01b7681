"""Decides what whoever makes an access copy is told: of each page, and of the item. Plain values, as the cage takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to be copied: where its picture is, and the `layer` of operators that goes over it.

    `frame` counts from 1 in the scan at `path`; `turned` are clockwise quarter turns; `width` and `height` are points
    of the upright page, which shows the picture from `left` to `right` (fractions of its width).
    """

    path: str
    format: str
    frame: int
    turned: int
    width: float
    height: float
    layer: bytes
    left: float = 0.0
    right: float = 1.0


@dataclass(frozen=True, slots=True)
class About:
    """What an access copy says of itself. `made` is aware; `sources` are the SHA-256 of the scans, in order."""

    title: str
    language: str
    made: datetime
    creator: str = ""
    identifier: str = ""
    sources: tuple[str, ...] = ()
