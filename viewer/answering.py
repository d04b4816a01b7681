"""Decides the whole of what a search is answered with: hits, pages where it may be misread, what may have been meant.

The pages, the JSON API and the command line ask here, so that none of them knows more than the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from config.wiring import Home
from index.domain.access import LOGGED
from index.domain.people import Person
from index.domain.searching.tree import Query
from index.ports import Search
from viewer import querying
from viewer.asking import Asked
from viewer.bounding import bounds_of
from viewer.finding import Answer, Shown, find
from viewer.reading import marking_of
from viewer.similar import Misread, Similar, is_looked_for
from viewer.similar import similar as similar_pages
from viewer.suggesting import Offer, did_you_mean


@dataclass(frozen=True, slots=True)
class Whole:
    """`similar` is None where no such pages were looked for; `offers` are queries that find more."""

    answer: Answer
    by_item: bool = False
    similar: Misread | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def restricted(self) -> list[str]:
        """Items of which a snippet is shown, whose reading is journalled."""
        return restricted((*self.answer.hits, *self.misread.pages))

    @property
    def misread(self) -> Misread:
        return self.similar or Misread()

    def as_json(self) -> dict[str, object]:
        """As `muniment search --json`."""
        told = self.answer.as_json_by_item() if self.by_item else self.answer.as_json()
        alike = {"similar": [one.as_json() for one in self.misread.pages], "similar_whole": self.misread.whole}
        meant = [{"query": one.query, "pages": one.pages} for one in self.offers]
        return {**told, **alike, "did_you_mean": meant}


def answered(
    home: Home,
    search: Search,
    similar: bool | None = None,
    narrowing: Callable[[Query], Query] = lambda query: query,
) -> Whole:
    """The answer to `search`. `similar` says whether similar pages are looked for; None leaves it to what is found.

    `narrowing` lays on a query the bounds that are part of its tree.
    """
    answer = find(home, search)
    alike = similar_pages(home, search) if is_looked_for(search, answer.total, similar) else None
    offers = () if answer.cut_short else did_you_mean(home, search, answer.total, narrowing)
    return Whole(answer, search.by_item, alike, offers)


def answer_to(home: Home, person: Person, asked: Asked, similar: bool | None = None, **slice_: object) -> Whole:
    """The answer to what an address asks for, within its bounds and the person's permit."""
    query, bounds = querying.query(home, asked.q), bounds_of(home, person, asked)
    if bounds.empty:
        return Whole(Answer(0, 0, (), {}, query), asked.by == "item")
    return answered(home, asked.search(query, person.permit, bounds.within, **slice_), similar, asked.narrowing)


def restricted(hits: Iterable[Shown | Similar]) -> list[str]:
    """Items among these whose reading is journalled: a snippet is a reading too (EA-09)."""
    return sorted({hit.item.id for hit in hits if marking_of(hit.item) in LOGGED})
