"""Decides what is done to a page so that it reads better: for the engine only, never for the page shown (DA/T 31).

Runs in the cage, in this order (ocr.md): stamps out, reading resolution, straight lines, the paper's brightness divided
out, contrast stretched. A cheap look says what a page needs; most of it gives CPU back, as Tesseract is slow on dirt.
Never a median filter: it eats strokes of faxes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from index.domain.reading import Box
from ingest.imaging import look

#: Raised when the steps or their bounds change: it is part of what keys a reading.
CLEANING = "2"
#: Han characters of 9 points still have 25 pixels; more only costs time (240 dpi: 8 % more, no fewer errors).
READING_DPI = 200
#: Nothing larger is handed to an engine, whatever its resolution.
MOST_PIXELS = 30_000_000
LEAST_SKEW = 0.15
LEAST_UNEVENNESS = 0.15
_LETTERHEAD = 0.3
_NEGATIVE = 80
_EVERY, _DARKEST_CREASE = 8, 0.2
_LEAST_RED, _RED = 0.0008, 60


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A gray picture for an engine, and how it came from the page: scaled, then turned by `angle` about its centre."""

    image: Image.Image
    dpi: int
    angle: float
    scale: float
    width: int
    height: int

    def box(self, left: float, top: float, width: float, height: float) -> Box:
        """A rectangle on the picture as fractions of the page, grown to hold its own corners after turning back."""
        corners = [self._back(x, y) for x in (left, left + width) for y in (top, top + height)]
        x0, x1 = (_clipped(edge(x for x, _ in corners) / self.width) for edge in (min, max))
        y0, y1 = (_clipped(edge(y for _, y in corners) / self.height) for edge in (min, max))
        return Box(x0, y0, x1 - x0, y1 - y0)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        """Page pixels of a picture's point. Pillow turns counter-clockwise with y pointing down."""
        across, down = (x - self.image.width / 2) / self.scale, (y - self.image.height / 2) / self.scale
        cosine, sine = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        return across * cosine - down * sine + self.width / 2, across * sine + down * cosine + self.height / 2


def clean(page: Image.Image, dpi: int, sideways: bool = False) -> Cleaned:
    """The page (L or RGB, `dpi`) as an engine likes it; its lines run across, or down when it lies `sideways`."""
    gray = destamped(page)
    scale = reading_scale(*page.size, dpi)
    if scale < 1:
        size = max(1, round(page.width * scale)), max(1, round(page.height * scale))
        gray = gray.resize(size, Image.Resampling.BICUBIC)
    reading_dpi = max(1, round(dpi * scale))
    gray = positive(gray)
    small = look.small(gray, reading_dpi)
    ink = look.inner(small.ink)
    angle = -look.skew(ink.T) if sideways else look.skew(ink)
    paper = int(np.median(small.paper))
    if abs(angle) > LEAST_SKEW:
        gray = gray.rotate(-angle, Image.Resampling.BICUBIC, expand=True, fillcolor=paper)
    else:
        angle = 0.0
    black, white = look.levels(small)
    if look.unevenness(small) > LEAST_UNEVENNESS:
        gray = flattened(gray, black, white)
    else:
        gray = stretched(gray, paper, black, white)
    return Cleaned(gray, reading_dpi, -angle, scale, page.width, page.height)


def reading_scale(width: int, height: int, dpi: int) -> float:
    return min(1.0, READING_DPI / dpi, math.sqrt(MOST_PIXELS / (width * height)))


def positive(gray: Image.Image) -> Image.Image:
    """White on black, as films and faxes with a wrong header come, is read as black on white."""
    return ImageOps.invert(gray) if np.median(np.asarray(gray.reduce(8))) < _NEGATIVE else gray


def destamped(page: Image.Image) -> Image.Image:
    """Gray; where red ink stands below the letterhead, the red channel, in which it vanishes and black ink stays."""
    if page.mode == "L":
        return page
    gray = page.convert("L")
    top = round(page.height * _LETTERHEAD)
    if red_share(page) > _LEAST_RED:
        gray.paste(page.getchannel("R").crop((0, top, page.width, page.height)), (0, top))
    return gray


def red_share(page: Image.Image) -> float:
    """The share of clearly red pixels of an RGB page below its letterhead; yellowed paper is not red."""
    colours = np.asarray(page.reduce(max(1, round(page.width / 600)))).astype(np.int16)
    below = colours[round(len(colours) * _LETTERHEAD) :]
    return float((below[..., 0] - below[..., 1:].max(axis=2) > _RED).mean())


def flattened(gray: Image.Image, black: float = look.BLACK, white: float = look.WHITE) -> Image.Image:
    """The page divided by its paper's brightness and stretched: shade, folds, dark edges and yellowing gone."""
    paper = Image.fromarray(look.paper_of(gray.reduce(4))).resize(gray.size, Image.Resampling.BILINEAR)
    share = np.asarray(gray).astype(np.float32) / np.maximum(np.asarray(paper), 1)
    share /= _crease(share[:, ::_EVERY], 1)[:, None]
    share /= _crease(share[::_EVERY], 0)[None, :]
    share -= black
    share *= 255 / (white - black)
    return Image.fromarray(share.clip(0, 255).astype(np.uint8))


def _crease(share: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """The paper's brightness in every row (axis 1) or column: a fold or a scanner's edge runs through from end to end.

    Ink never fills six sevenths of a row or a column; the paper between is what the crease darkened.
    """
    place = share.shape[axis] * 6 // 7
    bright: NDArray[np.float32] = np.take(np.partition(share, place, axis), place, axis)
    return bright.clip(_DARKEST_CREASE, 1)


def stretched(gray: Image.Image, paper: int, black: float = look.BLACK, white: float = look.WHITE) -> Image.Image:
    """The same for evenly bright paper, by a table instead of a division."""
    darkest, lightest = paper * black, paper * white
    span = max(lightest - darkest, 1)
    return gray.point([round(min(max((value - darkest) / span, 0), 1) * 255) for value in range(256)])


def _clipped(share: float) -> float:
    return min(max(share, 0.0), 1.0)
