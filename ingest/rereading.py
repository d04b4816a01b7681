"""Decides how one page is read again: its old text stays until the new one is there, and people's corrections follow.

A filed item stays filed and keeps its description: given beats guessed, and a file number is never given twice.
"""

from __future__ import annotations

import time

from config.wiring import Home
from index.custody.proofing import recount
from index.custody.rereading import ask_for_more
from index.domain.errors import BadScan, Missing
from index.domain.holdings import Page
from index.domain.proofing import in_force
from index.domain.rereading import Change, Report, RereadState, compared
from index.domain.scan import Scan
from index.ports import Progress, Work
from ingest.actors import Desk, engine_of_page, measured
from ingest.asking import Asks
from ingest.intake import LOOK
from ingest.reading import PageRead, read_page


def reread(desk: Desk, page_id: str) -> Asks:
    """Read a page again for whoever ordered it, keep what changed, and ask for the next."""
    with desk.home.catalogue.reading() as work:
        orders = work.rereadings.waiting(page_id)
    if not orders:
        return []
    engine = orders[0].engine
    served = [order.id for order in orders if order.engine == engine]
    try:
        _read_again(desk, page_id, engine, served)
    except (BadScan, Missing) as problem:
        _failed(desk.home, page_id, served, problem.code)
    with desk.home.catalogue.reading() as work:
        ask_for_more(work, desk.home.jobs)
    return [("index", "")]


def _read_again(desk: Desk, page_id: str, engine: str, served: list[str]) -> None:
    home = desk.home
    with home.catalogue.reading() as work:
        page = work.pages.get(page_id)
        scan = work.scans.get(page.scan_id)
        engine = engine or engine_of_page(home, work, page)
    read = read_page(desk.cage, home, scan, page, (), engine)
    with home.catalogue.writing() as work:
        if work.scans.get(scan.id).sha256 == scan.sha256:
            _keep(home, work, page, scan, read, served)


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


def _failed(home: Home, page_id: str, served: list[str], reason: str) -> None:
    with home.catalogue.writing() as work:
        for rereading_id in served:
            work.rereadings.keep(rereading_id, Change(page_id, RereadState.FAILED, reason))
