"""Decides how a search is asked on the web and how its answer is laid out: facets as links, hits by item and file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Query
from fastapi.responses import Response

from index.domain.access import LOGGED
from index.domain.errors import Missing
from index.domain.holdings import File, ItemState
from index.ports import Selection, Sort, Work
from viewer import frame, querying
from viewer.asking import LONGEST_QUERY, Asked, asked_in
from viewer.finding import Answer, Shown, find
from viewer.narrowing import choices, series_title
from viewer.news import arrived_at
from viewer.reading import marking_of, readable
from viewer.similar import Similar, is_looked_for
from viewer.similar import similar as similar_pages
from viewer.suggesting import did_you_mean
from viewer.visit import Here, Visit

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Block:
    """Hits that stand together: of one file, or of none."""

    file: File | None
    hits: list[Shown] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a search keeps within, beside its facets: the items, and what the page calls them."""

    within: tuple[str, ...] = ()
    named: tuple[tuple[str, str, Asked], ...] = ()
    """(kind, name, the search without this bound)"""
    empty: bool = False
    """Bounds within which there is nothing."""


def search(
    visit: Here,
    q: str = Query("", max_length=LONGEST_QUERY),
    page: int = Query(1, ge=1, le=5000),
    similar: bool | None = None,
) -> Response:
    """The search page; with an empty box, only the box."""
    asked = asked_in(visit.request.query_params.multi_items())
    if not asked.q:
        return _page(visit, asked)
    query = querying.query(visit.home, asked.q)
    bounds = bounds_of(visit, asked)
    wanted = asked.search(query, visit.permit, bounds.within, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    answer = Answer(0, 0, (), {}, query) if bounds.empty else find(visit.home, wanted)
    looked_for = is_looked_for(wanted, answer.total, similar) and not bounds.empty
    alike = similar_pages(visit.home, wanted) if looked_for else None
    note_restricted(visit, asked.q, (*answer.hits, *(alike or ())))
    facets = {} if bounds.empty else choices(visit, asked, query, answer, bounds.within)
    blocks = _blocks(visit, answer) if asked.by == "item" else [Block(None, list(answer.hits))]
    offers = () if bounds.empty else did_you_mean(visit.home, wanted, answer.total, asked.narrowing)
    shown = {"answer": answer, "facets": facets, "page": page, "bounds": bounds.named, "blocks": blocks}
    return _page(visit, asked, offers=offers, similar=alike, **shown)


def _page(visit: Visit, asked: Asked, **shown: object) -> Response:
    plain: dict[str, object] = {"answer": None, "facets": {}, "page": 1, "bounds": (), "blocks": ()}
    plain |= {"offers": (), "similar": None}
    around = {"q": asked.q, "asked": asked, "sorts": tuple(Sort), "series_title": series_title, "per_page": PER_PAGE}
    return frame.show(visit, "search.html", **{**plain, **around, **shown})


def note_restricted(visit: Visit, query: str, hits: Iterable[Shown | Similar]) -> None:
    """A snippet of a personal or confidential page is a reading too: journal whose (EA-09)."""
    seen = sorted({hit.item.id for hit in hits if marking_of(hit.item) in LOGGED})
    if seen:
        with visit.home.catalogue.writing() as work:
            work.journal.write(visit.who.name, "search", "", query=query, items=seen)


# -- within an item, a file, what is new --


def bounds_of(visit: Visit, asked: Asked) -> Bounds:
    """The bounds of the address, each within the permit. Raises Missing for what one may not read anything of."""
    named: list[tuple[str, str, Asked]] = []
    within: set[str] | None = None
    with visit.home.catalogue.reading() as work:
        if asked.item:
            item = readable(work, visit.permit, asked.item)
            named.append(("item", item.title or item.reference_code, asked.changed(item="")))
        if asked.file:
            within = _of_file(work, visit, asked.file)
            named.append(("file", work.files.get(asked.file).title, asked.changed(file="")))
        if asked.new:
            saved = work.saved.get(visit.who.id, asked.new)
            new = set(arrived_at(work, saved, visit.permit).values())
            within = new if within is None else within & new
            named.append(("new", saved.name, asked.changed(new="")))
    return Bounds(tuple(within or ()), tuple(named), within is not None and not within)


def _of_file(work: Work, visit: Visit, file_id: str) -> set[str]:
    """The items of a file; Missing to those who may read nothing in it, as its title names the subject."""
    states = () if visit.permit.unfiled else (ItemState.FILED,)
    items, _ = work.listings.items(Selection(visit.permit, file_id=file_id, states=states))
    if not items:
        raise Missing("no-such-item")
    return {item.id for item in items}


# -- together by file --


def _blocks(visit: Visit, answer: Answer) -> Sequence[Block]:
    """The hits of one file together, where the first of them stands; the others alone."""
    with visit.home.catalogue.reading() as work:
        files = _files(work, answer.hits)
    blocks: dict[str, Block] = {}
    for hit in answer.hits:
        file = files.get(hit.item.file_id)
        blocks.setdefault(file.id if file else hit.item.id, Block(file)).hits.append(hit)
    return list(blocks.values())


def _files(work: Work, hits: Sequence[Shown]) -> Mapping[str, File]:
    return {file_id: work.files.get(file_id) for file_id in {hit.item.file_id for hit in hits} if file_id}
