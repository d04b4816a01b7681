"""Decides how pages are ordered to be read again, how far that has come, and what the report of it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from config.settings import ENGINES
from index.custody import rereading
from index.domain.errors import Final, Missing, WrongUse
from index.domain.holdings import Fonds, Item, Page
from index.domain.proof.rereading import Change, Report, Scope
from index.ports import Work
from viewer import frame
from viewer.narrowing import series_title
from viewer.reading import admitted, readable
from viewer.visit import Here, Visit

#: The pages that changed most, shown with a report.
MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class Changed:
    """A page of the report; `item` is None for one that this person may not see, or that is no more."""

    change: Change
    item: Item | None
    page: Page | None


def orders(visit: Here, item: str = "") -> Response:
    return _page(visit, {"item": item})


def order(
    visit: Here,
    item: str = Form(""),
    place: str = Form(""),
    older: str = Form(""),
    engine: str = Form(""),
    all: str = Form(""),
    page: int = Form(0, ge=0),
) -> Response:
    """Order a rereading; `page` is one page of `item`, `place` is "FONDS-ID/SERIES".

    Without item, place or older engine, `all` must be said.
    """
    typed = {"item": item, "place": place, "older": older, "engine": engine, "all": all, "page": str(page)}
    try:
        with visit.home.catalogue.writing() as work:
            scope = _scope(visit, work, typed)
            made = rereading.order(work, scope, _engine(engine), visit.who.name, visit.home.clock.now())
    except Final as problem:
        return _page(visit, typed, problem, problem.http_status)
    with visit.home.catalogue.reading() as work:
        rereading.ask_for_more(work, visit.home.jobs)
    return RedirectResponse(f"/reread/{made.id}", 303)


def _scope(visit: Visit, work: Work, typed: Mapping[str, str]) -> Scope:
    fonds, _, series = typed["place"].partition("/")
    known = readable(work, visit.permit, typed["item"].strip()).id if typed["item"].strip() else ""
    if not (known or fonds or typed["older"] or typed["all"]):
        raise WrongUse("which-pages")
    return Scope(known, fonds, series, typed["older"], int(typed["page"]))


def _engine(asked: str) -> str:
    if asked and asked not in ENGINES:
        raise WrongUse("bad-value", field="engine", value=asked, hint=", ".join(ENGINES))
    return asked


def report(visit: Here, rereading_id: str) -> Response:
    """What an order came to so far: sums, and the pages that changed most."""
    with visit.home.catalogue.reading() as work:
        found = _known(work, rereading_id)
        changes = [_changed(visit, work, one) for one in work.rereadings.changes(rereading_id, MOST_CHANGES)]
        scope = _in_words(visit, work, found.rereading.scope)
    return frame.show(visit, "reread_report.html", report=found, changes=changes, scope=scope)


def stop(visit: Here, rereading_id: str) -> Response:
    with visit.home.catalogue.writing() as work:
        rereading.stop(work, rereading_id, visit.who.name, visit.home.clock.now())
    return RedirectResponse(f"/reread/{rereading_id}", 303)


def _known(work: Work, rereading_id: str) -> Report:
    for found in work.rereadings.reports(rereading_id):
        return found
    raise Missing("no-such-rereading")


def _changed(visit: Visit, work: Work, change: Change) -> Changed:
    try:
        page = work.pages.get(change.page_id)
    except Missing:
        return Changed(change, None, None)
    item = work.items.get(page.item_id)
    return Changed(change, item, page) if admitted(item, visit.permit) else Changed(change, None, None)


def _in_words(visit: Visit, work: Work, scope: Scope) -> str:
    """Which pages were asked for, as the list and the report say it."""
    parts: list[str] = []
    if scope.item_id:
        item = work.items.get(scope.item_id)
        parts.append(item.reference_code or item.title or item.origin)
    if scope.page:
        parts.append(visit.say("Page {n}", n=scope.page))
    if scope.fonds_id:
        parts.append(work.fonds.get(scope.fonds_id).code)
    if scope.series:
        parts.append(f"{scope.series} {series_title(visit, scope.series)}".strip())
    if scope.engine:
        parts.append(visit.say("read by {engine}", engine=scope.engine))
    return " · ".join(parts) or visit.say("Everything")


def _page(visit: Visit, typed: Mapping[str, str], problem: Final | None = None, status: int = 200) -> Response:
    with visit.home.catalogue.reading() as work:
        reports = [(one, _in_words(visit, work, one.rereading.scope)) for one in work.rereadings.reports()]
        engines, places = work.rereadings.engines(), _places(visit, work)
    values = {"reports": reports, "engines": engines, "places": places, "choices": ENGINES, "typed": typed}
    return frame.show(visit, "reread.html", status, problem=problem, **values)


def _places(visit: Visit, work: Work) -> Sequence[tuple[str, str]]:
    """Every fonds and series with pages, as the form names it and as people do."""
    found: list[tuple[str, str]] = []
    fondses: dict[str, Fonds] = {fonds.id: fonds for fonds in work.fonds.all()}
    for fonds in fondses.values():
        found.append((fonds.id, f"{fonds.code} {fonds.title}"))
        series = sorted({branch.series for branch in work.listings.tree(visit.permit) if branch.fonds_id == fonds.id})
        found += [(f"{fonds.id}/{one}", f"{fonds.code} / {one} {series_title(visit, one)}") for one in series if one]
    return found
