"""Decides what of a saved search is new to its person: pages that arrived since they looked, within today's permit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from config.wiring import Home
from index.domain.access import Permit
from index.domain.errors import Missing, Passing
from index.domain.saved import SavedSearch
from index.ports import Selection, Work
from viewer import querying
from viewer.asking import asked_of

#: Pages beyond this are not counted one by one.
MOST = 10_000

News = Mapping[str, str]
"""page_id -> item_id of what is new."""


@dataclass(frozen=True, slots=True)
class Told:
    """A saved search with how many pages are new in it; None when the index cannot be asked."""

    saved: SavedSearch
    new: int | None


def told(home: Home, person_id: str, permit: Permit) -> Sequence[Told]:
    """Each of the person's searches that want to be told of, with what is new in it since they looked."""
    with home.catalogue.reading() as work:
        wanted = [saved for saved in work.saved.of_person(person_id) if saved.told]
        since = {saved.seen: work.arrivals.since(permit, saved.seen) for saved in wanted}
        lagging = () if permit.unfiled else tuple(work.items.lagging())
    return [Told(saved, _count(home, saved, permit, since[saved.seen], lagging)) for saved in wanted]


def arrived_at(work: Work, saved: SavedSearch, permit: Permit) -> News:
    """What was new when its person looked last."""
    return work.arrivals.since(permit, saved.seen_before, saved.seen) if saved.seen else {}


def looked(work: Work, saved: SavedSearch) -> SavedSearch:
    """Everything of now is known from here on."""
    seen = replace(saved, seen_before=saved.seen, seen=work.arrivals.newest())
    work.saved.keep(seen)
    return seen


def _count(home: Home, saved: SavedSearch, permit: Permit, new: News, lagging: Sequence[str]) -> int | None:
    """How many of the new pages the search finds. Only the items that have any are looked into."""
    asked = asked_of(saved.asked)
    items = set(new.values()) - set(lagging)
    try:
        items = items & _file_items(home, permit, asked.file) if asked.file else items
        if not items:
            return 0
        query = querying.query(home, asked.q)
        search = replace(asked, by="page").search(query, permit, tuple(items), limit=MOST, facets=())
        return sum(hit.page_id in new for hit in home.text.search(search).hits)
    except Missing:
        return 0
    except Passing:
        return None


def _file_items(home: Home, permit: Permit, file_id: str) -> set[str]:
    with home.catalogue.reading() as work:
        return {item.id for item in work.listings.items(Selection(permit, file_id=file_id))[0]}
