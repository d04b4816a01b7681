"""Decides where a source lies once the ledger has decided: done, duplicates or quarantine, its reason beside it.

Only what came through the drop folder is moved; what `ingest` was pointed at stays where it is.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count, takewhile
from pathlib import Path

from config.wiring import Home
from index.domain.errors import sentence
from index.domain.scan import Scan, ScanState
from index.vault.folder import digest, sync_folder

_FOLDER = {
    ScanState.STORED: "done",
    ScanState.READ: "done",
    ScanState.DUPLICATE: "duplicates",
    ScanState.QUARANTINED: "quarantine",
}
_LONGEST_NAME = 255
_LONGEST_SUFFIX = 16
_REASON = b".reason.txt"


def source_of(home: Home, scan: Scan) -> bytes:
    """Where the source lies now: parked, in the drop folder, or where `ingest` found it."""
    if scan.parked is not None:
        return os.path.join(os.fsencode(home.path), scan.parked)
    return scan.path if scan.home == "ingest" else os.path.join(os.fsencode(home.folder("drop")), scan.path)


def park(home: Home, scan: Scan) -> Scan:
    """Move the source to the folder of its state, after the commit; again is harmless."""
    folder = _FOLDER.get(scan.state)
    if folder is None or _lies_in(scan, folder):
        return scan
    if scan.home == "ingest":
        return _reason_only(home, scan)
    parked = _moved(home, scan, folder)
    return _noted(home, scan, parked) if parked else scan


def _lies_in(scan: Scan, folder: str) -> bool:
    return scan.parked is not None and scan.parked.startswith(folder.encode() + b"/")


def _moved(home: Home, scan: Scan, folder: str) -> bytes | None:
    source, target = source_of(home, scan), _target(home, scan, folder)
    if _is_still(source, scan):
        place = next(place for place in _places(target) if _is_free(place))
        _move(source, place)
        _forget_folder(home, source)
    else:
        # Killed between the move and its note, it lies there already.
        moved = takewhile(os.path.lexists, _places(target))
        place = next((place for place in moved if _is_still(place, scan)), b"")
    if not place:
        return None
    _forget_reason(source)
    _write_reason(home, scan, place)
    return os.path.relpath(place, os.fsencode(home.path))


def _forget_folder(home: Home, source: bytes) -> None:
    """The folder that a ZIP was unpacked into goes with the last of its files."""
    folder = os.path.dirname(source)
    if os.path.dirname(folder) == os.fsencode(home.folder("unpacked")):
        with suppress(OSError):
            os.rmdir(folder)


def _is_still(source: bytes, scan: Scan) -> bool:
    """Whether the file at this place is the one the ledger speaks of, not a newer one under its name."""
    try:
        found = os.stat(source, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return scan.inode in (0, found.st_ino)


def _target(home: Home, scan: Scan, folder: str) -> bytes:
    """The same path below the folder; where a file has the name of one of its folders, a folder of the scan's own."""
    root = os.fsencode(home.folder(folder))
    target = os.path.join(root, scan.path)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTDIR, errno.ENAMETOOLONG):
            raise
        target = os.path.join(root, scan.id.encode(), os.path.basename(scan.path))
        os.makedirs(os.path.dirname(target), exist_ok=True)
    return target


def _move(source: bytes, target: bytes) -> None:
    """Rename; across file systems copy, compare, and only then take the source away."""
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_across(source, target)
    sync_folder(Path(os.fsdecode(os.path.dirname(target))))


def _move_across(source: bytes, target: bytes) -> None:
    shutil.copy2(source, target)
    if digest(Path(os.fsdecode(source))) == digest(Path(os.fsdecode(target))):
        os.unlink(source)


def _places(target: bytes) -> Iterator[bytes]:
    """name.tif, name (2).tif ... A long name is shortened to make room, for its reason's ending too."""
    yield target
    folder, name = os.path.split(target)
    stem, suffix = os.path.splitext(name)
    if len(suffix) > _LONGEST_SUFFIX:
        stem, suffix = name, b""
    for number in count(2):
        mark = b" (%d)" % number + suffix
        yield os.path.join(folder, stem[: _LONGEST_NAME - len(_REASON) - len(mark)] + mark)


def _is_free(place: bytes) -> bool:
    return not os.path.lexists(place) and not os.path.lexists(_reason_place(place))


def _noted(home: Home, scan: Scan, parked: bytes) -> Scan:
    with home.catalogue.writing() as work:
        noted = replace(work.scans.get(scan.id), parked=parked)
        work.scans.save(noted)
    return noted


# -- the reason beside the file --------------------------------------------------------------------


def _reason_place(place: bytes) -> bytes:
    folder, name = os.path.split(place)
    return os.path.join(folder, name[: _LONGEST_NAME - len(_REASON)] + _REASON)


def _write_reason(home: Home, scan: Scan, place: bytes) -> None:
    """In the three languages of the room: whoever opens the folder reads why."""
    if scan.reason is None:
        return
    words = [sentence(scan.reason.code, language, **scan.reason.details) for language in ("zh-Hans", "zh-Hant", "en")]
    Path(os.fsdecode(_reason_place(place))).write_text("\n".join([*words, ""]), encoding="utf-8")


def _forget_reason(place: bytes) -> None:
    Path(os.fsdecode(_reason_place(place))).unlink(missing_ok=True)


def _reason_only(home: Home, scan: Scan) -> Scan:
    """For a file that stays where it is: a note in the quarantine folder that names it, as long as it lies there."""
    place = os.path.join(os.fsencode(home.folder("quarantine")), b"ingest", scan.id.encode())
    if scan.state is ScanState.QUARANTINED:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        _write_reason(home, scan, place)
    else:
        _forget_reason(place)
    return scan
