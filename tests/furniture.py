"""Decides how what is not running text stands on a sheet: ruled grids whose words wrap, pictures, red frames."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from tests.typeset import Press

Rows = tuple[tuple[str, ...], ...]
INK, RED = (28, 28, 30), (205, 30, 35)
_NARROWEST, _WIDEST = 3, 18


def grid(press: Press, rows: Rows) -> None:
    """Rows of ruled cells; columns line up where every row has as many cells."""
    even = len({len(row) for row in rows}) == 1
    shares = _shares(rows) if even else []
    for row in rows:
        _row(press, row, shares or _shares((row,)))
    press.y += press.mm(5)


def _shares(rows: Rows) -> list[float]:
    """The part of the width that each column takes, by the longest words in it."""
    columns = zip(*rows, strict=True)
    longest = [min(max(max(map(len, column)), _NARROWEST), _WIDEST) + 2 for column in columns]
    return [one / sum(longest) for one in longest]


def _row(press: Press, row: Sequence[str], shares: Sequence[float]) -> None:
    font, left = press.font(11), press.left
    wide = [round((press.right - press.left) * share) for share in shares]
    cells = [press.wrapped(cell, font, width - font.size) for cell, width in zip(row, wide, strict=True)]
    lead = round(font.size * 1.4)
    high = max(map(len, cells)) * lead + round(font.size * 0.9)
    for lines, width in zip(cells, wide, strict=True):
        press.pen.rectangle((left, press.y, left + width, press.y + high), outline=INK, width=2)
        start = (high - len(lines) * lead) // 2
        for number, text in enumerate(lines):
            middle = left + (width - font.getlength(text)) / 2 if len(lines) == 1 else left + font.size / 2
            press.put(middle, text, font, down=start + number * lead)
        left += width
    press.y += high


def figure(press: Press, kind: str, millimetres: float) -> None:
    """A picture of that height across the page."""
    width, height = press.right - press.left, press.mm(millimetres)
    drawn = _photo(width, height) if kind == "photo" else _plan(width, height)
    press.image.paste(drawn, (press.left, press.y))
    press.y += height + press.mm(4)


def _photo(width: int, height: int) -> Image.Image:
    """Sky, hills and a building: soft greys without anything like a letter."""
    shown = Image.linear_gradient("L").resize((width, height)).point(lambda value: 225 - value // 4).convert("RGB")
    pen = ImageDraw.Draw(shown)
    hills = [(x, height * 0.6 + height * 0.1 * math.sin(x / width * 9)) for x in range(0, width + 1, 8)]
    pen.polygon([*hills, (width, height), (0, height)], fill=(120, 124, 118))
    pen.rectangle((width * 0.3, height * 0.35, width * 0.7, height * 0.8), fill=(92, 90, 96))
    return shown


def _plan(width: int, height: int) -> Image.Image:
    """Walls, an axis and a stair, as engineers draw them."""
    shown = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(shown)
    pen.rectangle((2, 2, width - 3, height - 3), outline=INK, width=3)
    for part in (0.25, 0.45, 0.8):
        pen.line((width * part, height * 0.1, width * part, height * 0.9), INK, 2)
    pen.line((width * 0.05, height * 0.5, width * 0.95, height * 0.5), INK, 2)
    for step in range(8):
        pen.line(
            (width * 0.8 + step * width * 0.015, height * 0.5, width * 0.8 + step * width * 0.015, height * 0.9), INK
        )
    return shown


def chop(press: Press, lines: Sequence[str]) -> None:
    """Stamped at the upper right; the text goes on below it."""
    font = press.font(10.5)
    wide = round(max(font.getlength(text) for text in lines) + font.size)
    lead, left = round(font.size * 1.5), press.right - wide
    press.pen.rectangle((left, press.y, press.right, press.y + lead * len(lines) + 6), outline=RED, width=3)
    for text in lines:
        press.put(left + font.size / 2, text, font, RED, down=4)
        press.y += lead
    press.y += press.mm(3)
