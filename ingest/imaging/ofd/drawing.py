"""Decides how the marks of an OFD's page become pixels: each as a mask over its box, painted through it.

Drawn twice as fine as asked and then halved: Pillow's own lines have no soft edges.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from index.domain.errors import BadScan
from ingest.imaging.ofd.geometry import Matrix, Rect, shifted
from ingest.imaging.ofd.marks import Colour, Figure, Glyph, Hidden, Mark, Path, Picture, Sheet, Text
from ingest.imaging.ofd.typefaces import font
from ingest.imaging.pictures import check_size
from ingest.imaging.pixels import plain
from ingest.sandbox import Limits

#: No page is drawn with more pixels than this; the finer drawing has four times as many, one byte or three each.
MOST_DRAWN = 40e6
_FINER = 2
_MILLIMETRES = 25.4
_PICTURES = ["PNG", "JPEG", "BMP", "GIF", "TIFF", "JPEG2000", "WEBP"]
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, MemoryError)
_HIGHEST_GLYPH = 2_000
#: A letter that is wider than its place by more than this is squeezed: the font it was set in is narrower than ours.
_SQUEEZED = 0.95
#: A seal may be an OFD itself; one in that is not drawn.
_DEEPEST_SEAL = 1

Box = tuple[int, int, int, int]
OpenSeal = Callable[[bytes], Sheet]


def scale_of(box: Rect, dpi: float) -> float:
    """Pixels a millimetre at `dpi`, or fewer where the page would have more than MOST_DRAWN."""
    return min(dpi / _MILLIMETRES, math.sqrt(MOST_DRAWN / (box.w * box.h)))


def size_of(box: Rect, dpi: float) -> tuple[int, int]:
    """Pixels across and down of a page drawn at `dpi`."""
    scale = scale_of(box, dpi)
    return max(1, round(box.w * scale)), max(1, round(box.h * scale))


def draw(sheet: Sheet, dpi: float, limits: Limits, open_seal: OpenSeal) -> tuple[Image.Image, frozenset[Hidden]]:
    """The page in RGB, and what could not be shown of it."""
    across, down = size_of(sheet.box, dpi)
    fine = Image.new("RGB", (across * _FINER, down * _FINER), "white")
    to_pixels = shifted(-sheet.box.x, -sheet.box.y).then(
        Matrix(a=fine.width / sheet.box.w, d=fine.height / sheet.box.h)
    )
    easel = _Easel(fine, to_pixels, limits, open_seal)
    for mark in sheet.marks:
        easel.paint(mark)
    return fine.reduce(_FINER), frozenset(easel.hidden) | sheet.hidden


@dataclass
class _Easel:
    """A picture being painted on; `to_pixels` brings the page's millimetres onto it."""

    image: Image.Image
    to_pixels: Matrix
    limits: Limits
    open_seal: OpenSeal
    depth: int = 0
    hidden: set[Hidden] = field(default_factory=set)

    def paint(self, mark: Mark) -> None:
        if mark.alpha <= 0:
            return
        if isinstance(mark, Text):
            self._text(mark)
        elif isinstance(mark, Path):
            self._path(mark)
        elif isinstance(mark, Picture):
            self._picture(mark)

    def _through(self, mark: Mark, box: Box, mask: Image.Image, colour: Colour) -> None:
        """Paint a colour where the mask says, as far as the mark's window and the picture reach."""
        self.image.paste(colour, box, self._dimmed(mark, box, mask))

    def _dimmed(self, mark: Mark, box: Box, mask: Image.Image) -> Image.Image:
        if mark.window is not None:
            mask = self._windowed(mark.window, box, mask)
        return mask if mark.alpha >= 1 else mask.point(lambda value: round(value * mark.alpha))

    def _windowed(self, window: Rect, box: Box, mask: Image.Image) -> Image.Image:
        """The mask without what lies outside the window; a hair's breadth of it is let through."""
        left, top = self.to_pixels.at(window.x, window.y)
        right, bottom = self.to_pixels.at(window.x + window.w, window.y + window.h)
        hair = _FINER
        seen = (int(left) - hair, int(top) - hair, math.ceil(right) + hair, math.ceil(bottom) + hair)
        if seen[0] <= box[0] and seen[1] <= box[1] and seen[2] >= box[2] and seen[3] >= box[3]:
            return mask
        kept = Image.new("L", mask.size, 0)
        inner = _inside((seen[0] - box[0], seen[1] - box[1], seen[2] - box[0], seen[3] - box[1]), mask.size)
        if inner:
            kept.paste(mask.crop(inner), inner)
        return kept

    # -- paths -----------------------------------------------------------------------------------------

    def _path(self, path: Path) -> None:
        onto = path.matrix.then(self.to_pixels)
        lines = [Figure(tuple(onto.at(x, y) for x, y in one.points), one.closed) for one in path.figures]
        width = max(1, round(path.width * onto.scale)) if path.stroke else 0
        box = _inside(_around([point for one in lines for point in one.points], width + 1), self.image.size)
        if box is None:
            return
        moved = [[(x - box[0], y - box[1]) for x, y in one.points] for one in lines]
        size = box[2] - box[0], box[3] - box[1]
        if path.fill is not None:
            self._through(path, box, _filled(moved, size, path.even_odd), path.fill)
        if path.stroke is not None:
            mask = Image.new("L", size, 0)
            for points, one in zip(moved, lines, strict=True):
                _stroke(ImageDraw.Draw(mask), points, one.closed, width)
            self._through(path, box, mask, path.stroke)

    # -- text ------------------------------------------------------------------------------------------

    def _text(self, text: Text) -> None:
        onto = text.matrix.then(self.to_pixels)
        pixels = min(_HIGHEST_GLYPH, max(1, round(text.size * onto.scale)))
        places = [onto.at(glyph.x, glyph.y) for glyph in text.glyphs]
        box = _inside(_around(places, 2 * pixels), self.image.size)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        squeezed = abs(onto.a / (onto.d or 1) * text.stretch - 1) > 0.05
        is_plain = onto.upright and not text.turned and not squeezed
        for glyph, (x, y) in zip(text.glyphs, places, strict=True):
            if glyph.char.isspace():
                continue
            face = font(text.face, pixels)
            room, needed = glyph.advance * onto.scale, face.getlength(glyph.char)
            if is_plain and not 0 < room < needed * _SQUEEZED:
                ImageDraw.Draw(mask).text((x - box[0], y - box[1]), glyph.char, fill=255, font=face, anchor="ls")
            else:
                stretch = text.stretch * min(1.0, room / needed if room > 0 and needed > 0 else 1.0)
                _turned_glyph(mask, glyph, replace(text, stretch=stretch), onto.then(shifted(-box[0], -box[1])), pixels)
        self._through(text, box, mask, text.colour)

    # -- pictures --------------------------------------------------------------------------------------

    def _picture(self, mark: Picture) -> None:
        decoded = self._decoded(mark)
        if decoded is None:
            self.hidden.add(Hidden.SEAL if mark.seal else Hidden.PICTURE)
            return
        image, mask = decoded
        onto = mark.matrix.then(self.to_pixels)
        box = _inside(_around([onto.at(x, y) for x, y in Rect(0, 0, 1, 1).corners], 1), self.image.size)
        back = onto.then(shifted(-box[0], -box[1])).inverse() if box else None
        if box is None or back is None:
            return
        size = box[2] - box[0], box[3] - box[1]
        laid, seen = _laid(image, back, size), _laid(mask, back, size)
        if mark.seal:
            laid = ImageChops.multiply(self.image.crop(box), laid)
        self.image.paste(laid, box, self._dimmed(mark, box, seen))

    def _decoded(self, mark: Picture) -> tuple[Image.Image, Image.Image] | None:
        """The picture as RGB with its mask, or None where it cannot be decoded."""
        if mark.content.startswith(b"PK\x03\x04") and mark.seal:
            return self._drawn_seal(mark.content)
        try:
            with Image.open(BytesIO(mark.content), formats=_PICTURES) as opened:
                check_size(opened.width, opened.height, self.limits)
                opened.load()
                image = opened.convert("RGBA") if opened.has_transparency_data else plain(opened)
        except (*_BROKEN, BadScan):
            return None
        mask = image.getchannel("A") if image.mode == "RGBA" else Image.new("L", image.size, 255)
        return image.convert("RGB"), mask

    def _drawn_seal(self, content: bytes) -> tuple[Image.Image, Image.Image] | None:
        if self.depth >= _DEEPEST_SEAL:
            return None
        try:
            sheet = self.open_seal(content)
        except BadScan:
            return None
        side = 600
        share = side / max(sheet.box.w, sheet.box.h)
        image = Image.new("RGB", (max(1, round(sheet.box.w * share)), max(1, round(sheet.box.h * share))), "white")
        to_pixels = shifted(-sheet.box.x, -sheet.box.y).then(Matrix(a=share, d=share))
        easel = _Easel(image, to_pixels, self.limits, self.open_seal, self.depth + 1)
        for mark in sheet.marks:
            easel.paint(mark)
        return image, Image.new("L", image.size, 255)


def _around(points: list[tuple[float, float]], margin: float) -> Box:
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return (
        math.floor(min(xs) - margin),
        math.floor(min(ys) - margin),
        math.ceil(max(xs) + margin),
        math.ceil(max(ys) + margin),
    )


def _inside(box: Box, size: tuple[int, int]) -> Box | None:
    """The part of a box that lies on a picture of this size; None where nothing does."""
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(size[0], box[2]), min(size[1], box[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


def _filled(figures: list[list[tuple[float, float]]], size: tuple[int, int], even_odd: bool) -> Image.Image:
    """Where figures lie over each other, their turns are added up (non-zero rule), or every second one is a hole."""
    if len(figures) == 1:
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(figures[0], fill=255)
        return mask
    turns = np.zeros((size[1], size[0]), np.int16)
    for points in figures:
        one = Image.new("1", size, 0)
        ImageDraw.Draw(one).polygon(points, fill=1)
        turns += np.asarray(one).astype(np.int16) * (1 if even_odd or _turn(points) > 0 else -1)
    inside = turns % 2 == 1 if even_odd else turns != 0
    return Image.fromarray(inside.astype(np.uint8) * 255)


def _turn(points: list[tuple[float, float]]) -> float:
    """Twice the area inside, positive when it runs clockwise on the page."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True))


def _stroke(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], closed: bool, width: int) -> None:
    pen.line(points + points[:1] if closed else points, fill=255, width=width, joint="curve" if width > 3 else None)


def _turned_glyph(mask: Image.Image, glyph: Glyph, text: Text, onto: Matrix, pixels: int) -> None:
    """A glyph drawn upright on a tile of its own, and the tile laid onto the mask as the matrix says."""
    side = 3 * pixels
    tile = Image.new("L", (side, side), 0)
    ImageDraw.Draw(tile).text((pixels, 2 * pixels), glyph.char, fill=255, font=font(text.face, pixels), anchor="ls")
    shrink = text.size / pixels
    angle = math.radians(text.turned)
    turned = Matrix(math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
    tile_to_mask = (
        shifted(-pixels, -2 * pixels)
        .then(Matrix(a=shrink * text.stretch, d=shrink))
        .then(turned)
        .then(shifted(glyph.x, glyph.y))
        .then(onto)
    )
    box = _inside(_around([tile_to_mask.at(x, y) for x, y in Rect(0, 0, side, side).corners], 1), mask.size)
    back = tile_to_mask.then(shifted(-box[0], -box[1])).inverse() if box else None
    if box is None or back is None:
        return
    size = box[2] - box[0], box[3] - box[1]
    found = tile.transform(size, Image.Transform.AFFINE, _coefficients(back), Image.Resampling.BILINEAR)
    mask.paste(255, box, found)


def _laid(image: Image.Image, back: Matrix, size: tuple[int, int]) -> Image.Image:
    """`image` laid into a box of `size` pixels; `back` brings the box's pixels into the unit square."""
    shrunk = max(1, int(min(abs(back.a) + abs(back.c), abs(back.b) + abs(back.d)) * min(image.size)))
    image = image.reduce(shrunk) if shrunk > 1 else image
    onto_image = back.then(Matrix(a=image.width, d=image.height))
    return image.transform(size, Image.Transform.AFFINE, _coefficients(onto_image), Image.Resampling.BILINEAR)


def _coefficients(back: Matrix) -> tuple[float, float, float, float, float, float]:
    return back.a, back.c, back.e, back.b, back.d, back.f
