"""Decides how pages are ordered to be read again, how such an order is stopped, and who is told."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from index.domain.errors import Missing, WrongUse
from index.domain.identity import new_id
from index.domain.proof.rereading import Rereading, Scope
from index.ports import Jobs, Work

#: So many pages are asked for at once; the rest follows as these are done.
AT_ONCE = 50


def order(work: Work, scope: Scope, engine: str, who: str, now: datetime) -> Rereading:
    """Have the pages of `scope` read again, behind everything that comes in; raises Missing("nothing-to-reread").

    Raises WrongUse("which-pages") for a page without its item.
    """
    if scope.page and not scope.item_id:
        raise WrongUse("which-pages")
    pages = work.rereadings.pages(scope)
    if not pages:
        raise Missing("nothing-to-reread")
    ordered = Rereading(new_id(), who, now, scope, engine)
    work.rereadings.add(ordered, pages)
    told = {name: value for name, value in asdict(scope).items() if value}
    work.journal.write(who, "reread-ordered", scope.item_id or ordered.id, pages=len(pages), by_engine=engine, **told)
    return ordered


def stop(work: Work, rereading_id: str, who: str, now: datetime) -> None:
    """Read no more pages of this order; what was read stays. Raises Missing("no-such-rereading")."""
    report = next(iter(work.rereadings.reports(rereading_id)), None)
    if report is None:
        raise Missing("no-such-rereading")
    if report.running:
        work.rereadings.stop(rereading_id, now)
        work.journal.write(who, "reread-stopped", rereading_id, left=report.waiting)


def ask_for_more(work: Work, jobs: Jobs) -> None:
    """Ask for the next pages, unless enough are waiting already."""
    if jobs.waiting().get("reread", 0) < AT_ONCE // 2:
        for page_id in work.rereadings.due(AT_ONCE):
            jobs.remind("reread", page_id)
