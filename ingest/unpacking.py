"""Decides how a ZIP becomes a batch: its files get rows of their own, all at once, and go the normal way.

Its bytes are in the vault already. The files are unpacked beside the drop folder, then one transaction closes the
ZIP's row (ignored, because it was unpacked) and opens theirs (settling, their source where it was unpacked). Killed
before that, unpacking begins anew; killed after it, the ledger knows every file and receives it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from config.wiring import Home
from index.domain.holdings import Fonds
from index.domain.identity import new_id
from index.domain.people import SYSTEM
from index.domain.scan import Reason, Scan, ScanState
from index.ports import Work
from ingest.asking import Asks
from ingest.imaging.archive import Caps, Unpacked
from ingest.imaging.formats import BATCH
from ingest.ledger import below_fonds
from ingest.reading import caged_unpack
from ingest.runs import is_single_page, run_of
from ingest.sandbox import Cage

FOLDER = "unpacked"


def unpack(home: Home, cage: Cage, scan: Scan) -> Asks:
    """Unpack a stored ZIP and ask for each of its files. Raises BadScan for one that stays packed."""
    folder = _fresh_folder(home, scan)
    with ExitStack() as undone:
        undone.callback(shutil.rmtree, folder, ignore_errors=True)
        found = caged_unpack(cage, home.vault.path(scan.sha256 or ""), str(folder), caps_of(home, cage))
        undone.pop_all()  # unpacked whole: the folder stays
    with home.catalogue.writing() as work:
        known = work.scans.get(scan.id)
        first = known.state is ScanState.STORED and known.sha256 == scan.sha256 and known.format is None
        entered = _entered(home, work, known, folder, found) if first else []
    if first:
        _forget_others(home, scan, folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return [("receive", one.id) for one in entered]


def caps_of(home: Home, cage: Cage) -> Caps:
    batch, limits = home.settings.zip, cage.limits
    return Caps(batch.files, batch.megabytes * 2**20, min(limits.file_bytes, limits.written_bytes), batch.ratio)


def held_by(work: Work, scan: Scan) -> Sequence[Scan]:
    """The rows of what a ZIP held, in the order of their paths; none for any other scan."""
    if scan.format != BATCH or scan.state is not ScanState.IGNORED:
        return []
    return work.runs.below(folder_of(scan), scan.changed_at)


def folder_of(scan: Scan) -> bytes:
    """What a ZIP's files lie below, as the ledger names them: its own path without the ending."""
    path = scan.path if scan.home == "drop" else os.path.basename(scan.path)
    stem, suffix = os.path.splitext(path)
    return stem if suffix.lower() == b".zip" and os.path.basename(stem) else path + b" (zip)"


def _fresh_folder(home: Home, scan: Scan) -> Path:
    """One for each attempt: another worker may be at the same ZIP, or the ledger may speak of what an earlier left."""
    folder = home.folder(FOLDER) / f"{_attempts_at(scan)}{new_id()}"
    folder.mkdir(parents=True)
    return folder


def _attempts_at(scan: Scan) -> str:
    """How the names of all folders begin that this version of a ZIP was unpacked into."""
    return f"{scan.id}.{(scan.sha256 or '')[:12]}."


def _forget_others(home: Home, scan: Scan, folder: Path) -> None:
    """What killed attempts left goes once an attempt is in the ledger: no other will be entered then."""
    others = [one for one in home.folder(FOLDER).glob(f"{_attempts_at(scan)}*") if one != folder]
    for other in others:
        if not _in_ledger(home, other):
            shutil.rmtree(other, ignore_errors=True)


def _in_ledger(home: Home, folder: Path) -> bool:
    below = os.fsencode(folder.relative_to(home.path)) + b"/"
    with home.catalogue.reading() as work:
        return any((scan.parked or b"").startswith(below) for scan in work.scans.in_states(*ScanState))


def _entered(home: Home, work: Work, scan: Scan, folder: Path, found: Sequence[Unpacked]) -> list[Scan]:
    now = home.clock.now()
    rows = list(_rows(home, scan, folder, found, work.fonds.all(), now))
    for row in rows:
        work.scans.add(row)
    reason = Reason("unpacked", {"files": str(len(rows))})
    work.scans.save(replace(scan, state=ScanState.IGNORED, format=BATCH, reason=reason, changed_at=now))
    work.journal.write(SYSTEM, "unpacked", scan.id, files=len(rows), sha256=scan.sha256 or "")
    return [row for row in rows if row.parked is not None]


def _rows(
    home: Home, scan: Scan, folder: Path, found: Sequence[Unpacked], fondses: Sequence[Fonds], now: datetime
) -> Iterator[Scan]:
    """A row for each file; the numbered pictures of a folder that holds nothing else are one run."""
    by_folder = groupby(found, key=lambda one: one.path.rpartition(b"/")[0])
    folders = {inner: list(group) for inner, group in by_folder}
    for inner, files in folders.items():
        branches = any(other.startswith(inner + b"/" if inner else b"") for other in folders if other != inner)
        run = None if branches else _run_of(folder, files)
        for one in files:
            row = _row(home, scan, folder, one, fondses, now)
            yield replace(row, run=run[0], position=run[1].index(one.path) + 1) if run else row


def _run_of(folder: Path, files: Sequence[Unpacked]) -> tuple[str, list[bytes]] | None:
    places = {one.path: os.fsencode(folder / one.place) for one in files if one.place}
    by_name = {path.rpartition(b"/")[2]: path for path in places}
    ordered = run_of(list(by_name), lambda name: is_single_page(places[by_name[name]]))
    whole = ordered is not None and len(places) == len(files)
    return (new_id(), [by_name[name] for name in ordered or ()]) if whole else None


def _row(home: Home, scan: Scan, folder: Path, one: Unpacked, fondses: Sequence[Fonds], now: datetime) -> Scan:
    seen = os.stat(folder / one.place) if one.place else None
    *inner, _ = (part.decode("utf-8", "replace") for part in one.path.split(b"/"))
    name = os.path.basename(folder_of(scan)).decode("utf-8", "replace")
    fonds_id, hints = below_fonds(scan.fonds_id, (*scan.hints, name, *inner), fondses)
    return Scan(
        id=new_id(),
        path=folder_of(scan) + b"/" + one.path,
        home="drop",
        state=_state(one),
        seen_at=now,
        changed_at=now,
        fonds_id=fonds_id,
        pack=scan.pack,
        hints=hints,
        size=seen.st_size if seen else 0,
        mtime_ns=seen.st_mtime_ns if seen else 0,
        inode=seen.st_ino if seen else 0,
        reason=Reason(one.why, {"found": "ZIP"}) if one.why else None,
        parked=os.fsencode(os.path.relpath(folder / one.place, home.path)) if seen else None,
    )


def _state(one: Unpacked) -> ScanState:
    if not one.place:
        return ScanState.IGNORED
    return ScanState.QUARANTINED if one.why else ScanState.SETTLING
