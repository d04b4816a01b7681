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
    """A saved search with how many pages are new in it; None when the index cannot be asked.

    Not `whole` when there may be more, in what could not or was not to be looked through.
    """

    saved: SavedSearch
    new: int | None = 0
    whole: bool = True

    @property
    def count(self) -> str:
        """As it is shown: 1,234 or, when there may be more, 1,234+."""
        return f"{self.new or 0:,}" + ("" if self.whole else "+")

    def as_json(self) -> dict[str, object]:
        """`new` is null where it is not known; there may be more where it is not `whole`."""
        of, asked = self.saved, asked_of(self.saved.asked)
        said = {"id": of.id, "name": of.name, "query": asked.q, "asked": of.asked, "told": of.told}
        return {**said, "saved_at": of.made_at.isoformat(), "new": self.new, "whole": self.whole}


def told(home: Home, person_id: str, permit: Permit) -> Sequence[Told]:
    """Each of the person's searches that want to be told of, with what is new in it since they looked.

    Together they may be as much work as one search: they are counted with every look at the first page.
    """
    with home.catalogue.reading() as work:
        wanted = [saved for saved in work.saved.of_person(person_id) if saved.told]
        since = {saved.seen: work.arrivals.since(permit, saved.seen) for saved in wanted}
        lagging = () if permit.unfiled else tuple(work.items.lagging())
    return [_told(home, saved, permit, since[saved.seen], lagging, 1 / len(wanted)) for saved in wanted]


def kept(home: Home, person_id: str, permit: Permit) -> Sequence[Told]:
    """Every search that the person keeps; of those that are not told of it is not known what is new."""
    with home.catalogue.reading() as work:
        saved = work.saved.of_person(person_id)
    news = {one.saved.id: one for one in told(home, person_id, permit)}
    return [news.get(one.id, Told(one, None)) for one in saved]


def arrived_at(work: Work, saved: SavedSearch, permit: Permit) -> News:
    """What was new when its person looked last."""
    return work.arrivals.since(permit, saved.seen_before, saved.seen) if saved.seen else {}


def looked(work: Work, saved: SavedSearch) -> SavedSearch:
    """Everything of now is known from here on."""
    seen = replace(saved, seen_before=saved.seen, seen=work.arrivals.newest())
    work.saved.keep(seen)
    return seen


def _told(
    home: Home, saved: SavedSearch, permit: Permit, new: News, lagging: Sequence[str], share: float = 1.0
) -> Told:
    """How many of the new pages the search finds. Only the items that have any are looked into."""
    asked = asked_of(saved.asked)
    items = set(new.values()) - set(lagging)
    try:
        items = items & _file_items(home, permit, asked.file) if asked.file else items
        if not items:
            return Told(saved)
        query = querying.query(home, asked.q)
        search = replace(asked, by="page").search(query, permit, tuple(items), limit=MOST, facets=(), share=share)
        found = home.text.search(search)
    except Missing:
        return Told(saved)
    except Passing:
        return Told(saved, None)
    count = sum(hit.page_id in new for hit in found.hits)
    return Told(saved, count, whole=not (found.missing or found.cut_short))


def _file_items(home: Home, permit: Permit, file_id: str) -> set[str]:
    with home.catalogue.reading() as work:
        return {item.id for item in work.listings.items(Selection(permit, file_id=file_id))[0]}
