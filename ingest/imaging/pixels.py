"""Decides how pixels of any kind become gray (L) or colour (RGB) of 8 bits, and how large pages stay within the memory.

Deep and transparent pictures are turned band by band: a whole copy in floats would cost four times the page.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageChops, ImageCms

#: A page of more pixels is read in gray alone: A2 at 300 dpi has 35 million, A1 70, A0 139.
LARGE = 40_000_000
#: The colour copy of a large page has a long side of at least so many pixels.
SHOWN_SIDE = 2_500
#: So many pixels are turned at a time.
_BAND = 4_000_000

_ORIENTATION = 274
_TRANSPOSED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (OSError, SyntaxError, struct.error, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError)
Turn = Callable[[Image.Image], Image.Image]


def is_large(size: tuple[int, int]) -> bool:
    return size[0] * size[1] > LARGE


def upright(picture: Image.Image) -> Image.Image:
    """The picture decoded and turned as its header says; no copy where nothing is turned."""
    transposed = _TRANSPOSED.get(_orientation(picture))
    picture.load()
    return picture.transpose(transposed) if transposed is not None else picture


def _orientation(picture: Image.Image) -> int:
    """How the camera or scanner was held; a broken header says nothing. A TIFF says it of each page."""
    try:
        tags: Any = getattr(picture, "tag_v2", None)
        return int((picture.getexif() if tags is None else tags).get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def in_colour(path: str, picture: Image.Image) -> Image.Image | None:
    """A smaller copy of a large page in colour; None for a page without colour.

    A JPEG is decoded a second time at a fraction of its size, and then once more in gray alone, which costs less
    memory than one decoding in colour.
    """
    if picture.mode in ("1", "L", "LA", "I", "F") or picture.mode.startswith("I;"):
        return None
    if picture.format not in ("JPEG", "MPO") or picture.mode != "RGB":
        image = upright(picture)
        return plain(_reduced(image, max(1, max(image.size) // SHOWN_SIDE)), gray=False)
    factor = max(1, max(picture.size) // SHOWN_SIDE)
    with Image.open(path, formats=["JPEG"]) as again:
        again.draft("RGB", (picture.width // factor, picture.height // factor))
        small = upright(again).copy()
    picture.draft("L", picture.size)
    return small


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """A palette cannot be averaged: every so many-th pixel is taken."""
    if image.mode in ("P", "PA"):
        return image.resize((image.width // factor, image.height // factor), Image.Resampling.NEAREST)
    return Image.Image.reduce(image, factor)  # a JPEG 2000 has a number by that name


def plain(image: Image.Image, gray: bool = False, negative: bool = False) -> Image.Image:
    """The picture as L or RGB, or as L in any case: alpha over white, 16 bits and floats scaled, inks as light.

    `negative` for deep samples of which nought is white: Pillow turns only those of eight bits.
    """
    if image.mode == "L" or (image.mode == "RGB" and not gray):
        return image
    turn = _turn_for(image, negative)
    return _by_bands(image, (lambda band: turn(band).convert("L")) if gray else turn)


def _turn_for(image: Image.Image, negative: bool) -> Turn:
    """What turns any part of this picture into L or RGB."""
    if image.mode == "1":
        return lambda band: band.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        scaled = _scaling(image)
        return (lambda band: ImageChops.invert(scaled(band))) if negative else scaled
    if image.has_transparency_data:
        return _over_white
    if image.mode == "LAB":
        return _from_lab
    if image.mode == "CMYK" and image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        return lambda band: ImageChops.invert(band).convert("RGB")
    return lambda band: band.convert("RGB")


def _by_bands(image: Image.Image, turn: Turn) -> Image.Image:
    """`turn` applied to a band of rows after the other."""
    whole: Image.Image | None = None
    for top, band in _bands(image):
        turned = turn(band)
        if turned.size == image.size:
            return turned
        whole = whole or Image.new(turned.mode, image.size)
        whole.paste(turned, (0, top))
    return whole or turn(image)


def _bands(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    rows = max(1, _BAND // max(1, image.width))
    if rows >= image.height:
        yield 0, image
        return
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(top + rows, image.height)))


def _over_white(image: Image.Image) -> Image.Image:
    gray = image.mode in ("LA", "La")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    return paper.convert("L" if gray else "RGB")


def _from_lab(image: Image.Image) -> Image.Image:
    lab, rgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    turned = ImageCms.profileToProfile(image, lab, rgb, outputMode="RGB")
    return turned if turned is not None else image.convert("RGB")


def _scaling(image: Image.Image) -> Turn:
    """Sixteen bits are divided by 257; anything else is stretched between its least and greatest finite value."""
    least, most = _range(image)
    if image.mode.startswith("I;16") or (image.mode == "I" and least >= 0 and 255 < most <= 65_535):
        shift, share = 0.0, 1 / 257
    elif most > 255 or most <= 1 or least < 0:
        shift, share = least, 255 / ((most - least) or 1)
    else:
        shift, share = 0.0, 1.0
    return lambda band: Image.fromarray(((_values(band) - shift) * share).clip(0, 255).astype(np.uint8))


def _range(image: Image.Image) -> tuple[float, float]:
    extremes = [(float(found.min(initial=0)), float(found.max(initial=0))) for found in _all_values(image)]
    return min(least for least, _ in extremes), max(most for _, most in extremes)


def _all_values(image: Image.Image) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return (_values(band) for _, band in _bands(image))


def _values(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0, neginf=0)
