"""Decides which pages are offered below the exact hits: those that may hold what was asked, though it was misread.

Never among the exact ones, never without being called what they are. The index finds them by a loosened query; how
sure the reader was of what stands there instead decides which are shown, and in which order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.wiring import Home
from index.domain.errors import Missing, Passing
from index.domain.folding import folded
from index.domain.holdings import Item, Page, PageRole
from index.domain.placing.habits import habits
from index.domain.reading import Box, PageReading
from index.domain.searching.likeness import loosened
from index.domain.searching.look_alikes import LookAlikes, look_alikes
from index.domain.searching.misreading import LEAST, DoubtedPage, Likeness
from index.domain.searching.tree import Query
from index.ports import Found, Hit, Search, Sort, Work
from index.text.highlight import Snippet, Span, boxes, mark, snippet
from viewer.finding import SNIPPET_WIDTH, without_lagging
from viewer.reading import admitted

FEW = 10
"""With fewer exact hits, similar ones are looked for unasked."""
MOST = 10
"""So many are shown."""
LOOKED_THROUGH = 40
"""So many of the index's likeliest pages are judged by the doubt of their reader."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A page that may be meant. `stands` is what was read there instead; `likelihood` 0..1 that it is a misreading."""

    item: Item
    page: Page
    fonds: str
    stands: tuple[str, ...]
    snippet: Snippet
    boxes: tuple[Box, ...]
    likelihood: float

    @property
    def asked(self) -> str:
        """The query that marks on its page what stands there instead."""
        return " ".join(f"“{words}”" for words in self.stands)

    def as_json(self) -> dict[str, object]:
        """As a hit of `muniment search --json`, with what `stands` there, and how likely instead of a score."""
        return {
            "item": self.item.id,
            "reference_code": self.item.reference_code,
            "title": self.item.title,
            "fonds": self.fonds,
            "series": self.item.value("series"),
            "date": self.item.value("date") or None,
            "page": self.page.number,
            "stands": list(self.stands),
            "snippet": self.snippet.text,
            "boxes": [[round(part, 5) for part in (box.x, box.y, box.w, box.h)] for box in self.boxes],
            "likelihood": round(self.likelihood, 4),
        }


@dataclass(frozen=True, slots=True)
class Misread:
    """Pages that may be meant, the likeliest first; not `whole` when some were not looked through."""

    pages: tuple[Similar, ...] = ()
    whole: bool = True


def is_looked_for(search: Search, total: int, asked: bool | None) -> bool:
    """Whether similar pages are wanted: by whoever asks, else where few answer, below the first of them."""
    return (total < FEW and not search.offset) if asked is None else asked


def similar(home: Home, search: Search) -> Misread:
    """The pages that may be meant by `search`, likeliest first, within its permit; none while the index is away."""
    with home.catalogue.reading() as work:
        alike = look_alikes(habits(work.proofs.swaps(), home.settings.proof.confusions))
        loose = loosened(search.query, alike)
        asked = _candidates(home, work, search, loose) if loose else _NOTHING
        found = sorted(_likely(work, search, asked.hits, alike), key=lambda one: -one.likelihood)
    return Misread(tuple(found[:MOST]), whole=not (asked.missing or asked.cut_short))


_NOTHING = Found(0, (), {})


def _candidates(home: Home, work: Work, search: Search, loose: Query) -> Found:
    slice_: dict[str, Any] = {"sort": Sort.RELEVANCE, "facets": (), "offset": 0, "limit": LOOKED_THROUGH}
    asked = replace(search, query=loose, by_item=False, **slice_)
    try:
        return home.text.search(without_lagging(work, asked))
    except Passing:
        return _NOTHING


def _likely(work: Work, search: Search, hits: Sequence[Hit], alike: LookAlikes) -> Iterator[Similar]:
    codes = {fonds.id: fonds.code for fonds in work.fonds.all()}
    for hit in hits:
        known = _known(work, search, hit)
        reading = work.pages.reading(hit.page_id) if known else None
        if known is None or reading is None:
            continue
        likeness = DoubtedPage(reading).likeness(search.query.tree, alike)
        if likeness.stretches and likeness.likelihood >= LEAST:
            item, page = known
            yield _shown(item, page, codes.get(item.fonds_id or "", ""), reading, search.query, likeness)


def _known(work: Work, search: Search, hit: Hit) -> tuple[Item, Page] | None:
    """The item and page of a hit, for whoever may see them."""
    try:
        page = work.pages.get(hit.page_id)
        item = work.items.get(page.item_id)
    except Missing:
        return None
    return (item, page) if page.role is PageRole.CONTENT and admitted(item, search.permit) else None


def _shown(item: Item, page: Page, fonds: str, reading: PageReading, query: Query, likeness: Likeness) -> Similar:
    misread = tuple(Span(*stretch) for stretch in likeness.stretches)
    spans = sorted({*misread, *mark(reading.text, query.leaves)})
    stands = tuple(folded(reading.text[span.start : span.end]).text for span in misread)
    return Similar(
        item,
        page,
        fonds,
        stands,
        snippet(reading.text, misread, SNIPPET_WIDTH),
        boxes(reading.words, spans),
        likeness.likelihood,
    )
