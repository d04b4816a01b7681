"""Decides whether a file has arrived whole: does its end parse?

Runs in the watcher, outside the cage, so it decodes nothing: a few seeks and small reads, whatever the file claims.
A prefix of a file must not pass where the format lets us know; a TIFF still being appended to does, as every prefix of
pages is a TIFF (decisions.md, "Ready").
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from ingest.imaging.formats import BATCH, format_of
from ingest.imaging.tiff import Tiff

_HEAD, _TAIL = 4_096, 2_048
#: A comment may stand behind a ZIP's directory, so long at most.
_ZIP_TAIL = 65_535 + 22
#: More boxes than any picture has; a longer chain is left to the cage to judge.
_MOST_BOXES = 10_000
#: Pictures that hold one page, by their format alone.
_SINGLE = frozenset({"jpeg", "jpeg2000", "png", "webp", "heic", "avif", "gif", "bmp"})


def end_parses(path: bytes) -> bool | None:
    """Whether the file ends as its format demands; None for a format that is not known here. Raises OSError."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            return False
        head = file.read(_HEAD)
        ends = _ENDS.get(format_of(head))
        return None if ends is None else ends(file, size, head)


def frames(path: bytes) -> int:
    """How many pages a picture file says it has, by its directories alone; 0 for what is no picture."""
    with open(path, "rb") as file:
        head, size = file.read(_HEAD), os.fstat(file.fileno()).st_size
        format = format_of(head)
        return Tiff.of(file, size, head).pages() if format == "tiff" else int(format in _SINGLE)


def _tail(file: BinaryIO, size: int, length: int = _TAIL) -> bytes:
    """The last bytes; scanners and mailers append padding after a proper end."""
    file.seek(max(0, size - length))
    return file.read(length)


def _jpeg(file: BinaryIO, size: int, head: bytes) -> bool:
    return b"\xff\xd9" in _tail(file, size)


def _png(file: BinaryIO, size: int, head: bytes) -> bool:
    return b"IEND\xaeB`\x82" in _tail(file, size)


def _pdf(file: BinaryIO, size: int, head: bytes) -> bool:
    return b"%%EOF" in _tail(file, size)


def _tiff(file: BinaryIO, size: int, head: bytes) -> bool:
    return Tiff.of(file, size, head).is_whole()


def _gif(file: BinaryIO, size: int, head: bytes) -> bool:
    return _tail(file, size).rstrip(b"\0").endswith(b";")


def _bmp(file: BinaryIO, size: int, head: bytes) -> bool | None:
    """The length that its header says; some writers leave it out."""
    said = struct.unpack_from("<I", head, 2)[0]
    return size >= said if said > 26 else None


def _webp(file: BinaryIO, size: int, head: bytes) -> bool:
    """RIFF says its own length, without its first eight bytes."""
    return size >= int(struct.unpack_from("<I", head, 4)[0]) + 8


def _jpeg2000(file: BinaryIO, size: int, head: bytes) -> bool:
    """A bare codestream ends with EOC; in boxes it lies in `jp2c`, which may reach to the end."""
    if head.startswith(b"\xff\x4f"):
        return b"\xff\xd9" in _tail(file, size)
    boxes = dict(_boxes(file, size))
    return boxes.get(b"jp2c", False) and all(boxes.values()) and b"\xff\xd9" in _tail(file, size)


def _boxed(file: BinaryIO, size: int, head: bytes) -> bool:
    """HEIC and AVIF: what the pictures are, and their bytes."""
    boxes = dict(_boxes(file, size))
    return boxes.get(b"meta", False) and boxes.get(b"mdat", False) and all(boxes.values())


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The kind of each box of the file's outermost row, and whether it ends inside the file."""
    at = 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        at = size if length == 0 else at + max(length, 8)
        yield head[4:8], at <= size


def _zip(file: BinaryIO, size: int, head: bytes) -> bool:
    """The directory at the end, and the record behind it that says where it lies."""
    tail = _tail(file, size, _ZIP_TAIL)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < 22:
        return False
    length, offset, comment = struct.unpack_from("<IIH", tail, found + 12)
    place = max(0, size - len(tail)) + found
    big = 0xFFFFFFFF in (length, offset)  # ZIP64 says it elsewhere
    return len(tail) - found >= 22 + comment and (big or offset + length <= place)


_ENDS: Mapping[str, Callable[[BinaryIO, int, bytes], bool | None]] = {
    "jpeg": _jpeg,
    "png": _png,
    "pdf": _pdf,
    "tiff": _tiff,
    "gif": _gif,
    "bmp": _bmp,
    "webp": _webp,
    "jpeg2000": _jpeg2000,
    "heic": _boxed,
    "avif": _boxed,
    BATCH: _zip,
}
