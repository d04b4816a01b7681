"""Decides how a ready file becomes ours: its bytes in the vault first, then the ledger, and only then moved aside.

Nothing is deleted and nothing doubled: killed at any point, doing it again goes on from where it was.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from config.wiring import Home
from index.custody.batching import joined
from index.custody.quarantine import put_aside
from index.domain.errors import BadScan, Busy
from index.domain.people import SYSTEM
from index.domain.scan import AT_REST, Reason, Scan, ScanState
from index.ports import Stored, Work
from ingest.asking import Asks
from ingest.parking import park, source_of

#: A file written anew under the same name this soon, and beginning like the one before, is its newer version.
REWRITTEN_WITHIN = 600.0
ALIKE = 0.95


def receive(home: Home, scan_id: str) -> Asks:
    """Take in one scan of the ledger. Raises BadScan for what is no ordinary file, Busy while it still changes."""
    with home.catalogue.reading() as work:
        scan = work.scans.get(scan_id)
    if scan.state in (ScanState.SETTLING, ScanState.SEEN):
        scan = _take_in(home, scan)
    elif changed_since(home, scan):
        scan = _take_newer(home, scan)
    return _onward(home, park(home, scan))


def _take_in(home: Home, scan: Scan) -> Scan:
    stored, seen = _copied(home, scan)
    older = _older_version(home, scan, stored)
    with home.catalogue.writing() as work:
        known = work.scans.get(scan.id)
        if known.state not in (ScanState.SETTLING, ScanState.SEEN):
            return known
        looked = replace(known, size=seen.st_size, mtime_ns=seen.st_mtime_ns, inode=seen.st_ino)
        fresh = replace(looked, sha256=stored.sha256, format=None, state=ScanState.STORED, changed_at=home.clock.now())
        fresh = _newer_of(home, work, fresh, older) or _duplicate(work, fresh) or fresh
        fresh = joined(work, fresh, home.clock)
        work.scans.save(fresh)
        if fresh.state is ScanState.STORED:
            _keep(home, work, fresh, known.sha256)
    return fresh


def _keep(home: Home, work: Work, scan: Scan, before: str | None) -> None:
    """A version of the scan; pages read from other bytes (it was mended in quarantine) are read again."""
    work.versions.add(scan.id, scan.sha256 or "", scan.size, home.clock.now())
    work.journal.write(SYSTEM, "stored", scan.id, sha256=scan.sha256, path=scan.shown_path)
    if before not in (None, scan.sha256):
        work.pages.reread(scan)


def _take_newer(home: Home, scan: Scan) -> Scan:
    """The source changed after it was captured (a TIFF still being appended): a newer version of the same scan."""
    stored, seen = _copied(home, scan)
    with home.catalogue.writing() as work:
        fresh = replace(work.scans.get(scan.id), size=seen.st_size, mtime_ns=seen.st_mtime_ns, inode=seen.st_ino)
        if stored.sha256 != scan.sha256:
            fresh = _renew(home, work, fresh, stored)
        work.scans.save(fresh)
    return fresh


def _renew(home: Home, work: Work, scan: Scan, stored: Stored) -> Scan:
    newer = replace(scan, sha256=stored.sha256, state=ScanState.STORED, format=None, reason=None)
    work.versions.add(scan.id, stored.sha256, stored.size, home.clock.now())
    work.pages.reread(newer)
    work.journal.write(SYSTEM, "newer-version", scan.id, sha256=stored.sha256, before=scan.sha256 or "")
    return newer


def _copied(home: Home, scan: Scan) -> tuple[Stored, os.stat_result]:
    """The bytes in the vault, and what the source looked like; Busy when it changed under our hands."""
    with _opened(home, scan) as descriptor:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise BadScan("special-file", found=stat.filemode(before.st_mode))
        if before.st_size == 0:
            raise BadScan("empty-file")
        stored = home.vault.put(descriptor)
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Busy("busy")
    return stored, after


@contextmanager
def _opened(home: Home, scan: Scan) -> Iterator[int]:
    """The source, never through a link, never waiting on a pipe; once it is gone, the bytes that we hold of it."""
    try:
        descriptor = os.open(source_of(home, scan), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        if scan.sha256 is None:
            raise BadScan("vanished") from None
        descriptor = os.open(home.vault.path(scan.sha256), os.O_RDONLY)
    except PermissionError:
        raise BadScan("cannot-be-read") from None
    except OSError as error:
        raise BadScan("special-file", found=error.strerror or "") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def changed_since(home: Home, scan: Scan) -> bool:
    """Whether the source was written to since; one that is gone, or another file under its name, has not changed."""
    try:
        now = os.stat(source_of(home, scan), follow_symlinks=False)
    except OSError:
        return False
    looks = (now.st_size, now.st_mtime_ns)
    return now.st_ino == scan.inode and stat.S_ISREG(now.st_mode) and looks != (scan.size, scan.mtime_ns)


def _older_version(home: Home, scan: Scan, stored: Stored) -> Scan | None:
    """The scan that this file is a newer version of: written anew under its name, longer, and beginning as before."""
    with home.catalogue.reading() as work:
        known = work.scans.before(scan)
    if known is None or known.run or known.item_id is None or known.sha256 is None or known.size >= stored.size:
        return None
    soon = (scan.seen_at - known.changed_at).total_seconds() <= REWRITTEN_WITHIN
    return known if soon and _begins_like(home, stored.sha256, known.sha256) else None


def _newer_of(home: Home, work: Work, scan: Scan, older: Scan | None) -> Scan | None:
    """It goes to the scan it was, never a second item; the older scan keeps what is known of its own source."""
    if older is None:
        return None
    work.scans.save(_renew(home, work, work.scans.get(older.id), Stored(scan.sha256 or "", scan.size)))
    reason = Reason("newer-version", {"name": older.name})
    return replace(scan, state=ScanState.DUPLICATE, duplicate_of=older.id, reason=reason)


def _begins_like(home: Home, newer: str, older: str) -> bool:
    """Appending a page to a TIFF changes one pointer near its end or start and keeps everything else."""
    with open(home.vault.path(older), "rb") as before, open(home.vault.path(newer), "rb") as after:
        same = total = 0
        while block := before.read(4096):
            total += 1
            same += block == after.read(4096)[: len(block)]
    return same >= ALIKE * total - 2 and same > 0


def _duplicate(work: Work, scan: Scan) -> Scan | None:
    known = None if scan.run else work.scans.same_bytes(scan)
    return _as_duplicate(scan, known) if known else None


def _as_duplicate(scan: Scan, known: Scan) -> Scan:
    reason = Reason("same-bytes", {"name": known.name})
    return replace(scan, state=ScanState.DUPLICATE, duplicate_of=known.id, reason=reason)


def _onward(home: Home, scan: Scan) -> Asks:
    """What follows: a loose scan is rendered; a run when its last page is here, unless it is here already."""
    if scan.state is ScanState.DUPLICATE and scan.reason and scan.reason.code == "newer-version":
        return [("render", scan.duplicate_of or "")]
    if scan.state is not ScanState.STORED:
        return []
    if scan.run:
        return _run_onward(home, scan.run)
    return [("render", scan.id)] if scan.format is None else []


def _run_onward(home: Home, run: str) -> Asks:
    with home.catalogue.writing() as work:
        scans = work.runs.of(run)
        if any(scan.state in (ScanState.SEEN, ScanState.SETTLING) for scan in scans):
            return []
        here = [scan for scan in scans if scan.state is ScanState.STORED]
        fresh = bool(here) and all(scan.item_id is None for scan in scans)
        known = work.runs.same_pages(here) if fresh else None
        if known:
            here = [_set_aside(home, work, scan, known) for scan in here]
    if known:
        for scan in here:
            park(home, scan)
        return []
    return [("render", scan.id) for scan in here if scan.format is None]


def _set_aside(home: Home, work: Work, scan: Scan, known: Scan) -> Scan:
    aside = replace(_as_duplicate(scan, known), changed_at=home.clock.now())
    work.scans.save(aside)
    return aside


def refuse(home: Home, scan_id: str, error: BadScan) -> None:
    """Quarantine a scan with the reason that was found, and park its source beside that reason.

    A scan at rest stays what it is: it was refused already and not yet moved, or we hold sound bytes of it.
    """
    reason = Reason(error.code, {name: str(value) for name, value in error.details.items()})
    with home.catalogue.writing() as work:
        scan = work.scans.get(scan_id)
        if scan.state not in AT_REST:
            scan = _refused(home, work, scan, reason)
    park(home, scan)


def _refused(home: Home, work: Work, scan: Scan, reason: Reason) -> Scan:
    if reason.code not in ("special-file", "vanished"):
        return put_aside(work, scan, reason, home.clock.now(), SYSTEM)
    ignored = replace(scan, state=ScanState.IGNORED, reason=reason, changed_at=home.clock.now())
    work.scans.save(ignored)
    return ignored
