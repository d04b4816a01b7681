"""Decides whether a page is a separator or cover sheet: by one of our own codes on it, or a patch code, and no other.

Runs in the cage. Two looks at small copies cost about 9 ms a page: QR codes are found at any angle by their three eyes,
the bars of Code 128 only along rows and columns, and wide enough to be seen at a lower resolution still.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import zxingcpp
from PIL import Image

from index.domain.separators import is_sign

#: Dots an inch at which each kind is looked for: our codes have squares of a millimetre, patch bars are as wide.
QR_DPI, BARS_DPI = 150, 100
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_BARS = zxingcpp.barcode_formats_from_str("Code128")


def sign_on(image: Image.Image, dpi: int) -> str:
    """The text of the sign on a page scanned at `dpi`, whichever way up it lies; "" for an ordinary page."""
    return next((text for text in _codes(image, dpi) if is_sign(text)), "")


def _codes(image: Image.Image, dpi: int) -> Iterator[str]:
    """The text of every code that is seen; the looks are taken one after the other, as long as somebody asks."""
    gray = image if image.mode == "L" else image.convert("L")
    for found in zxingcpp.read_barcodes(_small(gray, dpi, QR_DPI), _QR, try_rotate=False, try_invert=False):
        yield found.bytes.decode("utf-8", "replace")
    for found in zxingcpp.read_barcodes(_small(gray, dpi, BARS_DPI), _BARS, try_downscale=False, try_invert=False):
        yield found.text


def _small(gray: Image.Image, dpi: int, wanted: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(gray.reduce(max(1, round(dpi / wanted))))
