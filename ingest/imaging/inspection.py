"""Decides what is kept of how a page was scanned: colour mode, skew, brightness, two facing pages, a fingerprint.

Measured on the small copy of the upright page that was made to look at anyway. Nothing is judged here: what is good
enough is a setting, and the batch sheet says so.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from index.domain.looks import Colour, Look
from ingest.imaging import look
from ingest.imaging.look import Ink, Pixels, Small

#: Two facing pages: the sheet is wide, and in its middle a strip from head to foot is (nearly) empty of ink.
_WIDE, _MIDDLE, _GUTTER = 1.2, 0.12, 0.01
_EMPTY, _LEAST_INK = 0.002, 0.004
#: A page of one bit holds nothing between these.
_DARK, _LIGHT, _BETWEEN = 8, 247, 0.001


def inspected(page: Image.Image, small: Small, skew: float) -> Look:
    """The look of the upright `page` (L or RGB), of which `small` is the small copy; `skew` in degrees."""
    return Look(
        colour=colour_of(page),
        skew=round(skew, 2),
        paper=int(np.median(small.paper)),
        ink=int(np.median(small.gray[small.ink])) if small.ink.any() else 0,
        spread=spread_of(small),
        fingerprint=fingerprint(small.gray),
    )


def colour_of(page: Image.Image) -> Colour:
    """How the scan was made; one bit comes here as gray with nothing between black and white."""
    if page.mode != "L":
        return Colour.COLOUR
    some = np.asarray(page)[:: max(1, page.height // 500)]
    between = ((some > _DARK) & (some < _LIGHT)).mean()
    return Colour.BITONAL if between < _BETWEEN else Colour.GRAY


def spread_of(small: Small) -> float | None:
    """Where two facing pages part, as a share of the width; None where the scan holds one."""
    height, width = small.ink.shape
    if width < _WIDE * height:
        return None
    ink = look.inner(look.without_specks(look.without_rulings(small.ink)))
    gutter = _gutter(ink)
    if gutter is None or not _both_written(ink, gutter):
        return None
    margin = (width - ink.shape[1]) / 2
    return float(round((gutter + margin) / width, 4))


def _gutter(ink: Ink) -> int | None:
    """The middle of the emptiest strip near the middle of the sheet."""
    width = ink.shape[1]
    strip = max(3, round(width * _GUTTER))
    first, last = round(width * (0.5 - _MIDDLE)), round(width * (0.5 + _MIDDLE))
    filled = np.convolve(ink[:, first:last].mean(axis=0), np.ones(strip) / strip, "same")
    best = np.flatnonzero(filled <= filled.min())
    return int(first + best[len(best) // 2]) if filled.min() < _EMPTY else None


def _both_written(ink: Ink, gutter: int) -> bool:
    return min(float(ink[:, :gutter].mean()), float(ink[:, gutter:].mean())) > _LEAST_INK


def fingerprint(gray: Pixels) -> str:
    """16 hexadecimal digits: whether each of 8 x 8 fields is lighter than its right neighbour (a difference hash)."""
    fields = np.asarray(Image.fromarray(gray).resize((9, 8), Image.Resampling.BOX)).astype(np.int16)
    bits = (fields[:, 1:] > fields[:, :-1]).flatten()
    return f"{int(''.join('01'[int(bit)] for bit in bits), 2):016x}"
