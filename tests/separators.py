"""Decides how separator sheets look when they come back from the scanner: printed by our own code, used, scanned."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from index.domain.separators import Cover
from viewer.export.separators import Sheet, write


def scanned(covers: Sequence[Cover], dpi: int = 200) -> list[Image.Image]:
    """The sheets printed and scanned (RGB), each still like new."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheets.pdf"
        write([Sheet(cover, [("题名", cover.title)]) for cover in covers], path)
        document = pypdfium2.PdfDocument(path)
        images = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
        document.close()
    for image in images:
        image.info["dpi"] = (dpi, dpi)
    return images


def patch(text: str = "PATCHT", dpi: int = 200) -> Image.Image:
    """A sheet with a bar code 12 cm wide, as scanning programs print them."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    bars = Image.fromarray(np.array(code.to_image(scale=1))).convert("RGB")
    page = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white")
    wide = round(12 / 2.54 * dpi)
    page.paste(bars.resize((wide, wide // 4), Image.Resampling.NEAREST), ((page.width - wide) // 2, page.height // 3))
    page.info["dpi"] = (dpi, dpi)
    return page


def _leant(degrees: float, image: Image.Image, chance: random.Random) -> Image.Image:
    return _grained(image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(240, 238, 230)), 5)


def _grained(image: Image.Image, strength: float) -> Image.Image:
    grain = np.random.default_rng(7).standard_normal((image.height, image.width, 1)) * strength
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def _turned(quarters: Image.Transpose, image: Image.Image, chance: random.Random) -> Image.Image:
    return image.transpose(quarters)


def _fax(image: Image.Image, chance: random.Random) -> Image.Image:
    """204 by 196 dots an inch, black and white, after a copier."""
    rough = _grained(image.filter(ImageFilter.GaussianBlur(1.2)), 28).convert("L")
    return rough.point(lambda value: 255 if value > 140 else 0).convert("1")


def _bordered(image: Image.Image, chance: random.Random) -> Image.Image:
    """The lid was open: black around a sheet that lies askew."""
    border = Image.new("RGB", (image.width + 200, image.height + 260), (18, 18, 18))
    leant = image.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=(18, 18, 18))
    border.paste(leant.resize(image.size), (90, 120))
    return border


def _gray(image: Image.Image, chance: random.Random) -> Image.Image:
    """Recycled paper and little toner: dark gray on gray."""
    return _grained(image.point(lambda value: round(value * 0.32 + 96)), 8).convert("L")


def _used(image: Image.Image, chance: random.Random) -> Image.Image:
    """Folded twice, with a ring of tea, a stamp on the code and a torn corner."""
    pen = ImageDraw.Draw(image)
    for share in (0.33, 0.66):
        pen.line((0, image.height * share, image.width, image.height * share), fill=(150, 150, 150), width=4)
    pen.ellipse(_around(image, 0.42, 0.3, 0.1), outline=(150, 110, 60), width=10)
    pen.ellipse(_around(image, 0.6, 0.38, 0.09), outline=(200, 30, 40), width=9)
    pen.polygon([(image.width, 0), (image.width * 0.85, 0), (image.width, image.height * 0.1)], fill=(30, 30, 30))
    return _grained(image, 10)


def _around(image: Image.Image, x: float, y: float, r: float) -> tuple[float, float, float, float]:
    """The square around a point; all in shares of the page's width and height."""
    across, down, radius = x * image.width, y * image.height, r * image.width
    return (across - radius, down - radius, across + radius, down + radius)


def _shaded(image: Image.Image, chance: random.Random) -> Image.Image:
    """Lit from one side."""
    across = np.linspace(1.0, 0.45, image.width)[None, :, None]
    return _grained(Image.fromarray((np.asarray(image) * across).astype(np.uint8)), 6)


Ageing = Callable[[Image.Image, random.Random], Image.Image]
AGED: Mapping[str, Ageing] = {
    "new": lambda image, chance: image,
    "skew 8": partial(_leant, 8.0),
    "skew -8": partial(_leant, -8.0),
    "left": partial(_turned, Image.Transpose.ROTATE_90),
    "right": partial(_turned, Image.Transpose.ROTATE_270),
    "head down": partial(_turned, Image.Transpose.ROTATE_180),
    "fax": _fax,
    "dark border": _bordered,
    "gray": _gray,
    "used": _used,
    "shaded": _shaded,
}


def aged(image: Image.Image, age: str, seed: int = 1) -> Image.Image:
    """A scanned sheet after ageing; the image given stays as it is."""
    old = AGED[age](image.copy(), random.Random(f"{age}/{seed}"))
    old.info["dpi"] = image.info["dpi"]
    return old
