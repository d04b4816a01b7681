"""Decides how a file enters the ledger: one row each, loose or as a page of its folder's run, fonds from the folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from config.wiring import Home
from index.domain.holdings import Fonds
from index.domain.identity import new_id
from index.domain.naming import Named
from index.domain.scan import Reason, Scan, ScanState
from index.ports import Work
from ingest.parking import source_of
from ingest.settling import Look


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is there: `path` as the ledger names it, what it looked like, and what its folders say."""

    path: bytes
    home: str
    look: Look
    fonds_id: str | None = None
    pack: str | None = None
    hints: tuple[str, ...] = ()
    run: str | None = None
    position: int = 0
    named: Named = field(default_factory=Named)


def note(home: Home, work: Work, arrival: Arrival, state: ScanState, reason: Reason | None = None) -> Scan:
    """The row of an arrival: written when it is first seen, brought on when it is ready."""
    known = row_of(work, arrival)
    if known and (known.state not in (ScanState.SEEN, ScanState.IGNORED) or known.format is not None):
        return known  # the format of what was left out is known only of a ZIP that was unpacked
    if known is None:
        return add(home, work, arrival, state, reason)
    row = _row(home, arrival, state, reason, known)
    work.scans.save(row)
    return row


def add(home: Home, work: Work, arrival: Arrival, state: ScanState, reason: Reason | None = None) -> Scan:
    """A row of its own for an arrival that no row speaks of."""
    row = _row(home, arrival, state, reason, None)
    work.scans.add(row)
    return row


def close_vanished(home: Home) -> None:
    """Close the rows of dropped files that went before they were ready, as a scanner's working names do."""
    with home.catalogue.reading() as work:
        waiting = [scan for scan in work.scans.in_states(ScanState.SEEN) if scan.home == "drop"]
    gone = [scan for scan in waiting if not os.path.lexists(source_of(home, scan))]
    if gone:
        with home.catalogue.writing() as work:
            for scan in gone:
                closed = replace(scan, state=ScanState.IGNORED, reason=Reason("vanished"))
                work.scans.save(replace(closed, changed_at=home.clock.now()))


def row_of(work: Work, arrival: Arrival) -> Scan | None:
    """The row that already speaks of this very file; a newer file under an old name has none yet."""
    known = work.scans.at_path(arrival.path)
    if known is None or arrival.home == "ingest":
        return known
    waits = known.state in (ScanState.SEEN, ScanState.SETTLING)
    return known if waits or (known.parked is None and known.inode == arrival.look.inode) else None


def _row(home: Home, arrival: Arrival, state: ScanState, reason: Reason | None, known: Scan | None) -> Scan:
    now = home.clock.now()
    return Scan(
        id=known.id if known else new_id(),
        path=arrival.path,
        home=arrival.home,
        state=state,
        seen_at=known.seen_at if known else now,
        changed_at=now,
        fonds_id=arrival.fonds_id,
        pack=arrival.pack,
        hints=arrival.hints,
        run=arrival.run,
        position=arrival.position,
        named=arrival.named,
        size=arrival.look.size,
        mtime_ns=arrival.look.mtime_ns,
        inode=arrival.look.inode,
        reason=reason,
    )


def place_in_drop(path: bytes, fondses: Sequence[Fonds]) -> tuple[str | None, tuple[str, ...]]:
    """(fonds id, hints) of a path below the drop folder: the first folder may be a fonds, deeper ones are hints."""
    *folders, _ = [part.decode("utf-8", "replace") for part in path.split(b"/")]
    fonds = next((fonds for fonds in fondses if folders and fonds.answers_to(folders[0])), None)
    return (fonds.id, tuple(folders[1:])) if fonds else (None, tuple(folders))


def below_fonds(
    fonds_id: str | None, folders: Sequence[str], fondses: Sequence[Fonds]
) -> tuple[str | None, tuple[str, ...]]:
    """(fonds id, hints) of folders outside the drop folder: one that is called as a fonds gives it, unless it is known.

    Its name is no hint of anything else: C316 reads like the number of an employee.
    """
    for depth, folder in enumerate(folders, start=1):
        named = next((fonds.id for fonds in fondses if fonds.answers_to(folder)), None)
        if named and fonds_id in (None, named):
            return named, tuple(folders[depth:])
    return fonds_id, tuple(folders)
