"""Decides how a scan goes into quarantine and comes out again: with a reason, by a person's word, its bytes kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from index.domain.holdings import Item, ItemState, Page
from index.domain.scan import Reason, Scan, ScanState, check_step
from index.ports import Jobs, Work


def put_aside(work: Work, scan: Scan, reason: Reason, now: datetime, actor: str) -> Scan:
    """Quarantine a scan. Unfiled items that nothing else is left of are withdrawn with it; others go to a person."""
    check_step(scan.state, ScanState.QUARANTINED)
    aside = replace(scan, state=ScanState.QUARANTINED, reason=reason, changed_at=now)
    work.scans.save(aside)
    work.journal.write(actor, "quarantined", scan.id, reason=reason.code, path=scan.shown_path)
    for item, pages in _touched(work, scan):
        step = _after(work, item, pages)
        why = {"reason": reason.code, "because": dict(reason.details)}
        told = {"scan": scan.id, "path": scan.shown_path, "before": item.state, "after": step}
        work.journal.write(actor, "page-quarantined", item.id, **told, **why)
        if step is not item.state:
            work.items.save(replace(item, state=step))
    return aside


def _touched(work: Work, scan: Scan) -> Iterator[tuple[Item, Sequence[Page]]]:
    """The items that count a page of it, and the one it began where that counts none yet; each with its pages."""
    ids = {scan.item_id, *(page.item_id for page in work.pages.of_scan(scan.id))}
    for item in (work.items.get(one) for one in sorted(one for one in ids if one)):
        pages = work.pages.of_item(item.id)
        begun = not pages and item.id == scan.item_id
        if item.state is not ItemState.WITHDRAWN and (begun or any(page.scan_id == scan.id for page in pages)):
            yield item, pages


def _after(work: Work, item: Item, pages: Sequence[Page]) -> ItemState:
    """One that is being read or filed stays: whoever is at it sends it to review, and what is filed keeps its place."""
    if item.filed:
        return ItemState.FILED
    sources = {page.scan_id for page in pages}
    if all(work.scans.get(one).state is ScanState.QUARANTINED for one in sources):
        return ItemState.WITHDRAWN
    return ItemState.REVIEW if item.state is ItemState.DESCRIBED else item.state


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
