"""Decides whether a page is a separator or cover sheet: by one of our own codes on it, or a patch code, and no other.

Runs in the cage. Looks at one small copy cost about 14 ms a page, most of it for making the copy: QR codes are found
at any angle by their three eyes, the bars of Code 128 along rows and along columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import zxingcpp
from PIL import Image

from index.domain.separators import is_sign

#: Dots an inch at which codes are looked for: our squares, and the bars of patch sheets, are a millimetre wide.
LOOK_DPI = 110
#: More than a sheet of A3 has at that resolution: a map or a drawing is no separator, and looking would take long.
MOST_PIXELS = 6_000_000
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_BARS = zxingcpp.barcode_formats_from_str("Code128")
#: What counts as black in bars: what is darker than around it; or than the middle, where the light falls from one side.
_BLACK = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.FixedThreshold)


def sign_on(image: Image.Image, dpi: int) -> str:
    """The text of the sign on a page scanned at `dpi`, whichever way up it lies; "" for an ordinary page."""
    small = _small(image, dpi)
    if small.width * small.height > MOST_PIXELS:
        return ""
    return next((text for text in _codes(small) if is_sign(text)), "")


def _small(image: Image.Image, dpi: int) -> Image.Image:
    """The page small and gray; of a colour page the red alone, in which a stamp on the code is hardly seen."""
    gray = image.getchannel("R") if image.mode == "RGB" else image if image.mode == "L" else image.convert("L")
    return gray.reduce(max(1, round(dpi / LOOK_DPI)))


def _codes(page: Image.Image) -> Iterator[str]:
    """The text of every code that is seen; the looks are taken one after the other, as long as somebody asks.

    The library's own turning costs more than twice as much as looking at a turned copy.
    """
    for found in zxingcpp.read_barcodes(np.asarray(page), _QR, try_rotate=False, try_invert=False):
        yield found.bytes.decode("utf-8", "replace")
    for side, black in product((page, page.transpose(Image.Transpose.ROTATE_90)), _BLACK):
        for found in zxingcpp.read_barcodes(
            np.asarray(side), _BARS, try_rotate=False, try_downscale=False, try_invert=False, binarizer=black
        ):
            yield found.text
