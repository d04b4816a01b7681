"""Decides what the JSON API answers about a person's saved searches: their own alone, as the pages.

Whatever changes something is a POST with the session's token, which every page has in its `meta name="csrf"`, as
X-CSRF-Token.
"""

from __future__ import annotations

from typing import Any

from fastapi import Form, Query

from index.domain.errors import WrongUse
from viewer import saving
from viewer.api.calls import told
from viewer.asking import LONGEST_QUERY, Asked, asked_of
from viewer.news import Told, kept
from viewer.visit import Here


def searches(visit: Here) -> dict[str, Any]:
    """All that one keeps, by name, with how many pages are new in each that is told of."""
    return {"searches": [one.as_json() for one in kept(visit.home, visit.who.id, visit.permit)]}


def keep(
    visit: Here,
    q: str = Form("", max_length=LONGEST_QUERY),
    asked: str = Form("", max_length=4000),
    name: str = Form(""),
    tell: bool = Form(False),
) -> dict[str, Any]:
    """Keep the query `q`, or all that an address says (`asked`: q=...&year=...), to be told of new pages or not."""
    wanted = asked_of(asked) if asked else Asked(q.strip())
    if not wanted.q:
        raise WrongUse("nothing-asked")
    return Told(saving.keep(visit.home, visit.who, wanted, name, told=tell)).as_json()


def change(visit: Here, saved_id: str, name: str = Form(""), tell: bool = Form(False)) -> dict[str, Any]:
    """Another name; being told, or no more."""
    return Told(saving.change(visit.home, visit.who, saved_id, name, told=tell)).as_json()


def look(visit: Here, saved_id: str, limit: int = Query(20, ge=1, le=200)) -> dict[str, Any]:
    """What is new, as a search answers, and from now on known."""
    known = saving.look(visit.home, visit.who, saved_id)
    return told(visit, asked_of(known.asked).changed(new=known.id), limit=limit)


def delete(visit: Here, saved_id: str) -> dict[str, Any]:
    saving.let_go(visit.home, visit.who, saved_id)
    return {"deleted": saved_id}
