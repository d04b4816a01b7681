"""Decides how a person's saved searches are shown, and how forms change them."""

from __future__ import annotations

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from index.domain.errors import Conflict, MunimentError
from index.domain.searching.saved import LONGEST_NAME
from viewer import frame, saving
from viewer.asking import Asked, asked_of
from viewer.news import kept
from viewer.visit import Here, Visit


def saved(visit: Here) -> Response:
    return _shown(visit)


def save(visit: Here, asked: str = Form("", max_length=4000), name: str = Form(""), told: str = Form("")) -> Response:
    """Keep a search; what is found of it by now counts as known."""
    wanted = asked_of(asked).changed(new="")
    if not wanted.q:
        return RedirectResponse("/search", 303)
    try:
        saving.keep(visit.home, visit.who, wanted, name, told=bool(told))
    except MunimentError as problem:
        return _shown(visit, problem, asked=wanted, name=name)
    return RedirectResponse("/saved", 303)


def change(visit: Here, saved_id: str, name: str = Form(""), told: str = Form("")) -> Response:
    try:
        saving.change(visit.home, visit.who, saved_id, name, told=bool(told))
    except Conflict as problem:
        return _shown(visit, problem)
    return RedirectResponse("/saved", 303)


def look(visit: Here, saved_id: str) -> Response:
    """Show what is new, and count it as known."""
    known = saving.look(visit.home, visit.who, saved_id)
    return RedirectResponse(asked_of(known.asked).changed(new=known.id).address, 303)


def delete(visit: Here, saved_id: str) -> Response:
    saving.let_go(visit.home, visit.who, saved_id)
    return RedirectResponse("/saved", 303)


def _shown(visit: Visit, problem: MunimentError | None = None, asked: Asked | None = None, name: str = "") -> Response:
    said = {"problem": problem.sentence(visit.language) if problem else "", "asked": asked, "name": name}
    searches = [(one.saved, asked_of(one.saved.asked), one) for one in kept(visit.home, visit.who.id, visit.permit)]
    status = problem.http_status if problem else 200
    return frame.show(visit, "saved.html", status, searches=searches, longest=LONGEST_NAME, **said)
