"""Decides how a layout of boxes becomes a picture, so that a real engine can be tried on it.

picture(two_columns(Random(3)))      a white page in mode L, 200 dpi, with the words where the boxes are
"""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw, ImageFont

from ingest.engines.port import Seen
from tests.layouts import HEIGHT, SLACK, WIDTH, Layout, is_set_down
from tests.typeset import font_path

DPI = 200
INK = 30


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    path, number = font_path("serif", "hans")
    return ImageFont.truetype(path, pixels, index=number, layout_engine=ImageFont.Layout.BASIC)


def picture(layout: Layout) -> Image.Image:
    """The page printed: words in black, ruled lines a quarter of a millimetre thick."""
    page = Image.new("L", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(page)
    for (seen,) in layout.pieces:
        _print(pen, seen)
    for line in layout.rulings.horizontal:
        pen.line((line.start, line.at, line.end, line.at), INK, 2)
    for line in layout.rulings.vertical:
        pen.line((line.at, line.start, line.at, line.end), INK, 2)
    page.info["dpi"] = (DPI, DPI)
    return page


def _print(pen: ImageDraw.ImageDraw, seen: Seen) -> None:
    """The words inside their box, across or one character below the other."""
    em = min(seen.width, seen.height) / (1 + 2 * SLACK)
    font, left, top = _font(round(em)), seen.left + SLACK * em, seen.top + SLACK * em
    if not is_set_down(seen):
        pen.text((left, top + em / 2), seen.text, INK, font, anchor="lm")
        return
    for number, char in enumerate(seen.text):
        pen.text((left + em / 2, top + (number + 0.5) * em), char, INK, font, anchor="mm")
