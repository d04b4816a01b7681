"""Decides what an answer to a search is: the index's hits, each checked against the catalogue, with snippet and boxes.

The web, the JSON API and the command line ask here. Without its index the room still answers, from the catalogue.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from config.wiring import Home
from index.domain.errors import Missing, Passing
from index.domain.holdings import Item, ItemState, Page, PageRole
from index.domain.query import Query, Section, Wild, Words
from index.domain.reading import Box, PageReading
from index.ports import Found, Hit, Search, Selection, Work
from index.text.highlight import Snippet, Span, boxes, mark, snippet
from viewer.reading import admitted

SNIPPET_WIDTH = 96
"""Characters of a snippet: two lines beside the page's picture."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that matches, as it is shown. `title` and `snippet` are cut into parts, the matching ones marked."""

    item: Item
    page: Page
    fonds: str
    title: Snippet
    snippet: Snippet
    boxes: tuple[Box, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; `without_index` when the catalogue had to answer for the index."""

    total: int
    took_ms: int
    hits: tuple[Shown, ...]
    facets: Mapping[str, Mapping[str, int]]
    query: Query
    without_index: bool = False
    missing: tuple[str, ...] = ()
    """Parts of the index that could not answer: what they hold may be missing."""

    def as_json(self) -> dict[str, object]:
        """The shape of `muniment search --json`; boxes are fractions of the page, pages count from 1."""
        facets = {name: dict(self.facets.get(name, {})) for name in ("fonds", "series", "year", "retention")}
        hits = [_hit_json(hit) for hit in self.hits]
        return {"total": self.total, "took_ms": self.took_ms, "hits": hits, "facets": facets}


def find(home: Home, search: Search) -> Answer:
    """The answer to `search`, within its permit."""
    begun = time.perf_counter()
    with home.catalogue.reading() as work:
        found, without_index = _ask(home, work, search)
        hits = tuple(_shown(work, search, found))
    took = round((time.perf_counter() - begun) * 1000)
    return Answer(found.total, took, hits, found.facets, search.query, without_index, found.missing)


def matches_in(home: Home, search: Search) -> Found:
    """The pages of one item (`search.item_id`) that match; nothing while the index is away."""
    try:
        return home.text.search(search)
    except Passing:
        return Found(0, (), {})


def _ask(home: Home, work: Work, search: Search) -> tuple[Found, bool]:
    try:
        return home.text.search(_without_lagging(work, search)), False
    except Passing:
        return _from_catalogue(work, search), True


def _without_lagging(work: Work, search: Search) -> Search:
    """Readers are not shown what the index still holds under an older marking."""
    return search if search.permit.unfiled else replace(search, without=work.items.lagging())


def _from_catalogue(work: Work, search: Search) -> Found:
    """Items whose title, code, number or creator holds the words; each stands for its first page."""
    fonds = work.fonds.by_code(search.fonds) if search.fonds else None
    if search.fonds and fonds is None:
        return Found(0, (), {})
    selection = Selection(
        search.permit,
        fonds_id=fonds.id if fonds else "",
        series=search.series,
        year=search.year,
        retention=search.retention,
        states=() if search.permit.unfiled else (ItemState.FILED,),
        words=search.query.typed,
    )
    items, total = work.listings.items(selection, search.limit, search.offset)
    firsts = [pages[0] for item in items if (pages := work.pages.of_item(item.id))]
    return Found(total, tuple(Hit(page.id, page.item_id, 0.0) for page in firsts), {})


def _shown(work: Work, search: Search, found: Found) -> Iterator[Shown]:
    codes = {fonds.id: fonds.code for fonds in work.fonds.all()}
    leaves = search.query.leaves
    for hit in found.hits:
        known = _known(work, hit)
        if known and admitted(known[0], search.permit):
            item, page = known
            yield _show(item, page, work.pages.reading(page.id), codes.get(item.fonds_id or "", ""), leaves, hit)


def _known(work: Work, hit: Hit) -> tuple[Item, Page] | None:
    """What the catalogue knows of a hit; nothing when the index remembers a page that is gone."""
    try:
        page = work.pages.get(hit.page_id)
        return (work.items.get(page.item_id), page) if page.role is PageRole.CONTENT else None
    except Missing:
        return None


def _show(
    item: Item, page: Page, reading: PageReading | None, fonds: str, leaves: Sequence[Words | Wild], hit: Hit
) -> Shown:
    text = reading.text if reading else ""
    spans = mark(text, leaves)
    words = reading.words if reading else ()
    title = parted(item.title, mark(item.title, leaves, Section.TITLE))
    piece = snippet(text, spans, SNIPPET_WIDTH)
    return Shown(item, page, fonds, title, piece, boxes(words, spans), hit.score)


def parted(text: str, spans: Sequence[Span]) -> Snippet:
    """The whole of `text`, cut into parts that match and parts that do not; line breaks stay."""
    cuts = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    parts = [(text[a:b], n % 2 == 1) for n, (a, b) in enumerate(pairwise(cuts))]
    return Snippet(tuple(part for part in parts if part[0]))


def _hit_json(hit: Shown) -> dict[str, object]:
    return {
        "item": hit.item.id,
        "reference_code": hit.item.reference_code,
        "title": hit.item.title,
        "fonds": hit.fonds,
        "series": hit.item.value("series"),
        "date": hit.item.value("date") or None,
        "page": hit.page.number,
        "snippet": hit.snippet.text,
        "boxes": [[round(part, 5) for part in (box.x, box.y, box.w, box.h)] for box in hit.boxes],
        "score": round(hit.score, 4),
    }
