"""Decides how the state of the home is told: the ledger's account, the queues, the index's lag, the workers, the disk.

The health page, the JSON API and `muniment status` say the same.
"""

from __future__ import annotations

import shutil

from config.wiring import Home
from index.domain.errors import Passing
from index.domain.holdings import ItemState
from index.domain.scan import AT_REST, ScanState
from index.ports import Mendable, Work
from viewer.without_index import is_lost

MOST_BEHIND = 10_000
"""Pages behind are counted up to here."""


def status(home: Home) -> dict[str, object]:
    """The shape of `muniment status --json`; `disk` in bytes."""
    with home.catalogue.reading() as work:
        ledger, behind = _ledger(work), len(work.pages.behind(MOST_BEHIND))
        pages = _indexed(home, work)
        engines, again = dict(work.rereadings.engines()), len(work.rereadings.due())
    return {
        "ledger": ledger,
        "engines": engines,
        "reread": again,
        "queues": dict(home.jobs.waiting()),
        "packs": _packs(home),
        "index": {"pages": pages, "behind": behind, "missing": _missing(home)},
        "workers": [dict(worker) for worker in home.jobs.workers()],
        "disk": _disk(home),
    }


def _packs(home: Home) -> dict[str, object]:
    """The edition of each regulation that is in force, and what has to be said of those edited since."""
    told = [{"id": pack.id, "version": pack.version, "digest": pack.digest} for pack in home.packs]
    return {"in_force": told, "notices": [one.words() for one in home.notices()]}


def _ledger(work: Work) -> dict[str, int]:
    """seen = stored + duplicate + quarantined + ignored + in_flight."""
    counts, items = work.scans.counts(), work.listings.states()
    moving = sum(count for state, count in counts.items() if state not in AT_REST and state != ScanState.STORED)
    return {
        "seen": sum(counts.values()),
        "stored": counts.get(ScanState.STORED, 0) + counts.get(ScanState.READ, 0),
        "duplicate": counts.get(ScanState.DUPLICATE, 0),
        "quarantined": counts.get(ScanState.QUARANTINED, 0),
        "ignored": counts.get(ScanState.IGNORED, 0),
        "in_flight": moving,
        "review": items.get(ItemState.REVIEW, 0),
        "filed": items.get(ItemState.FILED, 0),
    }


def _indexed(home: Home, work: Work) -> int | None:
    """How many pages the index holds; None while it cannot say, or has lost them all."""
    try:
        return None if is_lost(home.text, work) else home.text.size()
    except Passing:
        return None


def _missing(home: Home) -> list[str]:
    """The parts of the index that are being made again."""
    return list(home.text.ailing()) if isinstance(home.text, Mendable) else []


def _disk(home: Home) -> dict[str, int]:
    usage = shutil.disk_usage(home.path)
    return {"total": usage.total, "free": usage.free}
