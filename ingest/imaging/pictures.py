"""Decides how TIFF, JPEG and PNG become pages: Pillow's traps are closed here and nowhere else.

Sizes are checked before anything is decoded; frames are loaded one by one, so a volume of 500 pages needs the memory
of one; whatever a picture holds (1 bit, 16 bits, floats, CMYK, transparency) comes out as gray or RGB.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps

from index.domain.errors import BadScan, Missing, MunimentError
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.paper import Kind, PageOutline, Sheet, believable_dpi
from ingest.sandbox import Limits

#: Every frame's size is checked here before it is loaded, with a sentence of its own; Pillow's own check only warns.
Image.MAX_IMAGE_PIXELS = None

_FORMATS = ["TIFF", "JPEG", "PNG"]
_NEW_SUBFILE_TYPE, _REDUCED = 254, 1
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error)
_CUT_SHORT = ("truncated", "unrecognized data stream", "Truncated")


class Volume:
    """An open picture file and, once somebody has walked through it, where its pages are."""

    def __init__(self, path: str) -> None:
        self.picture = Image.open(path, formats=_FORMATS)
        self._frames: tuple[int, ...] = ()

    def close(self) -> None:
        self.picture.close()

    def walk(self, limits: Limits) -> Iterator[PageOutline]:
        """Stand on each page in turn. Reduced copies of other frames are no pages; nor are an animation's frames."""
        frames: list[int] = []
        for frame in _frames(self.picture):
            if not _is_reduced_copy(self.picture):
                frames.append(frame)
                _check(self.picture, len(frames), limits)
                yield _outline(self.picture, len(frames))
        self._frames = tuple(frames)

    def turn_to(self, number: int, limits: Limits) -> PageOutline:
        """Stand on one page; raises Missing("no-such-page")."""
        if not self._frames:
            deque(self.walk(limits), maxlen=0)
        if not 1 <= number <= len(self._frames):
            raise Missing("no-such-page")
        self.picture.seek(self._frames[number - 1])
        return _outline(self.picture, number)


#: A volume stays open for its next page: walking to the last of 500 pages costs a quarter of reading it.
opened = LastOpened(Volume)


def outlines(path: str, limits: Limits) -> tuple[PageOutline, ...]:
    """Every page of a picture file in order; raises BadScan (too-large, too-many-pages, damaged-file...)."""
    with _told_plainly():
        pages = tuple(opened(path).walk(limits))
    if not pages:
        raise BadScan("no-pages")
    return pages


def sheet(path: str, number: int, limits: Limits) -> Sheet:
    """Page `number` decoded and upright as its header says; raises BadScan or Missing("no-such-page")."""
    with _told_plainly():
        volume = opened(path)
        outline, picture = volume.turn_to(number, limits), volume.picture
        picture.load()
        page = _with_square_pixels(plain(_turned_by_header(picture)), picture)
    if picture.format != "TIFF":
        opened.let_go()
    return Sheet(page, outline.dpi, Kind.IMAGE)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What Pillow raises inside becomes a sentence, and the picture is not used again."""
    try:
        yield
    except (*_BROKEN, MunimentError) as error:
        opened.let_go()
        if isinstance(error, FileNotFoundError | MunimentError):
            raise
        problem = f"{type(error).__name__}: {error}"[:300]
        short = any(word in problem for word in _CUT_SHORT)
        raise BadScan("truncated-file" if short else "damaged-file", problem=problem) from error


def _frames(picture: Image.Image) -> Iterator[int]:
    """TIFF frames by seeking, not by `n_frames`: that would walk an endless chain before it could be refused."""
    picture.seek(0)
    yield 0
    frame = 1
    while picture.format == "TIFF":
        try:
            picture.seek(frame)
        except EOFError:
            return
        yield frame
        frame += 1


def _is_reduced_copy(picture: Image.Image) -> bool:
    kind = _tags(picture).get(_NEW_SUBFILE_TYPE, 0)
    return isinstance(kind, int) and bool(kind & _REDUCED)


def _tags(picture: Image.Image) -> dict[int, object]:
    tags: dict[int, object] = getattr(picture, "tag_v2", {})
    return tags


def _check(picture: Image.Image, pages: int, limits: Limits) -> None:
    if pages > limits.pages:
        raise BadScan("too-many-pages", pages=f"> {limits.pages}", limit=limits.pages)
    check_size(picture.width, picture.height, limits)


def check_size(width: int, height: int, limits: Limits) -> None:
    """Raises BadScan("too-large") or, for a side of nothing, BadScan("damaged-file")."""
    if width * height > limits.pixels:
        raise BadScan("too-large", size=f"{width} x {height}", limit=f"{limits.pixels / 1e6:g} MP")
    if width < 1 or height < 1:
        raise BadScan("damaged-file", problem="no size")


def _outline(picture: Image.Image, number: int) -> PageOutline:
    across, down = _dpi(picture)
    dpi = believable_dpi(max(across, down) if across and down else None, *picture.size)
    return PageOutline(number, picture.width, picture.height, dpi, Kind.IMAGE)


def _dpi(picture: Image.Image) -> tuple[float, float]:
    """Across and down, as the header says; (0, 0) where it says nothing that makes sense."""
    said = picture.info.get("dpi")
    try:
        across, down = float(said[0]), float(said[1])  # type: ignore[index]
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if across > 0 and down > 0 else (0.0, 0.0)


def _turned_by_header(picture: Image.Image) -> Image.Image:
    """EXIF says how the camera or scanner was held; a broken EXIF says nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except _BROKEN:
        return picture


def _with_square_pixels(image: Image.Image, picture: Image.Image) -> Image.Image:
    """A fax of 204 x 98 dpi is half as tall as its paper until it is stretched."""
    across, down = _dpi(picture)
    if not down or 0.8 < across / down < 1.25 or max(across, down) > 1_200 or image.size != picture.size:
        return image
    finest = max(across, down)
    size = round(image.width * finest / across), round(image.height * finest / down)
    return image.resize(size, Image.Resampling.BICUBIC)


def plain(image: Image.Image) -> Image.Image:
    """The picture as gray (L) or colour (RGB) of 8 bits: alpha over white, 16 bits and floats scaled."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled(image)
    if image.has_transparency_data:
        return _over_white(image)
    return image.convert("RGB")


def _over_white(image: Image.Image) -> Image.Image:
    gray = image.mode in ("LA", "La")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    return paper.convert("L" if gray else "RGB")


def _scaled(image: Image.Image) -> Image.Image:
    """Sixteen bits are divided by 257; anything else is stretched between its least and greatest finite value."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0, neginf=0)
    least, most = float(values.min(initial=0)), float(values.max(initial=0))
    if image.mode.startswith("I;16") or (image.mode == "I" and least >= 0 and 255 < most <= 65_535):
        values /= 257
    elif most > 255 or most <= 1 or least < 0:
        values = (values - least) * (255 / ((most - least) or 1))
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))
