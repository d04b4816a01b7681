"""Decides how files that somebody points at are taken in: the same pipeline, waited for, sources left in place."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from config.wiring import Home
from index.domain.holdings import Fonds, Item, ItemState
from index.domain.identity import new_id
from index.domain.naming import Profile
from index.domain.scan import Scan, ScanState
from index.ports import Work
from index.vault.folder import digest
from ingest.ledger import Arrival, add, below_fonds, note
from ingest.profiles import by_profile
from ingest.runs import is_single_page, run_of
from ingest.settling import look
from ingest.unpacking import held_by

#: How often the ledger is asked whether everything is done; seconds.
LOOK = 0.25


def take(
    home: Home, paths: Sequence[Path], fonds_id: str | None, pack: str | None, profile: Profile | None = None
) -> list[str]:
    """Enter every file below `paths` in the ledger and ask for it; returns the scans' ids, in order.

    Without `fonds_id` a folder that is called as a fonds gives it.

    The same path with the same bytes takes up its old row. With a `profile` the names in each folder are read by it.
    """
    with home.catalogue.reading() as work:
        fondses = work.fonds.all()
        arrivals = [arrival for path in paths for arrival in _arrivals(path, fondses, fonds_id, pack, profile)]
        known = [work.scans.at_path(arrival.path) for arrival in arrivals]
    others = {one.path for one, old in zip(arrivals, known, strict=True) if old and _is_another(old, one)}
    with home.catalogue.writing() as work:
        scans = [_enter(home, work, arrival, arrival.path in others) for arrival in arrivals]
    for scan in scans:
        home.jobs.ask("receive", scan.id)
    return [scan.id for scan in scans]


def _enter(home: Home, work: Work, arrival: Arrival, another: bool) -> Scan:
    known = work.scans.at_path(arrival.path)
    if known is None or not another:
        return note(home, work, arrival, ScanState.SETTLING)
    if known.state in (ScanState.QUARANTINED, ScanState.IGNORED):
        again = replace(known, state=ScanState.SETTLING, reason=None, changed_at=home.clock.now())
        work.scans.save(again)
        return again
    return add(home, work, arrival, ScanState.SETTLING)


def _is_another(known: Scan, arrival: Arrival) -> bool:
    """Other bytes, or for another fonds than the row that speaks of this path."""
    if arrival.fonds_id not in (None, known.fonds_id):
        return True
    seen = arrival.look
    if (known.size, known.mtime_ns) == (seen.size, seen.mtime_ns) or not seen.plain:
        return False
    return known.sha256 is None or digest(Path(os.fsdecode(arrival.path))) != known.sha256


def _arrivals(
    path: Path, fondses: Sequence[Fonds], given: str | None, pack: str | None, profile: Profile | None
) -> Iterator[Arrival]:
    place = os.fsencode(path.absolute())
    if not path.is_dir() or path.is_symlink():
        yield _arrival(place, given, pack, ())
        return
    for folder, folders, names in sorted(os.walk(place)):
        below = os.path.relpath(folder, os.path.dirname(place)).decode("utf-8", "replace")
        fonds_id, hints = below_fonds(given, below.split("/"), fondses)
        if profile:
            loose = [_arrival(os.path.join(folder, name), fonds_id, pack, hints) for name in names]
            yield from by_profile(loose, profile)
        else:
            yield from _of_folder(folder, sorted(names), not folders, fonds_id, pack, hints)


def _of_folder(
    folder: bytes, names: Sequence[bytes], leaf: bool, fonds_id: str | None, pack: str | None, hints: tuple[str, ...]
) -> Iterator[Arrival]:
    ordered = run_of(names, lambda name: is_single_page(os.path.join(folder, name))) if leaf else None
    run = new_id() if ordered else None
    for position, name in enumerate(ordered or names, start=1):
        loose = _arrival(os.path.join(folder, name), fonds_id, pack, hints)
        yield replace(loose, run=run, position=position) if run else loose


def _arrival(path: bytes, fonds_id: str | None, pack: str | None, hints: tuple[str, ...]) -> Arrival:
    return Arrival(path, "ingest", look(path, 0.0, None), fonds_id, pack, hints)


def wait(home: Home, scan_ids: Sequence[str], progress: Callable[[int, int], None]) -> list[str]:
    """Until every scan is at rest and its item filed or in review, and so is all that a ZIP among them held.

    `progress` is told how many are, of how many. Returns the ids, after a ZIP's own those of what it held.
    """
    ids, left = list(scan_ids), set(scan_ids)
    while left:
        with home.catalogue.reading() as work:
            for scan_id in [one for one in left if _is_done(work, one)]:
                held = [one.id for one in held_by(work, work.scans.get(scan_id)) if one.id not in ids]
                at = ids.index(scan_id) + 1
                ids[at:at] = held
                left = left - {scan_id} | set(held)
        progress(len(ids) - len(left), len(ids))
        if left:
            time.sleep(LOOK)
    return ids


def _is_done(work: Work, scan_id: str) -> bool:
    scan = work.scans.get(scan_id)
    if scan.state is not ScanState.READ:
        return scan.state in (ScanState.DUPLICATE, ScanState.QUARANTINED, ScanState.IGNORED)
    moving = (ItemState.CAPTURED, ItemState.DESCRIBED)
    return all(item.state not in moving for item in items_of(work, scan))


def items_of(work: Work, scan: Scan) -> list[Item]:
    """The items that a scan became, in the order of its pages: several where separators divided it."""
    ids = [page.item_id for page in work.pages.of_scan(scan.id)] or [scan.item_id or ""]
    return [work.items.get(item_id) for item_id in dict.fromkeys(ids)]
