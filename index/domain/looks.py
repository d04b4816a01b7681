"""Decides what is kept of how a page was scanned: measured when it is read, judged on the batch sheet (DA/T 31)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """Colour mode of the scan (色彩模式)."""

    BITONAL = "bitonal"
    GRAY = "gray"
    COLOUR = "colour"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page looked to the machine.

    `skew` in degrees, counter-clockwise positive; `paper` and `ink` are the median brightness (0..255) of each.
    `spread` is where two facing pages part, as a share of the width, when the scan seems to hold two.
    `fingerprint` is 16 hexadecimal digits that differ in few bits for the same page scanned twice.
    `printed` is the page number printed on it ("12"), `sign` the text of a separator code found on it.
    """

    colour: Colour = Colour.UNKNOWN
    skew: float = 0.0
    paper: int = 255
    ink: int = 0
    spread: float | None = None
    fingerprint: str = ""
    printed: str = ""
    sign: str = ""
