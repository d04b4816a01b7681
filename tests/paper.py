"""Decides what our sample papers look like: sets sheets in type, ages them as paper and scanners do, and saves them.

    render(sheet("contract", 3), "noisy", seed=3)       a PIL image, 200 dpi, the same for the same seed
    printed(sheet("contract", 3)).boxes("劳动合同")      where words stand on the unaged page, as fractions
    save([image, ...], path)                            JPEG, PNG, TIFF or a PDF of pictures, by the path's suffix
    save_born_digital([sheet, ...], path)               a PDF with a real text layer

A turned page keeps the clockwise quarter turns that were applied in `image.info["turned"]`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter

from tests.sheet import Line, Sheet, pieces
from tests.typeset import Printed, font_path, printed

__all__ = ["AGES", "Printed", "printed", "render", "save", "save_born_digital"]


def render(sheet: Sheet, age: str = "clean", seed: int = 1, dpi: int = 200) -> Image.Image:
    """The sheet as a scanner of `dpi` would deliver it after ageing (one of AGES)."""
    chance = random.Random(f"{age}/{seed}")
    aged = AGES[age](printed(sheet, dpi).image, chance)
    aged.info["dpi"] = (dpi, dpi)
    return aged


# -- ageing: an RGB page in, the scanned page out ----------------------------------------------------------------------


def _noise(image: Image.Image, chance: random.Random, strength: float) -> Image.Image:
    grain = np.random.default_rng(chance.getrandbits(32)).standard_normal(image.size[::-1], np.float32) * strength
    pixels = np.asarray(image, np.int16) + grain.astype(np.int16)[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _specks(image: Image.Image, chance: random.Random, count: int) -> Image.Image:
    pen = ImageDraw.Draw(image)
    for _ in range(count):
        x, y, r = chance.randrange(image.width), chance.randrange(image.height), chance.random() * 1.6
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(chance.randrange(120),) * 3)
    return image


def _leant(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=(244, 240, 232))


def _clean(image: Image.Image, chance: random.Random) -> Image.Image:
    return _noise(image, chance, 2)


def _noisy(image: Image.Image, chance: random.Random) -> Image.Image:
    soft = image.filter(ImageFilter.GaussianBlur(0.7)).point(lambda value: value * 0.9 + 15)
    return _specks(_noise(_leant(soft, chance.uniform(-0.3, 0.3)), chance, chance.uniform(12, 20)), chance, 200)


def _skew(image: Image.Image, chance: random.Random) -> Image.Image:
    return _noise(_leant(image, chance.choice((-1, 1)) * chance.uniform(0.6, 2.5)), chance, 4)


def _turned(image: Image.Image, chance: random.Random) -> Image.Image:
    turns = chance.randint(1, 3)
    clockwise = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}[turns]
    turned = _noise(image, chance, 4).transpose(clockwise)
    turned.info["turned"] = turns
    return turned


def _light(image: Image.Image, chance: random.Random) -> Image.Image:
    """Yellowed paper, lit from one side, with a fold across."""
    width, height = image.size
    across = np.linspace(1.0, chance.uniform(0.55, 0.75), width)[None, :]
    fold = np.abs(np.arange(height) / height - chance.uniform(0.35, 0.65))
    down = 1 - 0.25 * np.exp(-((fold / 0.004) ** 2))[:, None]
    shade = (across * down).astype(np.float32)[..., None]
    paper = np.asarray(image, np.float32) * shade * np.array([0.97, 0.93, 0.82], np.float32)
    return _noise(Image.fromarray(paper.astype(np.uint8)), chance, 4)


def _fax(image: Image.Image, chance: random.Random) -> Image.Image:
    """Black and white, one bit a point."""
    rough = _specks(_noise(_leant(image, chance.uniform(-0.6, 0.6)), chance, 18), chance, 300)
    return rough.convert("L").point(lambda value: 255 if value > 150 else 0).convert("1")


AGES: Mapping[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "clean": _clean,
    "noisy": _noisy,
    "skew": _skew,
    "turned": _turned,
    "light": _light,
    "fax": _fax,
}


# -- saving ------------------------------------------------------------------------------------------------------------


def save(images: Sequence[Image.Image], path: Path, *, compression: str = "", quality: int = 85) -> Path:
    """Write the pages in the format of the path's suffix; JPEG and PNG take one page, TIFF and PDF any number.

    `compression` is Pillow's name for TIFF (group4, tiff_lzw, jpeg, ...); one-bit pages default to group4.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    dpi = images[0].info.get("dpi", (200, 200))
    match path.suffix.lower():
        case ".jpg" | ".jpeg":
            images[0].convert("RGB").save(path, "JPEG", quality=quality, dpi=dpi)
        case ".png":
            images[0].save(path, "PNG", dpi=dpi, compress_level=3)
        case ".tif" | ".tiff":
            chosen = compression or ("group4" if images[0].mode == "1" else "tiff_lzw")
            images[0].save(path, "TIFF", save_all=True, append_images=images[1:], compression=chosen, dpi=dpi)
        case ".pdf":
            _pdf_of_pictures(images, dpi[0], quality).output(str(path))
        case other:
            raise ValueError(f"no way to save {other}")
    return path


def _pdf_of_pictures(images: Sequence[Image.Image], dpi: float, quality: int) -> FPDF:
    pdf = _pdf()
    for image in images:
        size = image.width / dpi * 25.4, image.height / dpi * 25.4
        encoded = BytesIO()
        image.convert("RGB").save(encoded, "JPEG", quality=quality)
        pdf.add_page(format=size)
        pdf.image(encoded, 0, 0, *size)
    return pdf


def save_born_digital(sheets: Sequence[Sheet], path: Path) -> Path:
    """Write the sheets as a PDF that an office program would make: text in an embedded font, no picture."""
    pdf = _pdf()
    for script in sorted({sheet.script for sheet in sheets}):
        file, number = font_path("serif", script)
        pdf.add_font(script, fname=file, collection_font_number=number)
    for sheet in sheets:
        pdf.add_page()
        for block in sheet.blocks:
            headed = isinstance(block, Line) and block.kind in ("title", "letterhead")
            pdf.set_font(sheet.script, size=20 if headed else 12)
            for piece in pieces(block):
                pdf.multi_cell(
                    0, 12 if headed else 8, piece, align="C" if headed else "L", new_x="LMARGIN", new_y="NEXT"
                )
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf.output(str(path))
    return path


def _pdf() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2024, 1, 2, tzinfo=UTC))
    pdf.set_margins(25, 25)
    return pdf
