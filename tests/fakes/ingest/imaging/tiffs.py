"""Decides what TIFFs look like that Pillow reads and does not write: tiles, planes, depths, BigTIFF of any order."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.generic]
_SHORT, _LONG, _LONG8 = 3, 4, 16
GRAY, RGB, PALETTE, INKS, WHITE_IS_ZERO = 1, 2, 3, 5, 0


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one page of samples (rows x columns, or rows x columns x channels); `tile` 0 means strips."""

    order: Literal["<", ">"] = "<"
    big: bool = False
    bits: int = 8
    tile: int = 0
    planar: bool = False
    deflate: bool = False
    photometric: int = GRAY
    rows: int = 16

    def write(self, samples: Samples, extra: Sequence[tuple[int, int, Sequence[int]]] = ()) -> bytes:
        cube = samples if samples.ndim == 3 else samples[:, :, None]
        height, width, channels = cube.shape
        planes = [cube[:, :, at : at + 1] for at in range(channels)] if self.planar else [cube]
        parts = [self._packed(part) for plane in planes for part in self._parts(plane)]
        head = 16 if self.big else 8
        places = [head + sum(map(len, parts[:at])) for at in range(len(parts))]
        sizes = [len(part) for part in parts]
        pointer = _LONG8 if self.big else _LONG
        entries = [
            (256, _LONG, [width]),
            (257, _LONG, [height]),
            (258, _SHORT, [self.bits] * channels),
            (259, _SHORT, [8 if self.deflate else 1]),
            (262, _SHORT, [self.photometric]),
            (277, _SHORT, [channels]),
            (284, _SHORT, [2 if self.planar else 1]),
            *extra,
        ]
        if self.tile:
            entries += [
                (322, _LONG, [self.tile]),
                (323, _LONG, [self.tile]),
                (324, pointer, places),
                (325, _LONG, sizes),
            ]
        else:
            entries += [(273, pointer, places), (278, _LONG, [self.rows]), (279, _LONG, sizes)]
        body = b"".join(parts)
        return self._head(head + len(body)) + body + self._directory(head + len(body), sorted(entries))

    def _parts(self, plane: Samples) -> list[Samples]:
        height, width = plane.shape[:2]
        if not self.tile:
            return [plane[top : top + self.rows] for top in range(0, height, self.rows)]
        side = self.tile
        padded = np.zeros((-(-height // side) * side, -(-width // side) * side, plane.shape[2]), plane.dtype)
        padded[:height, :width] = plane
        return [
            padded[top : top + side, left : left + side]
            for top in range(0, padded.shape[0], side)
            for left in range(0, padded.shape[1], side)
        ]

    def _packed(self, part: Samples) -> bytes:
        if self.bits < 8:
            raw = b"".join(_bits(row.reshape(-1), self.bits) for row in part)
        else:
            raw = part.astype(part.dtype.newbyteorder(self.order)).tobytes()
        return zlib.compress(raw) if self.deflate else raw

    def _head(self, directory: int) -> bytes:
        mark = b"II" if self.order == "<" else b"MM"
        if self.big:
            return mark + struct.pack(self.order + "HHHQ", 43, 8, 0, directory)
        return mark + struct.pack(self.order + "HI", 42, directory)

    def _directory(self, at: int, entries: list[tuple[int, int, Sequence[int]]]) -> bytes:
        letter, room = ("Q", 8) if self.big else ("I", 4)
        letters = {_SHORT: "H", _LONG: "I", _LONG8: "Q"}
        count = struct.pack(self.order + ("Q" if self.big else "H"), len(entries))
        after = at + len(count) + len(entries) * (20 if self.big else 12) + room
        rows, behind = b"", b""
        for tag, kind, values in entries:
            packed = struct.pack(f"{self.order}{len(values)}{letters[kind]}", *values)
            if len(packed) > room:
                place = struct.pack(self.order + letter, after + len(behind))
                behind += packed
            else:
                place = packed.ljust(room, b"\0")
            rows += struct.pack(self.order + "HH" + letter, tag, kind, len(values)) + place
        return count + rows + bytes(room) + behind


def _bits(row: Samples, bits: int) -> bytes:
    """Samples of less than a byte, the first in the highest bits, each row filled up to a byte."""
    spread = (row.astype(np.uint8)[:, None] >> np.arange(bits - 1, -1, -1)) & 1
    return np.packbits(spread.reshape(-1).astype(np.uint8)).tobytes()
