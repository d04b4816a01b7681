"""Decides what a TIFF's directories say: where its strips and tiles lie, without decoding one.

Every read is checked against the size of the file; a pointer behind its end is told as `BreaksOff`.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

#: More directories than any volume has pages; a chain that goes on is left to the cage to judge.
MOST_DIRECTORIES = 20_000
#: More entries or strips than this are not read: the file is taken as whole and judged in the cage.
MOST_ENTRIES = 4_096
MOST_EXTENTS = 200_000

MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_COMPRESSION = 259
#: Ways of packing that the libtiff at hand may lack; asked only when a TIFF did not open.
_RARE = {
    32_766: "NeXT",
    32_809: "ThunderScan",
    32_908: "PixarFilm",
    32_909: "PixarLog",
    33_003: "JPEG 2000",
    33_005: "JPEG 2000",
    34_661: "JBIG",
    34_676: "SGI Log",
    34_677: "SGI Log 24",
    34_712: "JPEG 2000",
    34_715: "JBIG2",
    34_718: "MDI",
    34_887: "LERC",
    50_001: "WebP",
    50_002: "JPEG XL",
}
_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS = 273, 279, 324, 325
_EXTENTS = {_STRIP_OFFSETS: _STRIP_COUNTS, _TILE_OFFSETS: _TILE_COUNTS}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_LETTERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


class BreaksOff(Exception):
    """Something the file points at lies behind its end."""


@dataclass(frozen=True, slots=True)
class Entry:
    kind: int
    count: int
    inline: bytes


@dataclass(frozen=True, slots=True)
class Tiff:
    """A TIFF or BigTIFF by its directories; every read is checked against the size."""

    file: BinaryIO
    size: int
    order: str
    big: bool

    @classmethod
    def of(cls, file: BinaryIO, size: int, head: bytes) -> Tiff:
        return cls(file, size, "<" if head.startswith(b"I") else ">", big=b"+" in head[2:4])

    @property
    def pointer(self) -> str:
        return "Q" if self.big else "I"

    def read(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise BreaksOff
        self.file.seek(offset)
        return self.file.read(length)

    def number(self, offset: int, letter: str) -> int:
        value: int = struct.unpack(self.order + letter, self.read(offset, struct.calcsize("=" + letter)))[0]
        return value

    def directories(self) -> Iterator[dict[int, Entry]]:
        """Each directory of the chain once; a chain that bites its tail ends there."""
        offset, seen = self.number(8 if self.big else 4, self.pointer), set[int]()
        if offset == 0:
            raise BreaksOff  # a writer fills this in last
        while offset and offset not in seen and len(seen) < MOST_DIRECTORIES:
            seen.add(offset)
            entries, offset = self._directory(offset)
            yield entries

    def _directory(self, offset: int) -> tuple[dict[int, Entry], int]:
        letter, width = ("Q", 20) if self.big else ("H", 12)
        count = self.number(offset, letter)
        start = offset + struct.calcsize("=" + letter)
        rows = self.read(start, min(count, MOST_ENTRIES) * width)
        entries = dict(self._entry(rows[at : at + width]) for at in range(0, len(rows), width))
        return entries, self.number(start + count * width, self.pointer)

    def _entry(self, row: bytes) -> tuple[int, Entry]:
        tag, kind, count = struct.unpack_from(self.order + "HH" + self.pointer, row)
        return tag, Entry(kind, count, row[12:] if self.big else row[8:])

    def values(self, entry: Entry) -> tuple[int, ...]:
        letter, length = _LETTERS.get(entry.kind), _SIZES.get(entry.kind, 1) * entry.count
        if letter is None or entry.count > MOST_EXTENTS:
            return ()
        if length <= len(entry.inline):
            raw = entry.inline[:length]
        else:
            raw = self.read(struct.unpack(self.order + self.pointer, entry.inline)[0], length)
        return struct.unpack(f"{self.order}{entry.count}{letter}", raw)

    def extents(self, entries: dict[int, Entry]) -> Iterator[tuple[int, int]]:
        """Offset and length of each strip or tile."""
        for offsets, counts in _EXTENTS.items():
            if offsets in entries and counts in entries:
                yield from zip(self.values(entries[offsets]), self.values(entries[counts]), strict=False)

    def is_whole(self) -> bool:
        """Whether every strip and tile lies inside the file."""
        try:
            return all(
                offset + length <= self.size
                for entries in self.directories()
                for offset, length in self.extents(entries)
            )
        except BreaksOff:
            return False

    def pages(self) -> int:
        """How many directories the chain has; 0 where it breaks off."""
        try:
            return sum(1 for _ in self.directories())
        except BreaksOff:
            return 0


def undecoded(path: str) -> str:
    """The way of packing that a TIFF's pages use and that is seldom unpacked, in a word; "" for any other file."""
    with open(path, "rb") as file:
        head = file.read(16)
        if head[:4] not in MARKS:
            return ""
        tiff = Tiff.of(file, os.fstat(file.fileno()).st_size, head)
        with suppress(BreaksOff, struct.error):
            ways = (tiff.values(entries[_COMPRESSION]) for entries in tiff.directories() if _COMPRESSION in entries)
            return next((_RARE[way] for way, *_ in ways if way in _RARE), "")
    return ""
