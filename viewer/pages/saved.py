"""Decides how a person keeps searches under names, and how they look at what is new in them."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.domain.errors import Conflict, MunimentError
from index.domain.identity import new_id
from index.domain.saved import LONGEST_NAME, SavedSearch, named
from viewer import frame
from viewer.asking import Asked, asked_of
from viewer.news import looked, told
from viewer.visit import Here, Visit

MOST = 200
"""Searches that one person may keep."""


def saved(visit: Here) -> Response:
    return _shown(visit)


def save(visit: Here, asked: str = Form("", max_length=4000), name: str = Form(""), told: str = Form("")) -> Response:
    """Keep a search; what is found of it by now counts as known."""
    kept = replace(asked_of(asked), new="")
    if not kept.q:
        return RedirectResponse("/search", 303)
    try:
        _add(visit, kept, name, bool(told))
    except MunimentError as problem:
        return _shown(visit, problem, asked=kept, name=name)
    return RedirectResponse("/saved", 303)


def change(visit: Here, saved_id: str, name: str = Form(""), told: str = Form("")) -> Response:
    """Another name; being told, or no more. Who begins to be told is told of what comes from now on."""
    try:
        with visit.home.catalogue.writing() as work:
            known = work.saved.get(visit.who.id, saved_id)
            changed = replace(known, name=named(name, known.name), told=bool(told))
            work.saved.keep(looked(work, changed) if changed.told and not known.told else changed)
            work.journal.write(visit.who.name, "search-changed", saved_id, name=changed.name, told=changed.told)
    except Conflict as problem:
        return _shown(visit, problem)
    return RedirectResponse("/saved", 303)


def look(visit: Here, saved_id: str) -> Response:
    """Show what is new, and count it as known."""
    with visit.home.catalogue.writing() as work:
        known = looked(work, work.saved.get(visit.who.id, saved_id))
    return RedirectResponse(asked_of(known.asked).changed(new=known.id).address, 303)


def delete(visit: Here, saved_id: str) -> Response:
    with visit.home.catalogue.writing() as work:
        known = work.saved.get(visit.who.id, saved_id)
        work.saved.remove(known.id)
        work.journal.write(visit.who.name, "search-deleted", known.id, name=known.name)
    return RedirectResponse("/saved", 303)


def _add(visit: Visit, kept: Asked, name: str, told: bool) -> None:
    with visit.home.catalogue.writing() as work:
        if len(work.saved.of_person(visit.who.id)) >= MOST:
            raise Conflict("saved-too-many", most=MOST)
        newest = work.arrivals.newest()
        of_person = (visit.who.id, named(name, kept.q), kept.encoded, told)
        one = SavedSearch(new_id(), *of_person, visit.home.clock.now(), newest, newest)
        work.saved.add(one)
        work.journal.write(visit.who.name, "search-saved", one.id, name=one.name, asked=one.asked, told=told)


def _shown(visit: Visit, problem: MunimentError | None = None, asked: Asked | None = None, name: str = "") -> Response:
    with visit.home.catalogue.reading() as work:
        kept = work.saved.of_person(visit.who.id)
    news = {one.saved.id: one for one in told(visit.home, visit.who.id, visit.permit)}
    said = {"problem": problem.sentence(visit.language) if problem else "", "asked": asked, "name": name}
    searches = [(one, asked_of(one.asked), news.get(one.id)) for one in kept]
    status = problem.http_status if problem else 200
    return frame.show(visit, "saved.html", status, searches=searches, longest=LONGEST_NAME, **said)
