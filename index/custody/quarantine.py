"""Decides how a scan goes into quarantine and comes out again: with a reason, by a person's word, its bytes kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from index.domain.holdings import ItemState
from index.domain.scan import Reason, Scan, ScanState, check_step
from index.ports import Jobs, Work


def put_aside(work: Work, scan: Scan, reason: Reason, now: datetime, actor: str) -> Scan:
    """Quarantine a scan; items that it began and nobody filed are withdrawn with it."""
    check_step(scan.state, ScanState.QUARANTINED)
    aside = replace(scan, state=ScanState.QUARANTINED, reason=reason, changed_at=now)
    work.scans.save(aside)
    work.journal.write(actor, "quarantined", scan.id, reason=reason.code, path=scan.shown_path)
    _withdraw_unfiled(work, scan)
    return aside


def _withdraw_unfiled(work: Work, scan: Scan) -> None:
    """The item it began, and those that separators divided off it."""
    begun = {scan.item_id} | {page.item_id for page in work.pages.of_scan(scan.id)}
    for item in (work.items.get(item_id) for item_id in sorted(one for one in begun if one)):
        if item.state in (ItemState.CAPTURED, ItemState.DESCRIBED, ItemState.REVIEW):
            work.items.save(replace(item, state=ItemState.WITHDRAWN))


def retry(work: Work, jobs: Jobs, scan_id: str, actor: str, now: datetime) -> Scan:
    """Try a quarantined scan again. Raises Conflict("wrong-state"), Missing("no-such-scan")."""
    return _again(work, jobs, work.scans.get(scan_id), actor, now, "retried")


def release(work: Work, jobs: Jobs, scan_id: str, actor: str, now: datetime) -> Scan:
    """Try it again and believe its content rather than its name: a person has looked."""
    return _again(work, jobs, replace(work.scans.get(scan_id), released=True), actor, now, "released")


def _again(work: Work, jobs: Jobs, scan: Scan, actor: str, now: datetime, verb: str) -> Scan:
    check_step(scan.state, ScanState.SETTLING)
    again = replace(scan, state=ScanState.SETTLING, reason=None, changed_at=now)
    work.scans.save(again)
    work.journal.write(actor, verb, scan.id, path=scan.shown_path)
    # Asked before the commit: a worker that is quicker finds the old state, does nothing, and the sweep asks again.
    jobs.ask("receive", scan.id)
    return again
