"""Decides what the books of records hold: items, files, pages, their order, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from index.domain.access import Permit
from index.domain.holdings import File, Item, ItemState, Page
from index.domain.reading import PageReading
from index.domain.scan import Scan


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items a listing shows; empty means any. `states` are item states, `file_id` a subject file."""

    permit: Permit
    fonds_id: str = ""
    series: str = ""
    file_id: str = ""
    year: str = ""
    retention: str = ""
    states: Sequence[str] = ()
    item_ids: Sequence[str] | None = None
    order: str = ""
    """What the listing runs by: title, date, or (empty) the order of the catalogue: fonds, code, title."""
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A count in the browse tree: how many items and pages stand in this fonds, series and file."""

    fonds_id: str
    series: str
    file_id: str
    items: int
    pages: int


class Items(Protocol):
    """The records."""

    def add(self, item: Item) -> None: ...
    def save(self, item: Item) -> Item:
        """Write it if nobody did since it was read, and return it with its new version.

        Raises Conflict("changed-meanwhile").
        """

    def get(self, item_id: str) -> Item:
        """By id or by reference code; raises Missing("no-such-item")."""

    def of_run(self, run: str) -> Item | None:
        """The item that this numbered folder became."""

    def in_state(self, *states: ItemState) -> Sequence[str]:
        """Ids, oldest first."""

    def taught(self, limit: int) -> Sequence[str]:
        """Ids of the newest filed items whose series a person gave, oldest first."""

    def taught_count(self) -> int: ...
    def next_number(self, class_key: str) -> int:
        """The next item number of this lowest class; a number is never given twice (B.1)."""

    def lagging(self) -> Sequence[str]:
        """Ids of items that have a page whose stamps in the index are older than the catalogue's."""

    def old_codes(self) -> Mapping[str, Sequence[str]]:
        """Item id -> the reference codes of the items whose pages it took over when they were joined."""

    def restamp(self, item_id: str) -> None:
        """Something the index must know changed: raise the version of every page."""


class Files(Protocol):
    """The subject files."""

    def open_for(
        self, fonds_id: str, series: str, subject_key: str, title: str, at: datetime, subject: str = ""
    ) -> File:
        """The one open file of this subject, opened now if there is none."""

    def save(self, file: File) -> None:
        """Write what became of it: its series, number, title, or that it is closed."""

    def get(self, file_id: str) -> File: ...
    def of_series(self, fonds_id: str, series: str) -> Sequence[File]: ...
    def by_subject(self, fonds_id: str, subject_key: str, subject: str = "") -> File | None:
        """The open file of this subject."""

    def open_of(self, fonds_id: str, subject_key: str) -> File | None:
        """The open file with this key, whatever it tells apart; None where there is none, or more than one."""

    def keys(self, fonds_id: str, subject: str) -> Sequence[str]:
        """The keys of all subjects of this kind that have an open file."""

    def called(self, fonds_id: str, subject: str, name: str) -> Sequence[str]:
        """The keys of those whose title gives this name beside another key: 季小满 of A0123 季小满."""

    def items(self, file_id: str) -> Sequence[str]:
        """Ids of the filed items in it, by their codes."""


class Pages(Protocol):
    """Pages and what was read on them."""

    def lay_out(self, scan: Scan, frames: int) -> Sequence[Page]:
        """Make the page rows of a scan, once; numbers follow the order of scans in the item.

        Rows beyond `frames` (a newer version is shorter) are dropped: the index must have forgotten them before.
        """

    def get(self, page_id: str) -> Page:
        """Raises Missing("no-such-page")."""

    def of_item(self, item_id: str) -> Sequence[Page]: ...
    def of_scan(self, scan_id: str) -> Sequence[Page]: ...
    def save(self, page: Page, reading: PageReading) -> None:
        """Keep what was read: text, words, boxes, confidences, engine, version, settings. Corrections follow it."""

    def reading(self, page_id: str) -> PageReading | None:
        """What everybody reads: the machine's reading with people's corrections laid over it."""

    def waiting(self, item_id: str = "", limit: int = 0) -> Sequence[str]:
        """Ids of pages not read yet (of this item) whose scan is stored, oldest first."""

    def lately(self, page: Page, count: int) -> Sequence[Page]:
        """The page before this one in its item; for a first page, those read last of its fonds, newest first."""

    def reread(self, scan: Scan) -> None:
        """Its bytes are others now: every page of it waits to be read again."""

    def behind(self, limit: int) -> Sequence[Page]:
        """Pages read whose version the index does not hold."""

    def written(self) -> bool:
        """Whether the index holds any page now, if it is as it should be."""

    def indexed(self, versions: Mapping[str, int]) -> None:
        """The index now holds these pages at these versions."""


class Arrangement(Protocol):
    """The order that people give to pages: which item, which place, which turn."""

    def of_item(self, item_id: str) -> Sequence[Page]:
        """Every page of an item in the order of its rank, also what was taken out or only steers the scanning."""

    def lay(self, pages: Sequence[Page]) -> None:
        """Keep what a person decided of these pages; new ones are added, none is ever dropped.

        The items they were in and are in now are numbered and counted anew; the index learns of what changed.
        """

    def of_items(self, item_ids: Sequence[str]) -> Mapping[str, Sequence[Page]]:
        """The pages that count of many items at once, each in their order."""

    def beside(self, item: Item, permit: Permit, count: int) -> Sequence[Item]:
        """So many items captured before this one, and so many after, of its fonds or of none yet; in that order."""

    def rescans(self, item: Item, permit: Permit, count: int) -> Sequence[Item]:
        """Items of one page in review that were captured since this one, the newest first."""

    def blank(self, permit: Permit, checked: bool, limit: int, offset: int) -> Sequence[tuple[Item, Page]]:
        """Blank pages with their items, newest items first: those a person has looked at, or those nobody has."""


class Listings(Protocol):
    """What pages and exports list; every one asks for the reader's permit."""

    def items(self, selection: Selection, limit: int = 0, offset: int = 0) -> tuple[Sequence[Item], int]:
        """Items in the selection's order, and how many there are in all."""

    def tree(self, permit: Permit) -> Sequence[Branch]:
        """Counts of filed items by fonds, series, file."""

    def doubtful(self, permit: Permit) -> Sequence[Item]:
        """Items in review, the most doubtful first."""

    def ledger(self, state: str, limit: int, offset: int) -> tuple[Sequence[Scan], int]:
        """Ledger rows, newest first; `state` "" means any, "flight" those still moving."""

    def today(self, since: datetime) -> Mapping[str, int]:
        """Ledger counts, by state, of files seen since then."""

    def arrived(self, since: datetime) -> Mapping[str, int]:
        """Files seen since then, by the state of their item (filed, review ...) once they are read, else their own."""

    def years(self, permit: Permit, fonds_id: str, series: str) -> Mapping[str, int]:
        """Filed items by year of their date."""

    def states(self) -> Mapping[str, int]:
        """How many items are in each state, whoever may read them: figures of the room, never a record."""
