"""Decides which batch a captured scan joins, and what people do with it: describe, draw, judge, check, sign, reopen.

A batch that was checked takes nothing more in: what comes later through the same place on the same day opens the next.
Everything that a person does here is journalled under the batch.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.domain import batch as life
from index.domain.batch import Batch, Mark, Verdict, key_of, place_of, seal_of
from index.domain.errors import Conflict, Missing, WrongUse
from index.domain.holdings import PageRole
from index.domain.identity import new_id
from index.domain.people import SYSTEM
from index.domain.proof.quality import Bounds, Figures, figures, gaps
from index.domain.proof.sampling import Portion, next_drawing
from index.domain.scan import Scan, ScanState
from index.ports import BatchPage, Clock, Work

_SEEDS = 100_000_000
"""Seeds have at most eight digits: they are copied from paper."""

LONGEST = 200
MOST_PAGES = 1_000_000


# -- by itself -----------------------------------------------------------------------------------------------------


def joined(work: Work, scan: Scan, clock: Clock) -> Scan:
    """The scan in the open batch of its place and the room's day; one that is not stored, or is in one, as it is."""
    if scan.state is not ScanState.STORED or scan.batch_id:
        return scan
    place = place_of(scan.path, scan.home, len(scan.hints))
    key = key_of(clock.today(), scan.home, scan.fonds_id, place)
    found, _ = work.batches.listed(key=key, limit=1)
    batch = found[0] if found and found[0].is_open else _opened(work, scan, key, place, clock)
    return replace(scan, batch_id=batch.id)


def follow(work: Work, scan_id: str, rescan_id: str) -> None:
    """A rescan belongs to the batch of the page it replaces, so that its count comes out even, while that is open."""
    batch_id, rescan = work.scans.get(scan_id).batch_id, work.scans.get(rescan_id)
    if batch_id and batch_id != rescan.batch_id and work.batches.get(batch_id).is_open:
        work.scans.save(replace(rescan, batch_id=batch_id))


def _opened(work: Work, scan: Scan, key: str, place: Sequence[str], clock: Clock) -> Batch:
    seed = secrets.randbelow(_SEEDS)
    title = place[-1] if place and place[-1] else ""
    fresh = Batch(new_id(), key, clock.today(), clock.now(), seed, fonds_id=scan.fonds_id, title=title)
    batch = work.batches.add(fresh)
    work.journal.write(SYSTEM, "batch-opened", batch.id, code=batch.code, seed=seed, place="/".join(place))
    return batch


# -- by people -----------------------------------------------------------------------------------------------------


def describe(work: Work, batch_id: str, version: int, said: Mapping[str, str], who: str) -> Batch:
    """Title, expected pages (a number, or empty) and operator as a person gave them.

    Raises Conflict("batch-state" | "batch-changed-meanwhile"), WrongUse("bad-value" | "bad-page-count").
    """
    batch = _open_one(work, batch_id, version)
    fresh = replace(
        batch,
        title=_words(said, "title", batch.title),
        operator=_words(said, "operator", batch.operator),
        expected_pages=_pages(said.get("expected_pages", "")),
    )
    names = ("title", "operator", "expected_pages")
    before = {name: getattr(batch, name) for name in names if getattr(batch, name) != getattr(fresh, name)}
    if not before:
        return batch
    after = {name: getattr(fresh, name) for name in before}
    work.journal.write(who, "batch-described", batch.id, before=before, after=after)
    return work.batches.save(fresh)


def draw(work: Work, batch_id: str, portion: Portion, who: str) -> Batch:
    """Draw the sample, or extend it over the pages that came since.

    Raises Conflict("batch-state" | "still-reading").
    """
    batch = _open_one(work, batch_id)
    pages = content(work, batch)
    found = next_drawing(batch.seed, sorted(one.page.id for one in pages), batch.drawings, portion)
    if found is None:
        return batch
    drawing, taken = found
    number, known = len(batch.drawings) + 1, _marks(work, batch)
    for page_id in taken:
        work.batches.mark(batch.id, replace(known.get(page_id, Mark(page_id)), drawing=number))
    work.journal.write(who, "sample-drawn", batch.id, size=drawing.size, among=drawing.among, upto=drawing.upto)
    return work.batches.save(replace(batch, drawings=(*batch.drawings, drawing)))


def judge(work: Work, batch_id: str, page_id: str, verdict: Verdict, reason: str, who: str, now: datetime) -> Mark:
    """Say of a page whether it is good; a bad one needs a reason and is to be scanned again.

    Raises WrongUse("bad-page-without-reason"), Conflict("batch-state"), Missing("no-such-page").
    """
    batch = _open_one(work, batch_id)
    if page_id not in {one.page.id for one in work.batches.pages([batch.id])}:
        raise Missing("no-such-page")
    reason = " ".join(reason.split())[:LONGEST]
    if verdict is Verdict.BAD and not reason:
        raise WrongUse("bad-page-without-reason")
    known = _marks(work, batch).get(page_id, Mark(page_id))
    mark = replace(known, verdict=verdict, reason=reason if verdict is Verdict.BAD else "", by=who, at=now)
    work.batches.mark(batch.id, mark)
    work.journal.write(who, "page-judged", batch.id, page=page_id, verdict=verdict, reason=mark.reason)
    return mark


@dataclass(frozen=True, slots=True)
class Rules:
    """What this room asks of a batch: bounds of its pages, the portion looked at, how many of those must be good."""

    bounds: Bounds
    portion: Portion
    pass_percent: float


def check(work: Work, batch_id: str, version: int, note: str, who: str, now: datetime, rules: Rules) -> Batch:
    """Close the check: every drawn page judged, what does not come out even explained in the note.

    Raises Conflict("batch-state" | "batch-changed-meanwhile" | "still-reading" | "sample-open"),
    WrongUse("note-missing").
    """
    batch = _open_one(work, batch_id, version)
    batch = replace(batch, note=_words({"note": note}, "note", batch.note))
    found = figures_of(work, batch, rules.bounds)
    fresh = {one.page.id for one in content(work, batch)}
    if found.unmarked or not batch.drawings or any(page_id > batch.drawings[-1].upto for page_id in fresh):
        raise Conflict("sample-open", n=found.unmarked)
    if gaps(found, batch.expected_pages, rules.bounds, rules.pass_percent) and not batch.note:
        raise WrongUse("note-missing")
    closed = life.checked(batch, who, now, seal(work, batch))
    work.journal.write(who, "batch-checked", batch.id, **_told(batch, found), seal=closed.seal)
    return work.batches.save(closed)


def sign(work: Work, batch_id: str, version: int, who: str, now: datetime) -> Batch:
    """The second person's signature; whoever calls has made sure that it is that person.

    Raises Refused("second-person"), Conflict("batch-state" | "batch-changed-meanwhile" | "batch-changed").
    """
    batch = _one(work, batch_id, version)
    signed = life.signed(batch, who, now, seal(work, batch), {mark.by for mark in _marks(work, batch).values()})
    work.journal.write(who, "batch-signed", batch.id, code=batch.code, seal=signed.seal, checked_by=batch.checked_by)
    return work.batches.save(signed)


def reopen(work: Work, batch_id: str, version: int, reason: str, who: str) -> Batch:
    """Open a checked or signed batch again. Raises WrongUse("reason-missing"), Conflict("batch-state")."""
    batch = _one(work, batch_id, version)
    again = life.reopened(batch, reason)
    before = {"checked_by": batch.checked_by, "signed_by": batch.signed_by, "seal": batch.seal}
    work.journal.write(who, "batch-reopened", batch.id, reason=reason.strip()[:LONGEST], **before)
    return work.batches.save(again)


# -- what is asked -------------------------------------------------------------------------------------------------


def content(work: Work, batch: Batch) -> list[BatchPage]:
    """Its pages of the record, all of them read. Raises Conflict("still-reading")."""
    pages = [one for one in work.batches.pages([batch.id]) if one.page.role is PageRole.CONTENT]
    waiting = sum(one.page.state == "waiting" for one in pages)
    if waiting or not pages:
        raise Conflict("still-reading", n=waiting)
    return pages


def figures_of(work: Work, batch: Batch, bounds: Bounds) -> Figures:
    pages = [one.page for one in work.batches.pages([batch.id])]
    return figures(pages, _marks(work, batch).values(), bounds)


def seal(work: Work, batch: Batch) -> str:
    """What the pages of a batch are now; the same as `batch.seal` as long as nothing was added, removed or replaced."""
    return seal_of((one.page.id, one.sha256, one.page.role) for one in work.batches.pages([batch.id]))


def _told(batch: Batch, found: Figures) -> dict[str, object]:
    return {
        "code": batch.code,
        "expected": batch.expected_pages,
        "pages": found.pages,
        "blank": found.blank,
        "removed": found.removed,
        "sampled": found.sampled,
        "good": found.good,
        "bad": found.bad,
        "rescans": len(found.rescans),
        "flaws": {code: len(flaws) for code, flaws in found.by_kind.items()},
    }


def _one(work: Work, batch_id: str, version: int | None = None) -> Batch:
    batch = work.batches.get(batch_id)
    if version not in (None, batch.version):
        raise Conflict("batch-changed-meanwhile")
    return batch


def _open_one(work: Work, batch_id: str, version: int | None = None) -> Batch:
    batch = _one(work, batch_id, version)
    if not batch.is_open:
        raise Conflict("batch-state")
    return batch


def _marks(work: Work, batch: Batch) -> dict[str, Mark]:
    return {mark.page_id: mark for mark in work.batches.marks([batch.id])[batch.id]}


def _words(said: Mapping[str, str], name: str, before: str) -> str:
    words = " ".join(said.get(name, before).split())
    if len(words) > (LONGEST if name != "note" else 5 * LONGEST):
        raise WrongUse("bad-value", field=name, value=words[:20], hint=LONGEST)
    return words


def _pages(said: str) -> int | None:
    said = said.strip()
    if not said:
        return None
    if not said.isascii() or not said.isdecimal() or not 0 < int(said) <= MOST_PAGES:
        raise WrongUse("bad-page-count", given=said[:20])
    return int(said)
