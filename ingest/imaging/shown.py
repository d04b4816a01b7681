"""Decides what the reading room shows of a page: an upright JPEG as it was scanned, and a thumbnail.

Derivatives: they can be thrown away and made again. Each appears whole or not at all.
"""

from __future__ import annotations

import os

from PIL import Image

PAGE, THUMB = "page.jpg", "thumb.jpg"


def write_shown(image: Image.Image, dpi: int, folder: str, page_side: int, thumb_side: int, quality: int) -> None:
    """Write both pictures of the upright page (L or RGB) into `folder`, long sides at most so many pixels."""
    page = _within(image, page_side)
    _write(page, os.path.join(folder, PAGE), quality, round(dpi * page.width / image.width))
    thumb = page.reduce(max(1, max(page.size) // (2 * thumb_side)))
    _write(_within(thumb, thumb_side), os.path.join(folder, THUMB), quality, 72)


def _within(image: Image.Image, side: int) -> Image.Image:
    share = side / max(image.size)
    if share >= 1:
        return image
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=1.5)


def _write(image: Image.Image, path: str, quality: int, dpi: int) -> None:
    part = f"{path}.{os.getpid()}.part"
    try:
        image.save(part, "JPEG", quality=quality, dpi=(dpi, dpi), exif=b"", comment=b"")
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.unlink(part)
