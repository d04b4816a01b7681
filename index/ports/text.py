"""Decides what may be asked of full text over pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from index.domain.access import Permit
from index.domain.searching.tree import Facet, Query
from index.ports.ground import Progress


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as the index takes it: its text, the description of its item, and the stamps that filters need.

    The description stands with every page, so that title:… AND words of a later page are found together; but plain
    words are found in it with the page that `leads` its item only (else every page would answer its title).
    `seals` is what the seals on the page say, found with the page's text.
    `date` is YYYYMMDD padded with 00, or empty; `filed` is false until the item is filed.
    """

    page_id: str
    item_id: str
    version: int
    text: str
    leads: bool = False
    title: str = ""
    document_number: str = ""
    creator: str = ""
    code: str = ""
    """Reference code and subject key, old codes too, apart by line ends."""
    seals: str = ""
    fonds: str = ""
    series: str = ""
    retention: str = ""
    marking: str = ""
    date: str = ""
    language: str = ""
    filed: bool = False


class Sort(StrEnum):
    """The order of hits; pages that tie stand latest first, then by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, by whom, within which bounds. Dates are YYYYMMDD; empty means unbounded."""

    query: Query
    permit: Permit
    fonds: str = ""
    series: str = ""
    year: str = ""
    retention: str = ""
    marking: str = ""
    language: str = ""
    date_from: str = ""
    date_to: str = ""
    item_id: str = ""
    within: Collection[str] = ()
    """The only item ids looked into, as of one file; none is no bound."""
    without: Collection[str] = ()
    """Item ids left out: those whose stamps in the index lag behind the catalogue."""
    sort: Sort = Sort.RELEVANCE
    facets: Collection[Facet] = tuple(Facet)
    """Which facets are counted."""
    limit: int = 20
    offset: int = 0
    by_item: bool = False
    """Whether a hit stands for its item, as the best of its pages; `limit` and `offset` then count items."""
    share: float = 1.0
    """How much of the work that one search may cost this one may: less where several are asked for one answer."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that matches."""

    page_id: str
    item_id: str
    score: float
    others: tuple[str, ...] = ()
    """By item: the ids of its other pages that match, in the order of the search."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `total` pages, one slice of them, and for each facet asked for the pages by value, most first.

    `items` is how many items the pages stand in, counted when hits are asked for by item.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    items: int = 0
    missing: tuple[str, ...] = ()
    """The parts of the index that could not answer, and so are in none of these figures."""
    cut_short: bool = False
    """Whether some pages were not looked through, as that would have been too much work or have taken too long."""


class Holds(Protocol):
    def __call__(self, fonds: str, date: str, /) -> bool:
        """Whether a part of an index holds the pages of this fonds and date (as in `PageText`)."""


class TextIndex(Protocol):
    """Full text over pages. Everything in it can be thrown away and made again from the catalogue."""

    def add(self, pages: Sequence[PageText]) -> None:
        """Add or replace these pages (by page_id); on disk and searchable when it returns.

        Raises Conflict("second-writer") when another process is writing.
        """

    def remove(self, page_ids: Collection[str]) -> None:
        """Forget these pages; unknown ids are ignored."""

    def search(self, search: Search) -> Found:
        """Pages whose text holds every leaf of the query, within permit and bounds."""

    def versions(self) -> Mapping[str, int]:
        """page_id -> version of everything held: what verify compares with the catalogue."""

    def size(self) -> int:
        """How many pages are held; cheap enough for every look at the health page."""

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """Write a whole new generation beside the live one, swap, and return how many pages it holds."""

    def check(self) -> Sequence[str]:
        """Sentences about what is damaged; empty when all is well."""

    def tidy(self) -> bool:
        """One step of tidying up, for idle moments; whether there was anything to do."""


@runtime_checkable
class Mendable(Protocol):
    """A TextIndex that notices damage by itself, and can be mended in parts while the others answer."""

    def ailing(self) -> Sequence[str]:
        """The parts that cannot answer until they are mended; cheap enough for every sweep."""

    def mend(self, pages: Callable[[Holds], Iterable[PageText]], progress: Progress) -> int:
        """Write what ails again, of the pages that a part holds; returns how many that were."""
