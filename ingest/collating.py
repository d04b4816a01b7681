"""Decides when fronts and backs that were scanned apart are put together: as soon as both are opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.domain.collating import collated, halves
from index.domain.errors import WrongUse
from index.domain.holdings import Page
from index.domain.naming import BACK, FOLDED, FRONT
from index.domain.people import SYSTEM
from index.domain.scan import Scan
from index.ports import Work


def collate(work: Work, scan: Scan) -> None:
    """Interleave the halves that this scan is one of, where its name says so; the journal tells when they differ."""
    if not scan.named.half or scan.item_id is None:
        return
    found = _halves(work, scan)
    if found is None:
        return
    fronts, backs = found
    try:
        order = collated(fronts, backs)
    except WrongUse as problem:
        work.journal.write(SYSTEM, "not-collated", scan.item_id, **problem.details)
        return
    first = min((page.rank for page in order), default=0)
    work.arrangement.lay([replace(page, rank=first + place) for place, page in enumerate(order)])
    work.journal.write(SYSTEM, "collated", scan.item_id, sheets=len(fronts))


def _halves(work: Work, scan: Scan) -> tuple[Sequence[Page], Sequence[Page]] | None:
    """Fronts and backs in the order they were scanned; None as long as some of them have not been opened."""
    if scan.named.half == FOLDED:
        return halves(work.pages.of_scan(scan.id))
    scans = work.runs.of(scan.run or "")
    sides = {one.named.half for one in scans}
    if any(one.format is None for one in scans) or not {FRONT, BACK} <= sides:
        return None
    return _pages(work, scans, FRONT), _pages(work, scans, BACK)


def _pages(work: Work, scans: Sequence[Scan], half: str) -> list[Page]:
    return [page for scan in scans if scan.named.half == half for page in work.pages.of_scan(scan.id)]
