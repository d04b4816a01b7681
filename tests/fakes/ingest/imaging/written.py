"""Stands for scanned paper: lines of blots that look like text to every cheap look, without a font."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]


def written(
    width: int = 1240, height: int = 1754, *, angle: float = 0.0, paper: Colour = (255, 255, 255), seed: int = 7
) -> Image.Image:
    """A page of A4 at 150 dpi with 40 lines of characters, rising to the right by `angle` degrees."""
    page, chance = Image.new("RGB", (width, height), paper), random.Random(seed)
    draw = ImageDraw.Draw(page)
    for top in range(height // 10, height * 9 // 10, 34):
        for left in range(width // 8 + chance.randrange(22), width * 7 // 8, 22):
            for _ in range(4):
                x, y = left + chance.randrange(14), top + chance.randrange(14)
                draw.rectangle((x, y, x + 4, y + 4), fill=(20, 20, 20))
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=paper) if angle else page
