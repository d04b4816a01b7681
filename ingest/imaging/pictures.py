"""Decides how picture files become pages: Pillow's traps are closed here and nowhere else.

Sizes are checked before anything is decoded; frames are loaded one by one, so a volume of 500 pages needs the memory
of one. TIFF alone holds pages: of an animation, or of a camera's several pictures in one file (MPO), the first is the
page. How pixels become gray or RGB stands in `pixels.py`.
"""

from __future__ import annotations

import io
import os
import struct
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from PIL import Image, UnidentifiedImageError

from index.domain.errors import BadScan, Missing, MunimentError
from ingest.imaging.ends import end_parses
from ingest.imaging.formats import HEAD_BYTES, format_of
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.paper import Kind, PageOutline, Sheet, believable_dpi
from ingest.imaging.pixels import in_colour, is_large, plain, upright
from ingest.imaging.tiff import undecoded
from ingest.sandbox import Limits

#: Every frame's size is checked here before it is loaded, with a sentence of its own; Pillow's own check only warns.
Image.MAX_IMAGE_PIXELS = None

_FORMATS = ["TIFF", "JPEG", "JPEG2000", "PNG", "WEBP", "AVIF", "GIF", "BMP"]
#: Bytes that decoding a JPEG 2000 may take.
_MOST_DECODED = 2**30
_NEW_SUBFILE_TYPE, _REDUCED = 254, 1
_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error)
_UNUSUAL = ("unknown pixel mode", "Unsupported")
_CUT_SHORT = ("truncated", "unrecognized data stream", "Truncated")


class _Head(bytes):
    """The first bytes of a file, in which Pillow looks for BigTIFF's 43 where only Intel's order has it."""

    def __getitem__(self, at: Any) -> Any:
        return super().__getitem__(3 if at == 2 and self.startswith(b"MM\0+") else at)

    def __add__(self, more: Any) -> _Head:
        return _Head(super().__add__(more))


class _BigEndianToo(io.BufferedReader):
    """A file whose head is told so that Pillow (13.0) opens a BigTIFF of either byte order."""

    def read(self, size: int | None = -1, /) -> bytes:
        at = self.tell()
        return _Head(super().read(size)) if at == 0 else super().read(size)


class Volume:
    """An open picture file and, once somebody has walked through it, where its pages are."""

    def __init__(self, path: str) -> None:
        formats = _formats_for(path)
        with ExitStack() as opening:
            file = opening.enter_context(_BigEndianToo(io.FileIO(path)))
            self.picture = Image.open(file, formats=formats)
            if self.picture.format == "TIFF":  # its EXIF is not asked for, and of a big-endian BigTIFF not found
                self.picture.__dict__["getexif"] = Image.Exif
            self._closing = opening.pop_all()
        self._frames: tuple[int, ...] = ()

    def close(self) -> None:
        self.picture.close()
        self._closing.close()

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
    with _told_plainly(path):
        pages = tuple(opened(path).walk(limits))
    if not pages:
        raise BadScan("no-pages")
    return pages


def sheet(path: str, number: int, limits: Limits) -> Sheet:
    """Page `number` decoded and upright as its header says; raises BadScan or Missing("no-such-page").

    A large page comes in gray, with a smaller copy in colour: an A0 drawing at 300 dpi is 560 MB in RGB, 140 in gray.
    """
    with _told_plainly(path):
        volume = opened(path)
        outline, picture = volume.turn_to(number, limits), volume.picture
        large, coarser = is_large(picture.size), _coarser(picture)
        colour = in_colour(path, picture) if large else None
        decoded = plain(upright(picture), gray=large, negative=_tags(picture).get(_PHOTOMETRIC) == _WHITE_IS_ZERO)
        page = _square(decoded, picture, limits)
        page = page.copy() if page is picture else page  # the volume closes its own
    if picture.format != "TIFF" or large:
        opened.let_go()
    return Sheet(page, max(1, outline.dpi // coarser), Kind.IMAGE, colour)


def _coarser(picture: Image.Image) -> int:
    """How many times coarser a JPEG 2000 is decoded: its decoder holds four bytes a sample besides the picture.

    An A0 drawing in colour would take 2.6 GB; at half its resolution it takes a quarter of that.
    """
    if picture.format != "JPEG2000":
        return 1
    steps = 0
    needed = picture.width * picture.height * 4 * (len(picture.getbands()) + 1)
    while needed >> (2 * steps) > _MOST_DECODED:
        steps += 1
    picture.__dict__["_reduce"] = steps  # `reduce` is a method that the plugin shadows with a number
    return 1 << steps


@contextmanager
def _told_plainly(path: str) -> Iterator[None]:
    """What Pillow raises inside becomes a sentence, and the picture is not used again."""
    try:
        yield
    except (*_BROKEN, MunimentError) as error:
        opened.let_go()
        if isinstance(error, FileNotFoundError | MunimentError):
            raise
        raise _refusal(path, error) from error


def _refusal(path: str, error: Exception) -> BadScan:
    """Why a picture does not open: it breaks off, it is packed in a way that nobody here unpacks, or it is damaged."""
    stranger = isinstance(error, UnidentifiedImageError)  # its words would name the place
    problem = type(error).__name__ if stranger else f"{type(error).__name__}: {error}"[:300]
    packed = undecoded(path)
    is_whole = _format_at(path) == "tiff" and end_parses(os.fsencode(path)) is True
    if packed or any(word in problem for word in _UNUSUAL) or (stranger and is_whole):
        return BadScan("unknown-format", found=f"{_format_at(path).upper()}, {packed or 'an unusual kind'}")
    short = any(word in problem for word in _CUT_SHORT)
    return BadScan("truncated-file" if short else "damaged-file", problem=problem)


def _format_at(path: str) -> str:
    with open(path, "rb") as file:
        return format_of(file.read(HEAD_BYTES))


def _formats_for(path: str) -> list[str]:
    """Pillow's names of what may be opened; HEIC is learned when it is met, and only if the room has its decoder."""
    if _format_at(path) != "heic":
        return _FORMATS
    try:
        import pillow_heif
    except ImportError:
        raise BadScan("needs-heic") from None
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    return ["HEIF"]


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


def _square(image: Image.Image, picture: Image.Image, limits: Limits) -> Image.Image:
    """A fax of 204 x 98 dpi is half as tall as its paper until it is stretched."""
    across, down = _dpi(picture)
    if not down or 0.8 < across / down < 1.25 or max(across, down) > 1_200 or image.size != picture.size:
        return image
    finest = max(across, down)
    size = round(image.width * finest / across), round(image.height * finest / down)
    return image if size[0] * size[1] > limits.pixels else image.resize(size, Image.Resampling.BICUBIC)
