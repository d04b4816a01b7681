"""Decides what of a saved search is new to its person: pages that arrived since they looked, within today's permit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from config.wiring import Home
from index.domain.access import Permit
from index.domain.errors import Missing, Passing
from index.domain.searching.language import read
from index.domain.searching.leaves import Names
from index.domain.searching.saved import SavedSearch
from index.ports import Found, Selection, Work
from viewer import querying
from viewer.asking import Asked, asked_of

#: Pages beyond this are not counted one by one: of one search, and of all together as far as they arrived.
MOST = 10_000
ARRIVED = 20_000
#: So many that arrived are looked at for each moment at which a person looked, however many these are.
FEWEST = 200

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
        looks = {saved.seen for saved in wanted}
        most = max(ARRIVED // max(len(looks), 1), FEWEST)
        since = {seen: work.arrivals.since(permit, seen, limit=most) for seen in looks}
        lagging = () if permit.unfiled else frozenset(work.items.lagging())
    counting = _Counting(home, permit, querying.names(home), lagging, most, 1 / max(len(wanted), 1))
    return [counting.told(saved, since[saved.seen]) for saved in wanted]


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


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts for one person; `share` is how much of the work of one search each may be."""

    home: Home
    permit: Permit
    names: Names
    lagging: Collection[str]
    most: int
    share: float

    def told(self, saved: SavedSearch, new: News) -> Told:
        """How many of the new pages the search finds. Only the items that have any are looked into."""
        asked = asked_of(saved.asked)
        try:
            items = self._items(asked, new)
            found = self._found(asked, items) if items else Found(0, (), {})
        except Missing:
            return Told(saved)
        except Passing:
            return Told(saved, None)
        # A page that arrived unfiled and then filed was met twice.
        whole = 2 * len(new) < self.most and found.total <= MOST and not (found.missing or found.cut_short)
        return Told(saved, sum(hit.page_id in new for hit in found.hits), whole)

    def _items(self, asked: Asked, new: News) -> set[str]:
        items = set(new.values()).difference(self.lagging)
        return items & self._of_file(asked.file) if asked.file else items

    def _of_file(self, file_id: str) -> set[str]:
        with self.home.catalogue.reading() as work:
            return {item.id for item in work.listings.items(Selection(self.permit, file_id=file_id))[0]}

    def _found(self, asked: Asked, items: set[str]) -> Found:
        query = read(asked.q, self.home.clock.today(), self.names)
        slice_ = {"limit": MOST, "facets": (), "share": self.share}
        return self.home.text.search(replace(asked, by="page").search(query, self.permit, tuple(items), **slice_))
