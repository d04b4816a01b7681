"""Decides how the strips of a TIFF that are packed as JPEG become one JPEG again, without a coefficient being changed.

Copiers write colour so: the tables once, then a JPEG a strip. Set one behind the other with restart marks between them,
strips are one JPEG of the whole height. What was put together is decoded once and held against the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

_START, _END = b"\xff\xd8", b"\xff\xd9"
#: Adobe's segment up to its last byte, which says how colours are packed: a TIFF says so in its own tags.
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
_FRAME, _SCAN, _RESTART_EVERY = 0xC0, 0xDA, 0xDD
_MOST_UNITS = 0xFFFF
#: Decoders round colours differently; more than this mean difference, in shades, is another picture.
SAME = 3.0


@dataclass(frozen=True, slots=True)
class _Strip:
    """A baseline JPEG in its parts: `head` are its segments before the scan, by marker; `data` what the scan packs."""

    head: tuple[tuple[int, bytes], ...]
    scan: bytes
    data: bytes

    @property
    def frame(self) -> bytes:
        return next(body for marker, body in self.head if marker == _FRAME)

    @property
    def unit(self) -> tuple[int, int]:
        """Width and height of what is packed together, in pixels."""
        sampled = [self.frame[at] for at in range(11, len(self.frame), 3)]
        return 8 * max(one >> 4 for one in sampled), 8 * max(one & 15 for one in sampled)


def whole(
    tables: bytes, strips: Sequence[bytes], size: tuple[int, int], rows: int, transform: int | None
) -> bytes | None:
    """One JPEG of `size` from its strips of `rows` lines each; None where they cannot be put together as they are.

    `transform` is 1 where three channels are brightness and colours, 0 where they are red, green and blue.
    Raises what odd bytes raise: StopIteration, ValueError, IndexError.
    """
    parts = [_parted(strip) for strip in strips]
    first = parts[0]
    across, down = first.unit
    units = -(-size[0] // across) * (rows // down)
    # The height stands in the frame's segment behind marker, length and precision.
    alike = all(_but_height(part) == _but_height(first) for part in parts)
    if len(parts) > 1 and not (alike and rows % down == 0 and 0 < units <= _MOST_UNITS and not _restarts(first)):
        return None
    frame = first.frame
    height = size[1].to_bytes(2, "big")
    head = b"".join(frame[:5] + height + frame[7:] if marker == _FRAME else body for marker, body in first.head)
    every = b"\xff\xdd\x00\x04" + units.to_bytes(2, "big") if len(parts) > 1 else b""
    marks = [bytes([0xFF, 0xD0 + at % 8]) for at in range(len(parts) - 1)]
    data = b"".join(piece for part, mark in zip(parts, [*marks, b""], strict=True) for piece in (part.data, mark))
    told = _ADOBE + bytes([transform]) if transform is not None else b""
    return _START + told + _body(tables) + head + every + first.scan + data + _END


def looks_like(content: bytes, page: Image.Image) -> bool:
    """Whether the JPEG shows the page (L or RGB, as the TIFF is decoded)."""
    with Image.open(BytesIO(content), formats=["JPEG"]) as opened:
        if opened.size != page.size:
            return False
        shown = np.asarray(opened.convert(page.mode), np.int16)
    return float(np.abs(shown - np.asarray(page, np.int16)).mean()) < SAME


def _body(tables: bytes) -> bytes:
    return tables.removeprefix(_START).removesuffix(_END)


def _restarts(strip: _Strip) -> bool:
    return any(marker == _RESTART_EVERY for marker, _ in strip.head)


def _but_height(strip: _Strip) -> list[bytes]:
    heads = [body[:5] + body[7:] if marker == _FRAME else body for marker, body in strip.head]
    return [*heads, strip.scan]


def _parted(content: bytes) -> _Strip:
    """A JPEG of one scan in its parts; raises ValueError for anything else."""
    head: list[tuple[int, bytes]] = []
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no JPEG")
        marker = content[at + 1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            break
        head.append((marker, content[at:end]))
        at = end
    last = content.rindex(_END)
    if [marker for marker, _ in head].count(_FRAME) != 1 or content.find(b"\xff\xda", end, last) >= 0:
        raise ValueError("not one baseline scan")
    return _Strip(tuple(head), content[at:end], content[end:last])
