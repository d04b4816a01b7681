"""Decides what an answer to a search is: the index's hits, each checked against the catalogue, with snippet and boxes.

The web, the JSON API and the command line ask here. Without its index the room still answers, from the catalogue.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from config.wiring import Home
from index.domain.errors import Passing
from index.domain.reading import Box
from index.domain.searching.tree import Facet, Query, Section, Wild, Words
from index.ports import Card, Entry, Found, Hit, Search, Work
from index.text.highlight import Snippet, Span, boxes_at, mark_all, snippet, stamped
from viewer.reading import admitted
from viewer.without_index import answered, is_lost

SNIPPET_WIDTH = 96
"""Characters of a snippet: two lines beside the page's picture."""

ALSO = 8
"""Other pages of an item that are named beside its best one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that matches, as it is shown. `title` and `snippet` are cut into parts, the matching ones marked."""

    item: Entry
    page: Card
    title: Snippet
    snippet: Snippet
    boxes: tuple[Box, ...]
    score: float
    also: tuple[int, ...] = ()
    """By item: numbers of other pages of the item that match, in their order; the best of them, when there are many."""
    more: int = 0
    """How many beyond these."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; `without_index` when the catalogue had to answer for the index."""

    total: int
    took_ms: int
    hits: tuple[Shown, ...]
    facets: Mapping[str, Mapping[str, int]]
    query: Query
    without_index: bool = False
    items: int = 0
    """By item: how many items the pages stand in."""
    missing: tuple[str, ...] = ()
    """Parts of the index that could not answer: what they hold may be missing."""
    cut_short: bool = False
    """Whether some pages were not looked through, as the query asks for too much at once."""

    def as_json(self) -> dict[str, object]:
        """The shape of `muniment search --json`; boxes are fractions of the page, pages count from 1.

        `whole` is false while a part of the index, or all of it, could not answer, and where the search was `cut_short`
        as it asks for too much at once.
        """
        facets = {facet.value: dict(self.facets.get(facet.value, {})) for facet in Facet}
        hits = [_hit_json(hit) for hit in self.hits]
        whole = not (self.without_index or self.missing or self.cut_short)
        read = {"read_as": self.query.read_as, "odd": list(self.query.odd)}
        found = {"total": self.total, "took_ms": self.took_ms, "hits": hits, "facets": facets}
        return {**found, "whole": whole, "cut_short": self.cut_short, **read}

    def as_json_by_item(self) -> dict[str, object]:
        """The same with an item a hit: its best page, and which others match."""
        hits = [{**_hit_json(hit), "also": list(hit.also), "more": hit.more} for hit in self.hits]
        return {**self.as_json(), "items": self.items, "hits": hits}


def find(home: Home, search: Search) -> Answer:
    """The answer to `search`, within its permit."""
    begun = time.perf_counter()
    with home.catalogue.reading() as work:
        found, without_index = _ask(home, work, search)
        hits = tuple(_shown(work, search, found))
    took = round((time.perf_counter() - begun) * 1000)
    lacking = (found.missing, found.cut_short)
    return Answer(found.total, took, hits, found.facets, search.query, without_index, found.items, *lacking)


def counted(home: Home, search: Search, facet: Facet) -> Mapping[str, int]:
    """Pages by value of one facet; nothing while the index is away."""
    with home.catalogue.reading() as work:
        asked = without_lagging(work, replace(search, facets=(facet,), limit=0, by_item=False))
    try:
        return home.text.search(asked).facets.get(facet.value, {})
    except Passing:
        return {}


def matches_in(home: Home, search: Search) -> Found:
    """The pages of one item (`search.item_id`) that match; nothing while the index is away."""
    try:
        return home.text.search(search)
    except Passing:
        return Found(0, (), {})


def _ask(home: Home, work: Work, search: Search) -> tuple[Found, bool]:
    with suppress(Passing):
        found = home.text.search(without_lagging(work, search))
        if found.total or found.cut_short or found.missing or not is_lost(home.text, work):
            return found, False
    return answered(work, search), True


def without_lagging(work: Work, search: Search) -> Search:
    """Readers are not shown what the index still holds under an older marking."""
    return search if search.permit.unfiled else replace(search, without=(*search.without, *work.items.lagging()))


def _shown(work: Work, search: Search, found: Found) -> Iterator[Shown]:
    """The hits that stand; the index may remember pages that are gone, or under an older marking."""
    cards = work.cards.of([hit.page_id for hit in found.hits])
    known = [(hit, card) for hit in found.hits if (card := cards.get(hit.page_id))]
    known = [(hit, card) for hit, card in known if admitted(card.item, search.permit)]
    marked = _marked([card for _, card in known], search.query.leaves)
    numbers = _numbers(work, found)
    for (hit, card), (title, spans) in zip(known, marked, strict=True):
        also = tuple(sorted(numbers[page_id] for page_id in hit.others[:ALSO] if page_id in numbers))
        seals = stamped(card.stamps, search.query.leaves)
        yield _show(card, title, spans, seals, hit, also)


def _numbers(work: Work, found: Found) -> Mapping[str, int]:
    """The numbers of the other pages that are named beside the hits."""
    others = [page_id for hit in found.hits for page_id in hit.others[:ALSO]]
    return work.cards.numbers(others) if others else {}


Spans = Sequence[Span]


def _marked(cards: Sequence[Card], leaves: Sequence[Words | Wild]) -> Iterator[tuple[Spans, Spans]]:
    """Of each card what matches in its item's title, and in its text."""
    texts = [*(card.item.title for card in cards), *(card.text for card in cards)]
    sections = [Section.TITLE] * len(cards) + [Section.ANYWHERE] * len(cards)
    marked = mark_all(texts, leaves, sections)
    return zip(marked[: len(cards)], marked[len(cards) :], strict=True)


def _show(card: Card, in_title: Spans, spans: Spans, seals: Sequence[Box], hit: Hit, also: tuple[int, ...]) -> Shown:
    found = (*boxes_at(card.text, spans, card.places(spans)), *seals)
    title = parted(card.item.title, in_title)
    piece = snippet(card.text, spans, SNIPPET_WIDTH)
    return Shown(card.item, card, title, piece, found, hit.score, also, max(0, len(hit.others) - ALSO))


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
        "fonds": hit.item.fonds,
        "series": hit.item.value("series"),
        "date": hit.item.value("date") or None,
        "page": hit.page.number,
        "snippet": hit.snippet.text,
        "boxes": [[round(part, 5) for part in (box.x, box.y, box.w, box.h)] for box in hit.boxes],
        "score": round(hit.score, 4),
    }
