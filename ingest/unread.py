"""Decides what becomes of a page that people touched and that cannot be read since, while its scan stays at rest.

The text it has stays, turned as they said. One that has none is kept without text, and says why.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from config.wiring import Home
from index.custody.proofing import recount
from index.domain.errors import BadScan, EngineFailed, Missing
from index.domain.facing import turned_back
from index.domain.holdings import Page, PageState
from index.domain.people import SYSTEM
from index.domain.reading import PageReading, Script
from index.domain.scan import ScanState
from index.ports import Work
from ingest.reading import draw_page, given_of
from ingest.sandbox import Cage


def keep_unread(home: Home, cage: Cage, page: Page, code: str) -> bool:
    """Let the page count as read with what there is of it; `code` says why it was not read.

    False where people or a newer version of its scan were quicker: then it is read again, or not at all.
    """
    _draw(home, cage, _as_given(page))
    with home.catalogue.writing() as work:
        now = work.pages.get(page.id)
        if not _is_due(work, now, page):
            return False
        seen = _as_given(now)
        reading = _left_of(seen, work.proofs.machine(page.id), code)
        work.pages.save(seen, reading)
        recount(work, page.id, home.settings.ocr.doubtful)
        work.journal.write(SYSTEM, "unreadable", seen.item_id, page=seen.number, reason=code)
    return True


def _is_due(work: Work, now: Page, page: Page) -> bool:
    waits = now.state is PageState.WAITING and given_of(now) == given_of(page)
    return waits and work.scans.get(page.scan_id).state is ScanState.READ


def _as_given(page: Page) -> Page:
    """The page standing as a person turned it; whatever was decided of it, it is drawn as a picture then."""
    turned = page.turned if page.given_turn is None else page.given_turn
    lying = (turned - page.turned) % 2
    width, height = (page.height, page.width) if lying else (page.width, page.height)
    kind = "scan" if page.kind == "text" and (turned or page.crop) else page.kind
    return replace(page, turned=turned, width=width, height=height, kind=kind)


def _draw(home: Home, cage: Cage, page: Page) -> None:
    """Its pictures the way it stands now; where even that fails, they stay as they are."""
    with home.catalogue.reading() as work:
        scan = work.scans.get(page.scan_id)
    with suppress(BadScan, EngineFailed, Missing):
        draw_page(cage, home, scan, page)


def _left_of(page: Page, before: PageReading | None, code: str) -> PageReading:
    """The reading it has, unless a person says that something stands where nothing was read."""
    if before and (before.text or page.given_blank is not False):
        return turned_back(before, page.turned)
    return PageReading("", (), Script.NONE, page.turned, "none", "0", 0.0, settings={"unread": code})
