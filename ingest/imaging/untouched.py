"""Decides which scans go into a PDF as they are: the very bytes of a JPEG, a PNG's data, a fax, a scan inside a PDF.

What turns a picture upright, its header or a person, is said by a matrix; the bytes are never packed anew for it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pikepdf import Array, Name, Object, Pdf
from PIL import Image

from ingest.imaging import colours, jpeg_in_tiff, pdf_scan, repacked
from ingest.imaging.last_opened import LastOpened
from ingest.imaging.pictures import Volume
from ingest.imaging.placing import BY_HEADER, UPRIGHT, Matrix
from ingest.sandbox import Limits

Taken = tuple[Object, Matrix]
Tags = Mapping[int, Any]

_ORIENTATION = 274
_WIDTH, _HEIGHT = 256, 257
_COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _STRIPS, _STRIP_SIZES = 259, 262, 266, 273, 279
_ROWS, _PLANES, _TABLES = 278, 284, 347
_GROUP4, _JPEG, _BLACK_IS_ZERO, _LOWEST_BIT_FIRST = 4, 7, 1, 2
#: Photometric interpretation -> channels, and how a JPEG says it: gray; red, green, blue; brightness and colours.
_PACKED: dict[int, tuple[int, int | None]] = {1: (1, None), 2: (3, 0), 6: (3, 1)}
_MIRRORED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
#: Frame headers of the JPEGs that a PDF unpacks: baseline, extended, progressive, all of Huffman's coding.
_FRAMES = (0xC0, 0xC1, 0xC2)
_NO_FRAMES = (0xC4, 0xC8, 0xCC)
_CHANNELS = {"L": 1, "RGB": 3, "CMYK": 4}
#: Modes that are packed anew without changing a pixel.
_EXACT = ("1", "L", "RGB", "P", "I;16")

#: A volume of our own: in the one that pages are read from, a frame that was loaded no longer says how it is turned.
opened = LastOpened(Volume)


def taken(target: Pdf, path: str, format: str, frame: int, limits: Limits) -> Taken | None:
    """Page `frame` (from 1) as an image of `target` with the matrix that turns it upright; None where it must be drawn.

    Raises what odd bytes raise.
    """
    if format == "pdf":
        return pdf_scan.taken(target, path, frame, limits)
    return _TAKERS[format](target, path, frame, limits) if format in _TAKERS else None


def _jpeg(target: Pdf, path: str, frame: int, limits: Limits) -> Taken | None:
    content = Path(path).read_bytes()
    with Image.open(path, formats=["JPEG"]) as picture:
        channels = _CHANNELS.get(picture.mode)
        if channels is None or not _is_plain(content, picture):
            return None
        space = colours.space(target, channels, picture.info.get("icc_profile"))
        if space is None:
            return None
        # Adobe's programs write the four inks as their complements, and say so by being Adobe's.
        inverted = Array([1, 0] * 4) if channels == 4 and "adobe" in picture.info else None
        image = repacked.image_of(target, content, picture.size, 8, space, Name.DCTDecode, Decode=inverted)
        return image, _turn(picture)


def _is_plain(content: bytes, picture: Image.Image) -> bool:
    """Whether every PDF reader unpacks it to the colours that Pillow does: RGB without conversion is told by names."""
    named_rgb = [part[0] for part in getattr(picture, "layer", [])] == list(b"RGB")
    return _frame_header(content) in _FRAMES and not (named_rgb and "adobe" not in picture.info)


def _frame_header(content: bytes) -> int:
    """The marker of a JPEG's frame; 0 where there is none."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            return marker
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0


def _png(target: Pdf, path: str, frame: int, limits: Limits) -> Taken | None:
    with Image.open(path, formats=["PNG"]) as picture:
        image = repacked.png(target, Path(path).read_bytes(), picture.info.get("icc_profile"))
        return (image, _turn(picture)) if image is not None else None


def _tiff(target: Pdf, path: str, frame: int, limits: Limits) -> Taken | None:
    volume = opened(path)
    volume.turn_to(frame, limits)
    tags = volume.picture.tag_v2  # type: ignore[attr-defined]
    if tags.get(_COMPRESSION) == _GROUP4 and len(tags.get(_STRIPS, ())) == 1:
        return _one_strip(target, path, tags)
    facts, profile = dict(tags), volume.picture.info.get("icc_profile")
    volume.picture.load()  # turns it upright, and forgets that it did
    if facts.get(_COMPRESSION) == _JPEG and (joined := _joined(target, path, facts, volume.picture, profile)):
        return joined
    if volume.picture.mode not in _EXACT:
        return None
    return repacked.packed(target, volume.picture, profile=profile), UPRIGHT


def _joined(target: Pdf, path: str, tags: Tags, page: Image.Image, profile: bytes | None) -> Taken | None:
    """Strips packed as JPEG, as one; not where each colour is a plane, or colours are not the usual ones."""
    channels, transform = _PACKED.get(tags.get(_PHOTOMETRIC, -1), (0, None))
    turned = tags.get(_ORIENTATION, 1) != 1  # what was put together could not be held against the page
    if turned or tags.get(_PLANES, 1) != 1 or not channels or _STRIPS not in tags:
        return None
    size = tags[_WIDTH], tags[_HEIGHT]
    rows, tables = tags.get(_ROWS, size[1]), tags.get(_TABLES, b"")
    content = jpeg_in_tiff.whole(tables, _strips(path, tags), size, rows, transform)
    space = colours.space(target, channels, profile)
    if content is None or space is None or not jpeg_in_tiff.looks_like(content, page):
        return None
    return repacked.image_of(target, content, size, 8, space, Name.DCTDecode), UPRIGHT


def _strips(path: str, tags: Tags) -> list[bytes]:
    with open(path, "rb") as file:
        return [_read(file, *where) for where in zip(tags[_STRIPS], tags[_STRIP_SIZES], strict=True)]


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _one_strip(target: Pdf, path: str, tags: Tags) -> Taken:
    [strip] = _strips(path, tags)
    if tags.get(_FILL_ORDER) == _LOWEST_BIT_FIRST:
        strip = strip.translate(_MIRRORED)
    size = tags[_WIDTH], tags[_HEIGHT]  # of the strip; what Pillow tells is turned already
    image = repacked.fax(target, strip, size, ink_is_black=tags.get(_PHOTOMETRIC) != _BLACK_IS_ZERO)
    return image, BY_HEADER.get(tags.get(_ORIENTATION, 1), UPRIGHT)


def _turn(picture: Image.Image) -> Matrix:
    """How the header says that it was held; a broken one says nothing."""
    try:
        return BY_HEADER.get(picture.getexif().get(_ORIENTATION, 1), UPRIGHT)
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):
        return UPRIGHT


_TAKERS: dict[str, Callable[[Pdf, str, int, Limits], Taken | None]] = {"jpeg": _jpeg, "png": _png, "tiff": _tiff}
