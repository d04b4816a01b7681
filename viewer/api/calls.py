"""Decides what the JSON API answers: the same searches, items and status as the pages, under the same guard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Query, Request

from index.custody.telling import item_json
from index.domain.searching.tree import Section
from index.ports import Sort
from viewer.answering import answer_to
from viewer.asking import LONGEST_QUERY, Asked, asked_in
from viewer.pages.like import found_like
from viewer.reading import note_reading, note_restricted, readable
from viewer.status import status
from viewer.suggesting import Ending, endings
from viewer.visit import Here, Visit
from viewer.words.terms import term

Values = Annotated[Sequence[str], Query()]


def search(
    visit: Here,
    q: str = Query(min_length=1, max_length=LONGEST_QUERY),
    fonds: Values = (),
    series: Values = (),
    year: Values = (),
    retention: Values = (),
    marking: Values = (),
    language: Values = (),
    item: str = "",
    file: str = "",
    date_from: str = Query("", pattern=r"^(\d{4}(\d{2}(\d{2})?)?)?$"),
    date_to: str = Query("", pattern=r"^(\d{4}(\d{2}(\d{2})?)?)?$"),
    sort: Sort = Sort.RELEVANCE,
    by: Literal["page", "item"] = "page",
    limit: int = Query(20, ge=1, le=200),
    offset: int = Query(0, ge=0, le=100_000),
    similar: bool | None = None,
) -> dict[str, Any]:
    """Pages that hold every word of `q`; dates are YYYY, YYYYMM or YYYYMMDD. Values of one facet are alternatives.

    By item a hit is the best page of its item: `also` are numbers of others that match, `more` how many beyond these.
    `similar` are pages that may be meant though they were misread, when few answer; `did_you_mean`, other queries that
    find more.
    """
    asked = asked_in([*visit.request.query_params.multi_items(), ("by", by)]).changed(new="")
    slice_ = {"limit": limit, "offset": offset, "date_from": date_from, "date_to": date_to}
    return told(visit, asked, similar, **slice_)


def told(visit: Visit, asked: Asked, similar: bool | None = None, **slice_: object) -> dict[str, Any]:
    """The answer to what is asked, in the shape of `muniment search --json`; what is read by it is journalled."""
    whole = answer_to(visit.home, visit.who, asked, similar, **slice_)
    note_restricted(visit, asked.q, whole.restricted)
    return whole.as_json()


def like(visit: Here, item_id: str, page: int = Query(1, ge=1)) -> dict[str, Any]:
    """Pages of other items that are like this one, an item once; `about` are the words they were looked for by."""
    _, kin = found_like(visit, item_id, page)
    return kin.as_json()


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
