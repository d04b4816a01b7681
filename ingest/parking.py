"""Decides where a source lies once the ledger has decided: done, duplicates or quarantine, its reason beside it.

Only what came through the drop folder is moved; what `ingest` was pointed at stays where it is.
"""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
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
    source = source_of(home, scan)
    if not _is_still(source, scan):
        return None
    target = _free_place(os.path.join(os.fsencode(home.folder(folder)), scan.path))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    _move(source, target)
    _forget_reason(source)
    _write_reason(home, scan, target)
    return os.path.relpath(target, os.fsencode(home.path))


def _is_still(source: bytes, scan: Scan) -> bool:
    """Whether the file at this place is the one the ledger speaks of, not a newer one under its name."""
    try:
        found = os.stat(source, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return scan.inode in (0, found.st_ino)


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


def _free_place(target: bytes) -> bytes:
    """A name nobody has yet: name.tif, name (2).tif ... A name of 255 bytes is shortened to make room."""
    stem, suffix = os.path.splitext(target)
    number, place = 1, target
    while os.path.lexists(place):
        number += 1
        mark = b" (%d)" % number + suffix
        room = _LONGEST_NAME - len(mark)
        place = os.path.join(os.path.dirname(stem), os.path.basename(stem)[:room] + mark)
    return place


def _noted(home: Home, scan: Scan, parked: bytes) -> Scan:
    with home.catalogue.writing() as work:
        noted = replace(work.scans.get(scan.id), parked=parked)
        work.scans.save(noted)
    return noted


# -- the reason beside the file --------------------------------------------------------------------


def _reason_place(place: bytes) -> bytes:
    folder, name = os.path.split(place)
    return os.path.join(folder, name[: _LONGEST_NAME - 11] + b".reason.txt")


def _write_reason(home: Home, scan: Scan, place: bytes) -> None:
    """In the three languages of the room: whoever opens the folder reads why."""
    if scan.reason is None:
        return
    words = [sentence(scan.reason.code, language, **scan.reason.details) for language in ("zh-Hans", "zh-Hant", "en")]
    Path(os.fsdecode(_reason_place(place))).write_text("\n".join([*words, ""]), encoding="utf-8")


def _forget_reason(place: bytes) -> None:
    Path(os.fsdecode(_reason_place(place))).unlink(missing_ok=True)


def _reason_only(home: Home, scan: Scan) -> Scan:
    """For a file that stays where it is: a note in the quarantine folder that names it."""
    if scan.state is ScanState.QUARANTINED:
        place = os.path.join(os.fsencode(home.folder("quarantine")), b"ingest", scan.id.encode())
        os.makedirs(os.path.dirname(place), exist_ok=True)
        _write_reason(home, scan, place)
    return scan
