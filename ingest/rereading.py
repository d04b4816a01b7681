"""Decides how one page is read again: its old text stays until the new one is there, and people's corrections follow.

A filed item stays filed and keeps its description: given beats guessed, and a file number is never given twice.
"""

from __future__ import annotations

import time

from config.wiring import Home
from index.custody.proofing import recount
from index.custody.rereading import ask_for_more
from index.domain.errors import BadScan, Missing
from index.domain.holdings import Page, PageState
from index.domain.proof.proofing import in_force
from index.domain.proof.rereading import Change, Report, RereadState, compared
from index.domain.scan import Scan, ScanState
from index.ports import Progress, Work
from ingest.actors import Desk, engine_of_page, measured
from ingest.asking import Asks
from ingest.intake import LOOK
from ingest.reading import PageRead, given_of, read_page


def reread(desk: Desk, page_id: str) -> Asks:
    """Read a page again for whoever ordered it, keep what changed, and ask for the next."""
    with desk.home.catalogue.reading() as work:
        orders = work.rereadings.waiting(page_id)
    if not orders:
        return []
    engine = orders[0].engine
    served = [order.id for order in orders if order.engine == engine]
    try:
        done = _read_again(desk, page_id, engine, served)
    except (BadScan, Missing) as problem:
        done = _failed(desk.home, page_id, served, problem.code)
    return _go_on(desk.home) if done else []


def _go_on(home: Home) -> Asks:
    """Only where an order was served: asked for at once again, a page that waits would be asked for without end."""
    with home.catalogue.reading() as work:
        ask_for_more(work, home.jobs)
    return [("index", "")]


def _read_again(desk: Desk, page_id: str, engine: str, served: list[str]) -> bool:
    """Whether its orders were served; else people or a newer version were quicker: what they want is read first.

    The orders are due again then.
    """
    home = desk.home
    with home.catalogue.reading() as work:
        page = work.pages.get(page_id)
        scan = work.scans.get(page.scan_id)
        engine = engine or engine_of_page(home, work, page)
    if page.state is PageState.WAITING:
        return _failed_in_quarantine(home, page_id, scan, served)
    read = read_page(desk.cage, home, scan, page, (), engine)
    with home.catalogue.writing() as work:
        now = work.pages.get(page_id)
        as_read = work.scans.get(scan.id).sha256 == scan.sha256 and given_of(now) == given_of(page)
        if as_read:
            _keep(home, work, now, scan, read, served)
    return as_read


def _failed_in_quarantine(home: Home, page_id: str, scan: Scan, served: list[str]) -> bool:
    """A page that waits is read anyway, and its orders after that; one whose scan waits for a person serves none."""
    aside = scan.state is ScanState.QUARANTINED
    return aside and _failed(home, page_id, served, scan.reason.code if scan.reason else "poison")


def _keep(home: Home, work: Work, page: Page, scan: Scan, read: PageRead, served: list[str]) -> None:
    before = work.proofs.machine(page.id)
    work.pages.save(measured(page, scan, read), read.reading)
    recount(work, page.id, home.settings.ocr.doubtful)
    standing = in_force(work.proofs.of(page.id))
    change = compared(page.id, before or read.reading, read.reading, standing)
    for rereading_id in served:
        work.rereadings.keep(rereading_id, change)
    if change.changed or change.conflicts:
        told = {"page": page.number, "changed": change.changed, "conflicts": change.conflicts}
        work.journal.write("muniment", "reread", page.item_id, **told)


def wait(home: Home, rereading_id: str, progress: Progress) -> Report:
    """Until every page of an order has been read or could not be; its report. Ctrl-C leaves the order standing."""
    while True:
        with home.catalogue.reading() as work:
            report = work.rereadings.reports(rereading_id)[0]
        progress(report.read + report.failed, report.total)
        if not report.running:
            return report
        time.sleep(LOOK)


def give_up(desk: Desk, page_id: str) -> None:
    """Reading it failed too often: the order is told so, and the page stays as it was."""
    with desk.home.catalogue.reading() as work:
        served = [order.id for order in work.rereadings.waiting(page_id)]
    _failed(desk.home, page_id, served, "engine-failed")


def _failed(home: Home, page_id: str, served: list[str], reason: str) -> bool:
    with home.catalogue.writing() as work:
        for rereading_id in served:
            work.rereadings.keep(rereading_id, Change(page_id, RereadState.FAILED, reason))
    return True
