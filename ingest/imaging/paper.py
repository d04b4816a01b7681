"""Decides what a page looks like before it is read: its outline, and its picture with the resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image

#: A resolution in a file's header is believed inside these bounds only (ocr.md).
LEAST_DPI, MOST_DPI = 70, 1_200
#: The long side of A4 in inches: what a sheet is taken for when the header says nothing.
A4_LONG_SIDE = 11.69


class Kind(StrEnum):
    """A page of a picture file, or of a document (PDF, OFD) with sound text of its own, or of one without."""

    IMAGE = "image"
    TEXT = "text"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class PageOutline:
    """Page `number` (from 1) as it was scanned: pixels and dots per inch; nothing is decoded for it."""

    number: int
    width: int
    height: int
    dpi: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page decoded: mode L or RGB, the turn of its header applied, pixels square.

    `colour` is a smaller copy to show of a large page, whose `image` is gray; None where `image` itself is shown.
    `not_shown` names what the picture cannot show of the page, parted by commas (`ofd.marks.Hidden`).
    """

    image: Image.Image
    dpi: int
    kind: Kind
    colour: Image.Image | None = None
    not_shown: str = ""


def believable_dpi(said: float | None, width: int, height: int) -> int:
    """The resolution said by the header, or that of a sheet of A4."""
    if said is not None and math.isfinite(said) and LEAST_DPI <= said <= MOST_DPI:
        return round(said)
    return max(LEAST_DPI, min(MOST_DPI, round(max(width, height) / A4_LONG_SIDE)))
