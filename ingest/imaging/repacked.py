"""Decides how pixels are packed into a PDF when their own bytes cannot be taken: without loss, as small as that goes.

Black and white as a fax (CCITT group 4), everything else as PNG packs it. A photograph that we drew ourselves, from a
page pieced together, is packed as a JPEG: without loss it would be larger than its master.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageChops

from ingest.imaging import colours

#: A drawn page that needs more bytes a pixel than this without loss is a photograph.
PHOTOGRAPH = 0.35
JPEG_QUALITY = 90
_STRIPS, _STRIP_SIZES = 273, 279
_PNG_HEAD = 8
_GRAY, _RGB, _PALETTE = 0, 2, 3
_CHANNELS = {_GRAY: 1, _RGB: 3, _PALETTE: 1}
#: How hard PNG packs: beyond this it takes twice the time for a twentieth less.
_EFFORT = 4


def packed(target: Pdf, image: Image.Image, *, lossy: bool = False, profile: bytes | None = None) -> Object:
    """An image (1, L, RGB, P, or 16 bits of gray) as an image of `target`; `lossy` allows JPEG for photographs."""
    image = _without_needless_colour(image)
    if image.mode == "1":
        return fax(target, _group4(image), image.size, ink_is_black=True)
    out = BytesIO()
    image.save(out, "PNG", compress_level=_EFFORT)
    if lossy and out.tell() > PHOTOGRAPH * image.width * image.height:
        return _photograph(target, image)
    made = png(target, out.getvalue(), profile)
    assert made is not None, "Pillow writes clear pixels only from clear ones, and never interlaced"
    return made


def _without_needless_colour(image: Image.Image) -> Image.Image:
    """Gray where red, green and blue are the same everywhere."""
    if image.mode != "RGB":
        return image
    pixels = np.asarray(image)
    red = pixels[..., 0]
    gray = np.array_equal(red, pixels[..., 1]) and np.array_equal(red, pixels[..., 2])
    return image.getchannel(0) if gray else image


def _photograph(target: Pdf, image: Image.Image) -> Object:
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    space = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    return image_of(target, out.getvalue(), image.size, 8, space, Name.DCTDecode)


def _group4(image: Image.Image) -> bytes:
    """The one strip of a fax in which ink is black. Pillow writes ones as black, and paper is one."""
    out = BytesIO()
    ImageChops.invert(image).save(out, "TIFF", compression="group4", strip_size=2**31 - 1)
    with Image.open(out) as saved:
        tags = saved.tag_v2  # type: ignore[attr-defined]
        [start], [size] = tags[_STRIPS], tags[_STRIP_SIZES]
    return out.getvalue()[start : start + size]


def fax(target: Pdf, strip: bytes, size: tuple[int, int], *, ink_is_black: bool) -> Object:
    """CCITT group 4; in a negative, `ink_is_black` false, what the fax calls black is the paper."""
    how = Dictionary(K=-1, Columns=size[0], Rows=size[1], BlackIs1=not ink_is_black)
    return image_of(target, strip, size, 1, Name.DeviceGray, Name.CCITTFaxDecode, DecodeParms=how)


# -- PNG -------------------------------------------------------------------------------------------


def png(target: Pdf, content: bytes, profile: bytes | None = None) -> Object | None:
    """A PNG's own data, which a PDF unpacks in the same way; None for what it does not: clear or interlaced pixels."""
    parts: dict[bytes, bytes] = {}
    for kind, body in _chunks(content):
        parts[kind] = parts.get(kind, b"") + body
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if interlaced or colour not in _CHANNELS or b"tRNS" in parts:
        return None
    channels = _CHANNELS[colour]
    how = Dictionary(Predictor=15, Colors=channels, BitsPerComponent=bits, Columns=width)
    space = _palette(target, parts[b"PLTE"]) if colour == _PALETTE else colours.space(target, channels, profile)
    if space is None:
        return None
    return image_of(target, parts[b"IDAT"], (width, height), bits, space, Name.FlateDecode, DecodeParms=how)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _PNG_HEAD
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length


def _palette(target: Pdf, colours_of: bytes) -> Object:
    return Array(
        [Name.Indexed, Name.DeviceRGB, len(colours_of) // 3 - 1, target.make_indirect(Stream(target, colours_of))]
    )


def image_of(
    target: Pdf, content: bytes, size: tuple[int, int], bits: int, space: Object, packing: Name, **more: Object | None
) -> Object:
    """The image object around packed bytes, which stay as they are; of `more`, what is not None."""
    told = {name: value for name, value in more.items() if value is not None}
    facts = {"Width": size[0], "Height": size[1], "BitsPerComponent": bits, "ColorSpace": space, "Filter": packing}
    return target.make_indirect(Stream(target, content, Type=Name.XObject, Subtype=Name.Image, **facts, **told))
