"""Decides what a page of an OFD is made of once it is laid flat: texts, paths and pictures, each where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.imaging.ofd.geometry import Matrix, Rect

Colour = tuple[int, int, int]


class Hidden(StrEnum):
    """What the picture of a page cannot show as its maker meant it."""

    SEAL = "seal"
    PICTURE = "picture"
    GLYPHS = "glyphs"
    SHADING = "shading"
    FILM = "film"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Face:
    """The font that a text asks for, as far as a font of the system can follow."""

    serif: bool = True
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its place on the base line, and how far to the next one (0 when nobody says)."""

    char: str
    x: float
    y: float
    advance: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the page: `matrix` brings its own millimetres onto the page; `window` is all that is seen of it.

    `alpha` is from 0 (not seen) to 1.
    """

    matrix: Matrix
    alpha: float = 1.0
    window: Rect | None = None


@dataclass(frozen=True, slots=True)
class Text(Mark):
    """Glyphs of `size` millimetres, squeezed sideways by `stretch`, each turned clockwise by `turned` degrees."""

    glyphs: tuple[Glyph, ...] = ()
    size: float = 3.5
    stretch: float = 1.0
    turned: int = 0
    face: Face = Face()
    colour: Colour = (0, 0, 0)
    decoration: bool = False
    """Text that is no part of what the page says, as a watermark is."""
    template: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A line through points; `closed` when its end is joined to its beginning."""

    points: tuple[tuple[float, float], ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Path(Mark):
    """Figures filled and stroked; `even_odd` is the rule by which holes are left open."""

    figures: tuple[Figure, ...] = ()
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.353
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Picture(Mark):
    """A picture file, laid into the unit square of `matrix`. A `seal` is printed over what stands there."""

    content: bytes = b""
    seal: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its box in millimetres, and its marks in the order of painting."""

    box: Rect
    marks: tuple[Mark, ...]
    hidden: frozenset[Hidden] = field(default_factory=frozenset)
