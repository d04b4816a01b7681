"""Decides how a search is asked on the web and how its answer is laid out: facets as links, hits by item and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi import Query
from fastapi.responses import Response

from index.domain.holdings import File
from index.domain.searching import tree
from index.ports import Sort, Work
from viewer import frame, querying
from viewer.answering import Whole, answered
from viewer.asking import LONGEST_QUERY, Asked, asked_in
from viewer.bounding import bounds_of
from viewer.finding import Answer, Shown
from viewer.narrowing import choices, series_title
from viewer.reading import note_restricted
from viewer.visit import Here, Visit

PER_PAGE = 20
_TOLD = 40
"""Characters that are told of what was passed over."""


@dataclass(frozen=True, slots=True)
class Block:
    """Hits that stand together: of one file, or of none."""

    file: File | None
    hits: list[Shown] = field(default_factory=list)


def search(
    visit: Here,
    q: str = "",
    page: int = Query(1, ge=1, le=5000),
    similar: bool | None = None,
) -> Response:
    """The search page; with an empty box, only the box."""
    asked = asked_in(visit.request.query_params.multi_items())
    if not asked.q:
        return _page(visit, asked)
    query, bounds = _read(visit, q.strip()), bounds_of(visit.home, visit.who, asked)
    wanted = asked.search(query, visit.permit, bounds.within, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    nothing = Whole(Answer(0, 0, (), {}, query))
    whole = nothing if bounds.empty else answered(visit.home, wanted, similar, asked.narrowing)
    note_restricted(visit, asked.q, whole.restricted)
    facets = {} if bounds.empty else choices(visit, asked, query, whole.answer, bounds.within)
    hits = whole.answer.hits
    blocks = _blocks(visit, hits) if asked.by == "item" else [Block(None, list(hits))]
    shown = {"answer": whole.answer, "facets": facets, "page": page, "bounds": bounds.named, "blocks": blocks}
    return _page(visit, asked, offers=whole.offers, similar=whole.similar, **shown)


def _read(visit: Visit, typed: str) -> tree.Query:
    """What was typed, as far as it is heeded; what is beyond was passed over."""
    beyond = typed[LONGEST_QUERY:].strip()
    query = querying.query(visit.home, typed[:LONGEST_QUERY].strip())
    return replace(query, odd=(*query.odd, beyond[:_TOLD])) if beyond else query


def _page(visit: Visit, asked: Asked, **shown: object) -> Response:
    plain: dict[str, object] = {"answer": None, "facets": {}, "page": 1, "bounds": (), "blocks": ()}
    plain |= {"offers": (), "similar": None}
    around = {"q": asked.q, "asked": asked, "sorts": tuple(Sort), "series_title": series_title, "per_page": PER_PAGE}
    return frame.show(visit, "search.html", **{**plain, **around, **shown})


# -- together by file --


def _blocks(visit: Visit, hits: Sequence[Shown]) -> Sequence[Block]:
    """The hits of one file together, where the first of them stands; the others alone."""
    with visit.home.catalogue.reading() as work:
        files = _files(work, hits)
    blocks: dict[str, Block] = {}
    for hit in hits:
        file = files.get(hit.item.file_id)
        blocks.setdefault(file.id if file else hit.item.id, Block(file)).hits.append(hit)
    return list(blocks.values())


def _files(work: Work, hits: Sequence[Shown]) -> Mapping[str, File]:
    return {file_id: work.files.get(file_id) for file_id in {hit.item.file_id for hit in hits} if file_id}
