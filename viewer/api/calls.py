"""Decides what the JSON API answers: the same searches, items and status as the pages, under the same guard."""

from __future__ import annotations

from typing import Any

from fastapi import Query, Request

from index.custody.telling import item_json
from index.domain.query import Section
from index.ports import Search
from viewer import querying
from viewer.finding import find
from viewer.pages.search import note_restricted
from viewer.reading import note_reading, readable
from viewer.status import status
from viewer.suggesting import Ending, endings
from viewer.visit import Here, Visit
from viewer.words.terms import term


def search(
    visit: Here,
    q: str = Query(min_length=1, max_length=200),
    fonds: str = "",
    series: str = "",
    year: str = "",
    retention: str = "",
    marking: str = "",
    date_from: str = Query("", pattern=r"^(\d{4}(\d{2}(\d{2})?)?)?$"),
    date_to: str = Query("", pattern=r"^(\d{4}(\d{2}(\d{2})?)?)?$"),
    limit: int = Query(20, ge=1, le=200),
    offset: int = Query(0, ge=0, le=100_000),
) -> dict[str, Any]:
    """Pages that hold every word of `q`; dates are YYYY, YYYYMM or YYYYMMDD."""
    bounds: dict[str, Any] = {
        "fonds": fonds,
        "series": series,
        "year": year,
        "retention": retention,
        "marking": marking,
    }
    bounds |= {"date_from": date_from, "date_to": date_to}
    query = querying.query(visit.home, q)
    answer = find(visit.home, Search(query, visit.permit, limit=limit, offset=offset, **bounds))
    note_restricted(visit, q, answer)
    return answer.as_json()


def suggest(visit: Here, q: str = Query("", max_length=200)) -> dict[str, Any]:
    """How the last word of `q` may go on, from the titles, creators, numbers and codes that one may see."""
    found = endings(visit.home, visit.permit, q)
    return {"suggestions": [_suggested(visit, one) for one in found]}


def _suggested(visit: Visit, one: Ending) -> dict[str, str]:
    field = "reference_code" if one.section is Section.CODE else one.section.value
    return {"query": one.query, "text": one.text, "field": field, "called": visit.say(term("field", field))}


def item(visit: Here, item_id: str, text: bool = False) -> dict[str, Any]:
    """One item by id or reference code; with `text`, its pages joined by form feeds."""
    with visit.home.catalogue.reading() as work:
        found = readable(work, visit.permit, item_id)
        told = item_json(work, found, text=text)
    note_reading(visit, found, 0)
    return told


def state(visit: Here) -> dict[str, Any]:
    """The ledger, the queues, the index's lag, the workers, the disk."""
    return status(visit.home)


def description(request: Request) -> dict[str, Any]:
    """This API in OpenAPI, for those who have signed in."""
    openapi: dict[str, Any] = request.app.openapi()
    return openapi
