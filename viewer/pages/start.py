"""Decides what a person sees first: what waits for them, what came in today, what the room holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from fastapi.responses import Response

from index.custody.closing import standings
from index.domain.access import Act
from index.domain.arranging.closing import Due
from index.domain.batch import BatchState
from index.domain.scan import ScanState
from viewer import frame
from viewer.news import Told, told
from viewer.visit import Here, Visit


def start(visit: Here) -> Response:
    shown = {"came": _came_in(visit), "held": _held(visit), "batches": _batches(visit), "news": _news(visit)}
    return frame.show(visit, "start.html", years=_years(visit), **shown)


def _news(visit: Visit) -> Sequence[Told]:
    """The saved searches in which something is new to this person."""
    if not visit.may(Act.SEARCH):
        return ()
    return [one for one in told(visit.home, visit.who.id, visit.permit) if one.new]


def _batches(visit: Visit) -> Mapping[str, int]:
    """How many batches wait to be checked, and to be signed by a second person."""
    if not visit.may(Act.CHECK):
        return {"open": 0, "checked": 0}
    with visit.home.catalogue.reading() as work:
        waiting = (BatchState.OPEN, BatchState.CHECKED)
        return {state.value: work.batches.listed((state,), limit=1)[1] for state in waiting}


def _years(visit: Visit) -> Mapping[Due, int]:
    """How many class-years should be closed by now, and soon (SCH-11)."""
    if not visit.may(Act.REVIEW):
        return {}
    with visit.home.catalogue.reading() as work:
        found = standings(work, visit.permit, visit.home.packs, visit.home.clock.today())
    return Counter(one.due for one in found if one.due in (Due.OVERDUE, Due.SOON))


def _came_in(visit: Visit) -> Mapping[str, int]:
    """Ledger counts of the room's own day; nothing for those who do not capture."""
    if not visit.may(Act.CAPTURE):
        return {}
    clock = visit.home.clock
    midnight = datetime.combine(clock.today(), time(), clock.zone)
    with visit.home.catalogue.reading() as work:
        counted = work.listings.today(midnight)
    return {state: counted[state] for state in ScanState if state in counted}


def _held(visit: Visit) -> Mapping[str, int]:
    """Fonds, items and pages within what this person may read."""
    with visit.home.catalogue.reading() as work:
        branches = work.listings.tree(visit.permit)
    fonds = {branch.fonds_id for branch in branches}
    return {"fonds": len(fonds), "items": sum(b.items for b in branches), "pages": sum(b.pages for b in branches)}
