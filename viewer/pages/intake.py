"""Decides what the intake page says: today's files in one sentence, the ledger's equation, its rows, what is aside.

Nothing is unexplained: every row has its state in words, and its reason in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.custody import quarantine
from index.domain.access import Permit
from index.domain.errors import sentence
from index.domain.holdings import Item
from index.domain.scan import AT_REST, Scan, ScanState
from index.ports import Selection, Work
from viewer import frame
from viewer.visit import Here, Visit

ROWS = 50
"""Ledger rows on one page."""

#: The filters of the ledger, in the order a file passes through the states.
FILTERS = ("", "flight", "read", "duplicate", "quarantined", "ignored")

#: What can have become of a file, as the sentence of the day says it.
TODAY: Mapping[str, str] = {
    "filed": "{n} filed",
    "review": "{n} for review",
    "duplicate": "{n} duplicate",
    "quarantined": "{n} quarantined",
    "ignored": "{n} left out",
    "withdrawn": "{n} withdrawn",
}

#: Reasons that a person may overrule: the file is sound, only its name tells another format.
MAY_BE_RELEASED = frozenset({"wrong-name"})


@dataclass(frozen=True, slots=True)
class Row:
    """A file of the ledger as the page shows it; `item` is what it became, `took` how long it took or has taken."""

    scan: Scan
    fonds: str
    item: Item | None
    reason: str
    took: timedelta
    moving: bool

    @property
    def releasable(self) -> bool:
        return self.scan.reason is not None and self.scan.reason.code in MAY_BE_RELEASED


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger as an equation: seen = stored + duplicate + quarantined + ignored + in flight."""

    stored: int
    duplicate: int
    quarantined: int
    ignored: int
    flight: int

    @property
    def seen(self) -> int:
        return self.stored + self.duplicate + self.quarantined + self.ignored + self.flight


def intake(visit: Here, state: str = "", page: int = 1) -> Response:
    return frame.show(visit, "intake.html", **_shown(visit, state, page))


def live(visit: Here, state: str = "", page: int = 1) -> Response:
    """The part of the page that changes: what the script asks for every two seconds."""
    return frame.show(visit, "intake_live.html", **_shown(visit, state, page))


def retry(visit: Here, scan_id: str, back: str = Form("")) -> Response:
    with visit.home.catalogue.writing() as work:
        quarantine.retry(work, visit.home.jobs, scan_id, visit.who.name, visit.home.clock.now())
    return _back(back)


def release(visit: Here, scan_id: str, back: str = Form("")) -> Response:
    with visit.home.catalogue.writing() as work:
        quarantine.release(work, visit.home.jobs, scan_id, visit.who.name, visit.home.clock.now())
    return _back(back)


def _back(state: str) -> Response:
    return RedirectResponse(f"/intake?state={state}" if state in FILTERS else "/intake", 303)


def _shown(visit: Visit, state: str, page: int) -> dict[str, Any]:
    state, page = state if state in FILTERS else "", max(page, 1)
    with visit.home.catalogue.reading() as work:
        counts = work.scans.counts()
        scans, total = work.listings.ledger(state, ROWS, (page - 1) * ROWS)
        aside = () if state else work.scans.in_states(ScanState.QUARANTINED, limit=ROWS)
        return {
            "sentence": today_sentence(visit, work.listings.arrived(_midnight(visit))),
            "ledger": ledger(counts),
            "filters": [(name, _count(counts, name)) for name in FILTERS],
            "state": state,
            "rows": _rows(visit, work, scans),
            "aside": _rows(visit, work, aside),
            "page": page,
            "pages": max(1, -(-total // ROWS)),
            "total": total,
        }


def ledger(counts: Mapping[str, int]) -> Ledger:
    """The equation from the counts by state; a stored file is stored, whether or not it has been read yet."""
    known = {state: counts.get(state, 0) for state in ScanState}
    return Ledger(
        stored=known[ScanState.STORED] + known[ScanState.READ],
        duplicate=known[ScanState.DUPLICATE],
        quarantined=known[ScanState.QUARANTINED],
        ignored=known[ScanState.IGNORED],
        flight=known[ScanState.SEEN] + known[ScanState.SETTLING],
    )


def today_sentence(visit: Visit, arrived: Mapping[str, int]) -> str:
    """ "412 files came in today: 406 filed, 3 to review, 2 duplicates, 1 in quarantine." """
    if not arrived:
        return visit.say("No file has arrived today. Scans are taken from the drop folder by themselves.")
    came = sum(arrived.values())
    known = [(words, arrived[state]) for state, words in TODAY.items() if arrived.get(state)]
    under_way = came - sum(count for _, count in known)
    parts = known + ([("{n} under way", under_way)] if under_way else [])
    said = visit.say(", ").join(visit.say(words, n=f"{count:,}") for words, count in parts)
    return visit.say("{n} files came in today: {parts}.", n=f"{came:,}", parts=said)


def _count(counts: Mapping[str, int], name: str) -> int:
    if name == "flight":
        return sum(count for state, count in counts.items() if state not in AT_REST)
    return counts.get(name, 0) if name else sum(counts.values())


def _midnight(visit: Visit) -> datetime:
    clock = visit.home.clock
    return datetime.combine(clock.today(), time(), clock.zone)


def _rows(visit: Visit, work: Work, scans: Sequence[Scan]) -> list[Row]:
    fonds = {one.id: one.code for one in work.fonds.all()}
    items = _items(work, scans, visit.permit)
    now = visit.home.clock.now()
    return [_row(visit, scan, fonds.get(scan.fonds_id or "", ""), items.get(scan.item_id or ""), now) for scan in scans]


def _row(visit: Visit, scan: Scan, fonds: str, item: Item | None, now: datetime) -> Row:
    moving = scan.state not in AT_REST
    reason = sentence(scan.reason.code, visit.language, **scan.reason.details) if scan.reason else ""
    return Row(scan, fonds, item, reason, (now if moving else scan.changed_at) - scan.seen_at, moving)


def _items(work: Work, scans: Sequence[Scan], permit: Permit) -> dict[str, Item]:
    ids = tuple({scan.item_id for scan in scans if scan.item_id})
    if not ids:
        return {}
    items, _ = work.listings.items(Selection(permit, item_ids=ids))
    return {item.id: item for item in items}
