"""Decides how a search is asked on the web and how its answer is laid out: facets as links, hits as pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import Response

from index.domain.access import LOGGED
from index.domain.retention import period
from index.ports import Search
from viewer import frame, querying
from viewer.finding import Answer, find
from viewer.reading import marking_of
from viewer.suggesting import Offer, did_you_mean
from viewer.visit import Here, Visit
from viewer.words.terms import term

PER_PAGE = 20
BOUNDS = ("fonds", "series", "year", "retention", "marking", "date_from", "date_to")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many pages it would leave, and the address that chooses it, or lets go of it."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


def search(
    visit: Here,
    q: str = Query("", max_length=200),
    page: int = Query(1, ge=1, le=5000),
    fonds: str = "",
    series: str = "",
    year: str = "",
    retention: str = "",
    marking: str = "",
) -> Response:
    """The search page; with an empty box, only the box."""
    bounds: dict[str, Any] = {
        "fonds": fonds,
        "series": series,
        "year": year,
        "retention": retention,
        "marking": marking,
    }
    asked = {"q": q.strip(), **{name: value for name, value in bounds.items() if value}}
    if not asked["q"]:
        return _page(visit, "", None, {}, 1)
    query = querying.query(visit.home, asked["q"])
    wanted = Search(query, visit.permit, limit=PER_PAGE, offset=(page - 1) * PER_PAGE, **bounds)
    answer = find(visit.home, wanted)
    note_restricted(visit, asked["q"], answer)
    offers = did_you_mean(visit.home, wanted, answer.total)
    return _page(visit, asked["q"], answer, asked, page, offers)


def _page(
    visit: Visit, q: str, answer: Answer | None, asked: Mapping[str, str], page: int, offers: Sequence[Offer] = ()
) -> Response:
    facets = _facets(visit, answer, asked) if answer else {}
    paging = {"page": page, "per_page": PER_PAGE}
    shown = {"answer": answer, "asked": asked, "facets": facets, "series_title": series_title}
    return frame.show(visit, "search.html", q=q, offers=offers, **shown, **paging)


def note_restricted(visit: Visit, query: str, answer: Answer) -> None:
    """A snippet of a personal or confidential page is a reading too: journal whose (EA-09)."""
    seen = sorted({hit.item.id for hit in answer.hits if marking_of(hit.item) in LOGGED})
    if seen:
        with visit.home.catalogue.writing() as work:
            work.journal.write(visit.who.name, "search", "", query=query, items=seen)


def _facets(visit: Visit, answer: Answer, asked: Mapping[str, str]) -> Mapping[str, list[Choice]]:
    """The facets that tell anything apart, in the order of the catalogue; years newest first."""
    shown: dict[str, list[Choice]] = {}
    for name in ("fonds", "series", "year", "retention", "marking"):
        counts = {asked[name]: 0} if name in asked else {}
        counts |= {value: count for value, count in answer.facets.get(name, {}).items() if value}
        values = sorted(counts, reverse=True) if name == "year" else sorted(counts, key=lambda v: -counts[v])
        shown[name] = [_choice(visit, name, value, counts[value], asked) for value in values]
    return {name: choices for name, choices in shown.items() if choices}


def _choice(visit: Visit, name: str, value: str, count: int, asked: Mapping[str, str]) -> Choice:
    chosen = asked.get(name) == value
    others = {key: kept for key, kept in asked.items() if key != name}
    address = f"/search?{urlencode(others if chosen else {**others, name: value})}"
    return Choice(value, label(visit, name, value), count, address, chosen)


def label(visit: Visit, name: str, value: str) -> str:
    """What a stored value of a facet is called in the visitor's language."""
    if name == "retention":
        return period(value).words(visit.language)
    if name == "series":
        return series_title(visit, value)
    return visit.say(term("marking", value)) if name == "marking" else value


def series_title(visit: Visit, code: str) -> str:
    """The series' title by the first pack that knows its code, else the code."""
    known = (pack.series_of(code) for pack in visit.home.packs)
    return next((series.title.get(visit.language, code) for series in known if series), code)
