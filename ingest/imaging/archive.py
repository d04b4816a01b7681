"""Decides what comes out of a ZIP that was dropped as a batch: every file, within caps, and never outside its folder.

Runs in the cage. What is unpacked lies under plain numbers; the names inside are only told, in bytes that are UTF-8
where it can be known. One bad entry leaves the whole batch packed: a clerk packs it again and nothing is in by half.
"""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from index.domain.errors import BadScan, DiskFull
from ingest.imaging.formats import BATCH, HEAD_BYTES, format_inside, format_of
from ingest.settling import is_temporary

_BLOCK = 1 << 20
_UTF8_NAME = 0x800
_LONGEST_PART, _LONGEST_PATH, _DEEPEST = 200, 3_000, 30
#: Below this size no ratio is suspicious; blank pages pack a thousandfold.
_RATIO_MATTERS = 256 * 2**20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Caps:
    """How much one ZIP may hold: files, bytes in all, bytes in one file, and how many times its own size."""

    files: int
    total_bytes: int
    file_bytes: int
    ratio: int


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of the ZIP: `path` inside it, `place` below the folder ("" when it stays packed, and `why`)."""

    path: bytes
    place: str
    why: str = ""


def unpack(path: str, folder: str, caps: Caps) -> tuple[Unpacked, ...]:
    """Every file of the ZIP at `path`, unpacked into the empty `folder` and synced.

    Raises BadScan (damaged-archive, unsafe-archive, encrypted-file, empty-archive, too-much-in-archive), DiskFull.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, os.stat(path).st_size, folder, caps)
            named = _once(sorted(((_path_of(entry), entry) for entry in entries), key=lambda pair: pair[0]))
            found = tuple(_out(archive, entry, name, folder, at) for at, (name, entry) in enumerate(named, 1))
    except _BROKEN as error:
        raise BadScan("damaged-archive", problem=f"{type(error).__name__}: {error}"[:300]) from error
    _sync(folder)
    return found


def _check(entries: list[zipfile.ZipInfo], packed: int, folder: str, caps: Caps) -> None:
    """Before a byte is unpacked: what the directory says, which the unpacker then holds it to."""
    if not entries:
        raise BadScan("empty-archive")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadScan("encrypted-file")
    total, largest = sum(entry.file_size for entry in entries), max(entry.file_size for entry in entries)
    if len(entries) > caps.files:
        raise BadScan("too-many-in-archive", files=len(entries), limit=caps.files)
    if total > caps.total_bytes or largest > caps.file_bytes:
        limit = caps.total_bytes if total > caps.total_bytes else caps.file_bytes
        raise BadScan("too-much-in-archive", size=_mib(max(largest, total)), limit=_mib(limit))
    if total > _RATIO_MATTERS and total > caps.ratio * packed:
        raise BadScan("too-much-in-archive", size=_mib(total), limit=_mib(caps.ratio * packed))
    room = os.statvfs(folder)
    if total > room.f_bavail * room.f_frsize:
        raise DiskFull("disk-full")


def _mib(size: int) -> str:
    return f"{size / 2**20:.0f} MiB"


# -- names -------------------------------------------------------------------------------------------


def _path_of(entry: zipfile.ZipInfo) -> bytes:
    """The path inside, cleaned. Raises BadScan("unsafe-archive") for one that points out of the ZIP."""
    name = _name_of(entry).replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or name[1:2] == ":" or ".." in parts or not parts or len(parts) > _DEEPEST:
        raise BadScan("unsafe-archive", name=name[:200].encode("utf-8", "replace").decode())
    path = b"/".join(_short(part) for part in parts)
    if len(path) > _LONGEST_PATH:
        raise BadScan("unsafe-archive", name=name[:200].encode("utf-8", "replace").decode())
    return path


def _name_of(entry: zipfile.ZipInfo) -> str:
    """As its writer meant it: marked as UTF-8, or bytes that are UTF-8, else those of Chinese Windows (GB 18030)."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "surrogateescape")


def _short(part: str) -> bytes:
    """A name a file system takes: no control characters, so many bytes at most, its ending kept."""
    plain = "".join(char for char in part if unicodedata.category(char) != "Cc") or "_"
    raw = plain.encode("utf-8", "surrogateescape")
    if len(raw) <= _LONGEST_PART:
        return raw
    stem, suffix = os.path.splitext(raw)
    kept = stem[: _LONGEST_PART - len(suffix)] if len(suffix) <= 16 else raw[:_LONGEST_PART]
    whole = kept.decode("utf-8", "ignore").encode()
    return whole + suffix if len(suffix) <= 16 else whole


def _once(named: list[tuple[bytes, zipfile.ZipInfo]]) -> Iterator[tuple[bytes, zipfile.ZipInfo]]:
    """Every path once: a second file of one name is numbered, as is one that has the name of a folder."""
    taken = {path[:at] for path, _ in named for at in range(len(path)) if path[at : at + 1] == b"/"}
    for path, entry in named:
        stem, suffix = os.path.splitext(path)
        number, free = 1, path
        while free in taken:
            number += 1
            free = stem + b" (%d)" % number + suffix
        taken.add(free)
        yield free, entry


# -- bytes -------------------------------------------------------------------------------------------


def _out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: bytes, folder: str, number: int) -> Unpacked:
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Unpacked(path, "", "special-file")
    if is_temporary(path) or b"__MACOSX/" in path:
        return Unpacked(path, "", "temporary-name")
    place = os.path.join(folder, f"{number:06}")
    with archive.open(entry) as packed, open(place, "xb") as opened:
        while block := packed.read(_BLOCK):
            opened.write(block)
        opened.flush()
        os.fsync(opened.fileno())
    return Unpacked(path, os.path.basename(place), "archive-in-archive" if _is_batch(place) else "")


def _is_batch(place: str) -> bool:
    with open(place, "rb") as opened:
        packed = format_of(opened.read(HEAD_BYTES)) == BATCH
    return packed and zipfile.is_zipfile(place) and format_inside(place) == BATCH


def _sync(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
