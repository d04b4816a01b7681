"""Decides whether a file has arrived whole: does its end parse?

Runs in the watcher, outside the cage, so it decodes nothing: a few seeks and small reads, whatever the file claims.
A prefix of a file must not pass where the format lets us know; a TIFF still being appended to does, as every prefix of
pages is a TIFF (decisions.md, "Ready").
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

#: More directories than any volume has pages; a chain that goes on is left to the cage to judge.
MOST_DIRECTORIES = 20_000
#: More entries or strips than this are not read: the file is taken as whole and judged in the cage.
MOST_ENTRIES = 4_096
MOST_EXTENTS = 200_000

_TAIL = 2_048
_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS = 273, 279, 324, 325
_EXTENTS = {_STRIP_OFFSETS: _STRIP_COUNTS, _TILE_OFFSETS: _TILE_COUNTS}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_LETTERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


def end_parses(path: bytes) -> bool | None:
    """Whether the file ends as its format demands; None for a format that is not known here. Raises OSError."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            return False
        head = file.read(1_024)
        if head.startswith(b"\xff\xd8\xff"):
            return b"\xff\xd9" in _tail(file, size)
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return b"IEND\xaeB`\x82" in _tail(file, size)
        if b"%PDF-" in head:
            return b"%%EOF" in _tail(file, size)
        if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
            return _tiff_is_whole(file, size, head)
    return None


def _tail(file: BinaryIO, size: int) -> bytes:
    """The last bytes; scanners and mailers append padding after a proper end."""
    file.seek(max(0, size - _TAIL))
    return file.read(_TAIL)


class _BreaksOff(Exception):
    """Something the file points at lies behind its end."""


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    count: int
    inline: bytes


@dataclass(frozen=True, slots=True)
class _Tiff:
    """A TIFF or BigTIFF by its directories; every read is checked against the size."""

    file: BinaryIO
    size: int
    order: str
    big: bool

    @property
    def pointer(self) -> str:
        return "Q" if self.big else "I"

    def read(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise _BreaksOff
        self.file.seek(offset)
        return self.file.read(length)

    def number(self, offset: int, letter: str) -> int:
        value: int = struct.unpack(self.order + letter, self.read(offset, struct.calcsize("=" + letter)))[0]
        return value

    def directories(self) -> Iterator[dict[int, _Entry]]:
        """Each directory of the chain once; a chain that bites its tail ends there."""
        offset, seen = self.number(8 if self.big else 4, self.pointer), set[int]()
        if offset == 0:
            raise _BreaksOff  # a writer fills this in last
        while offset and offset not in seen and len(seen) < MOST_DIRECTORIES:
            seen.add(offset)
            entries, offset = self._directory(offset)
            yield entries

    def _directory(self, offset: int) -> tuple[dict[int, _Entry], int]:
        letter, width = ("Q", 20) if self.big else ("H", 12)
        count = self.number(offset, letter)
        start = offset + struct.calcsize("=" + letter)
        rows = self.read(start, min(count, MOST_ENTRIES) * width)
        entries = dict(self._entry(rows[at : at + width]) for at in range(0, len(rows), width))
        return entries, self.number(start + count * width, self.pointer)

    def _entry(self, row: bytes) -> tuple[int, _Entry]:
        tag, kind, count = struct.unpack_from(self.order + "HH" + self.pointer, row)
        return tag, _Entry(kind, count, row[12:] if self.big else row[8:])

    def values(self, entry: _Entry) -> tuple[int, ...]:
        letter, length = _LETTERS.get(entry.kind), _SIZES.get(entry.kind, 1) * entry.count
        if letter is None or entry.count > MOST_EXTENTS:
            return ()
        if length <= len(entry.inline):
            raw = entry.inline[:length]
        else:
            raw = self.read(struct.unpack(self.order + self.pointer, entry.inline)[0], length)
        return struct.unpack(f"{self.order}{entry.count}{letter}", raw)

    def extents(self, entries: dict[int, _Entry]) -> Iterator[tuple[int, int]]:
        """Offset and length of each strip or tile."""
        for offsets, counts in _EXTENTS.items():
            if offsets in entries and counts in entries:
                yield from zip(self.values(entries[offsets]), self.values(entries[counts]), strict=False)


def _tiff_is_whole(file: BinaryIO, size: int, head: bytes) -> bool:
    order = "<" if head.startswith(b"I") else ">"
    tiff = _Tiff(file, size, order, big=head[2:4] in (b"+\0", b"\0+"))
    try:
        return all(
            offset + length <= size for entries in tiff.directories() for offset, length in tiff.extents(entries)
        )
    except _BreaksOff:
        return False


def frames(path: bytes) -> int:
    """How many pages a picture file says it has, by its directories alone; 0 for what is no picture."""
    with open(path, "rb") as file:
        head, size = file.read(16), os.fstat(file.fileno()).st_size
        if head.startswith((b"\xff\xd8", b"\x89PNG")):
            return 1
        if head[:4] not in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
            return 0
        tiff = _Tiff(file, size, "<" if head.startswith(b"I") else ">", big=b"+" in head[2:4])
        try:
            return sum(1 for _ in tiff.directories())
        except _BreaksOff:
            return 0
