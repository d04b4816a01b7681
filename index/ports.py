"""Decides what the rooms above may ask of storage: Protocols, and the values that cross them.

Adapters stand in `index.catalogue` (SQL), `index.text` (Whoosh), `index.vault` (files) and `index.jobs` (queue);
`config.wiring` hands them out. No Protocol has more than eight methods.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from index.batch_ports import Batches
from index.domain.access import Permit
from index.domain.alignment import Swap
from index.domain.events import Event
from index.domain.holdings import File, Fonds, Item, ItemState, Page
from index.domain.people import Person, Session
from index.domain.proofing import Correction
from index.domain.reading import PageReading
from index.domain.rereading import Change, Report, Rereading, Scope
from index.domain.scan import Scan, ScanState
from index.domain.text_quality import Proof, Quality, Sample

Progress = Callable[[int, int], None]
"""Called with (done, of); `of` is 0 when it is not known."""


class Clock(Protocol):
    """The time, so that tests own it."""

    def now(self) -> datetime:
        """The moment in UTC, aware."""

    def today(self) -> date:
        """The day in the room's own time zone."""


# -- text ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as the index takes it: its text and the stamps that filters and facets need.

    `heading` is found with the page though it stands beside its text: title, document number, creator and code with an
    item's first page, and what the seals on the page say.
    `date` is YYYYMMDD padded with 00, or empty; `filed` is false until the item is filed.
    """

    page_id: str
    item_id: str
    version: int
    text: str
    heading: str = ""
    fonds: str = ""
    series: str = ""
    retention: str = ""
    marking: str = ""
    date: str = ""
    language: str = ""
    filed: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, by whom, within which bounds. Dates are YYYYMMDD; empty means unbounded."""

    query: str
    permit: Permit
    fonds: str = ""
    series: str = ""
    year: str = ""
    retention: str = ""
    marking: str = ""
    date_from: str = ""
    date_to: str = ""
    item_id: str = ""
    without: Collection[str] = ()
    """Item ids left out: those whose stamps in the index lag behind the catalogue."""
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that matches."""

    page_id: str
    item_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `total` pages, one slice of them, counts by facet, and the folded leaves to mark.

    `facets` holds the keys fonds, series, year, retention, marking. `read_as` says how the query was read.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    leaves: tuple[str, ...] = ()
    read_as: str = ""


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


# -- vault -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the vault: its SHA-256 (hex), size in bytes."""

    sha256: str
    size: int


class Vault(Protocol):
    """Write-once files, named by their SHA-256."""

    def put(self, source: int) -> Stored:
        """Copy the open file descriptor in, fsync, hash again; raises DiskFull. Same bytes are stored once."""

    def path(self, sha256: str) -> str:
        """Where the bytes lie; raises Missing."""

    def fixity(self, sha256: str) -> bool:
        """Whether the bytes still hash to their name."""

    def digests(self) -> Iterable[str]:
        """Everything held."""


# -- work ------------------------------------------------------------------------------------------


class Jobs(Protocol):
    """Asks for work by the actor's name; ids only."""

    def ask(self, actor: str, *ids: str, delay: float = 0.0) -> None:
        """Put one message, due after `delay` seconds; the same message waiting already is not put twice."""

    def remind(self, actor: str, *ids: str) -> None:
        """Put one message unless the same is waiting or being worked on: what the sweep says."""

    def waiting(self) -> Mapping[str, int]:
        """Queue -> messages not yet done."""

    def workers(self) -> Sequence[Mapping[str, object]]:
        """Who is at work: id, kind, seconds since last heard of, what it is doing."""

    def free(self, pid: int | None = None) -> int:
        """Free what process `pid` of this host held, or all that are gone; returns how many messages."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What verify found wrong: `check` names the test, `target` the thing."""

    check: str
    target: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of verify: how many of each were looked at, and every finding."""

    checked: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Finding] = ()

    @property
    def ok(self) -> bool:
        return not self.findings


# -- catalogue -------------------------------------------------------------------------------------


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
    words: str = ""
    """A plain part of title, code, number or creator: how search falls back without its index."""
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


class Fondses(Protocol):
    """The fonds of this home."""

    def add(self, fonds: Fonds) -> None: ...
    def save(self, fonds: Fonds) -> None: ...
    def all(self) -> Sequence[Fonds]: ...
    def get(self, fonds_id: str) -> Fonds:
        """Raises Missing("no-such-fonds")."""

    def by_code(self, code: str) -> Fonds | None: ...


class Scans(Protocol):
    """The ledger: a row for every file ever met."""

    def add(self, scan: Scan) -> None: ...
    def save(self, scan: Scan) -> None: ...
    def get(self, scan_id: str) -> Scan:
        """Raises Missing("no-such-scan")."""

    def at_path(self, path: bytes) -> Scan | None:
        """The newest row of this path."""

    def before(self, scan: Scan) -> Scan | None:
        """The row of the same path before this one."""

    def same_bytes(self, scan: Scan) -> Scan | None:
        """An earlier captured scan of the same fonds, loose, with the same bytes."""

    def in_states(self, *states: ScanState, limit: int = 0, since: datetime | None = None) -> Sequence[Scan]:
        """Oldest first; `limit` 0 means all, `since` only those whose state changed after this moment."""

    def of_item(self, item_id: str) -> Sequence[Scan]:
        """Those captured for this item or with a page in it now, in the order of their positions."""

    def counts(self) -> Mapping[str, int]:
        """How many rows are in each state."""


class Runs(Protocol):
    """Numbered folders of single pages, each captured as one item."""

    def of(self, run: str) -> Sequence[Scan]:
        """The scans of a run in their order."""

    def all_in(self, folder: bytes) -> Sequence[Scan]:
        """The scans of every run that was captured from this very folder, oldest first."""

    def newest_in(self, folder: bytes) -> Sequence[Scan]:
        """The scans of the latest run that was captured from this folder."""

    def same_pages(self, scans: Sequence[Scan]) -> Scan | None:
        """The first scan of an earlier run of the same fonds with the same bytes in the same order."""

    def below(self, folder: bytes, at: datetime) -> Sequence[Scan]:
        """The scans below this folder that were first seen at this very moment, as those of one ZIP are; by path."""


class Versions(Protocol):
    """Which bytes each scan has had: a source that changes after capture keeps its older bytes."""

    def add(self, scan_id: str, sha256: str, size: int, at: datetime) -> None:
        """Keep these bytes for the scan; the same bytes twice are one row."""

    def of(self, scan_id: str) -> Sequence[tuple[str, int, datetime]]: ...
    def references(self) -> Mapping[str, int]:
        """sha256 -> how many scan versions hold it."""


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

    def next_number(self, class_key: str) -> int:
        """The next item number of this lowest class; a number is never given twice (B.1)."""

    def lagging(self) -> Sequence[str]:
        """Ids of items that have a page whose stamps in the index are older than the catalogue's."""

    def restamp(self, item_id: str) -> None:
        """Something the index must know changed: raise the version of every page."""


class Files(Protocol):
    """The subject files."""

    def open_for(self, fonds_id: str, series: str, subject_key: str, title: str, at: datetime) -> File:
        """The one open file of this subject, opened now if there is none."""

    def get(self, file_id: str) -> File: ...
    def of_series(self, fonds_id: str, series: str) -> Sequence[File]: ...
    def by_subject(self, fonds_id: str, subject_key: str) -> File | None: ...


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


class People(Protocol):
    """Accounts and their sessions."""

    def add(self, person: Person) -> None:
        """Raises Conflict("name-taken")."""

    def save(self, person: Person) -> None: ...
    def get(self, person_id: str) -> Person:
        """Raises Missing("no-such-person")."""

    def named(self, name: str) -> Person | None: ...
    def all(self) -> Sequence[Person]: ...


class Sessions(Protocol):
    """Signed-in browsers, and failed attempts to sign in."""

    def add(self, session: Session) -> None: ...
    def get(self, token: str) -> Session | None: ...
    def end(self, *, token: str = "", person_id: str = "") -> None: ...
    def attempt(self, name: str, address: str, at: datetime) -> None:
        """Remember a failed sign-in."""

    def attempts_since(self, name: str, address: str, at: datetime) -> int:
        """Failed sign-ins from this address for this name; for an empty name, whatever name was tried."""

    def purge(self, before: datetime) -> None:
        """Forget sessions that ended and attempts made before this moment."""


class Journal(Protocol):
    """What happened: append-only, each entry chained to the one before."""

    def write(self, actor: str, verb: str, target: str, **details: object) -> None: ...
    def of(self, target: str) -> Sequence[Event]: ...
    def all(self) -> Iterable[Event]:
        """Oldest first, streamed."""


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


class Proofs(Protocol):
    """What people corrected in the text of pages, beside what the machine read."""

    def machine(self, page_id: str) -> PageReading | None:
        """The machine's own reading, uncorrected."""

    def of(self, page_id: str) -> Sequence[Correction]:
        """Everything anybody ever gave for this page, oldest first."""

    def keep(self, corrections: Iterable[Correction]) -> None:
        """Add these, or write what became of those known already (by id)."""

    def changed(self, page_id: str, doubtful: int) -> None:
        """The page reads otherwise now: the index must learn of it; so many of its words are doubtful."""

    def finish(self, proof: Proof) -> None:
        """The whole page has been compared with the paper."""

    def finished(self, page_id: str) -> Proof | None: ...
    def disputed(self, limit: int = 0) -> Mapping[str, int]:
        """page_id -> how many corrections wait for a decision: conflicts, and entries that differ.

        Nothing of pages taken out or items withdrawn.
        """

    def swaps(self) -> Mapping[Swap, int]:
        """How often a character was mistaken for another between these neighbours, by the corrections in force."""


class Qualities(Protocol):
    """How good the text of each series is, as people measured it."""

    def all(self) -> Sequence[Quality]:
        """Every fonds and series with filed pages, each with its newest sample."""

    def pages(self, fonds_id: str, series: str) -> Sequence[str]:
        """Ids of the pages that can be drawn: read, filed, not blank."""

    def doubtful(self, permit: Permit, below: float, limit: int) -> Sequence[Page]:
        """Pages nobody has proofed: illegible ones first, then those with doubtful words, of low confidence first."""

    def doubts(self) -> Mapping[str, int]:
        """item_id -> how many words of its pages are doubtful, of the items in review that have any.

        It is 0 where none was marked, since a page is illegible.
        """

    def add(self, sample: Sample) -> None: ...
    def get(self, sample_id: str) -> Sample:
        """Raises Missing("no-such-sample")."""

    def counting(self, sample: Sample) -> Sequence[str]:
        """Those of its pages that still count, in its order."""


class Rereadings(Protocol):
    """Orders to read pages again, and what came of them."""

    def add(self, rereading: Rereading, page_ids: Sequence[str]) -> None: ...
    def pages(self, scope: Scope) -> Sequence[str]:
        """Ids of the pages read that the scope names, oldest first."""

    def due(self, limit: int = 0) -> Sequence[str]:
        """Ids of pages that some order which was not stopped waits for."""

    def waiting(self, page_id: str) -> Sequence[Rereading]:
        """The orders that wait for this page, oldest first."""

    def keep(self, rereading_id: str, change: Change) -> None:
        """What reading this page again came to."""

    def reports(self, rereading_id: str = "", limit: int = 20) -> Sequence[Report]:
        """This order's report, or those of the newest orders."""

    def changes(self, rereading_id: str, limit: int) -> Sequence[Change]:
        """The pages that changed most, then those that failed."""

    def stop(self, rereading_id: str, at: datetime) -> None: ...
    def engines(self) -> Mapping[str, int]:
        """Engine and version, with a space between -> how many pages; the one that read the newest page first."""


class Work(Protocol):
    """One transaction over the books of the catalogue."""

    @property
    def fonds(self) -> Fondses: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def runs(self) -> Runs: ...
    @property
    def versions(self) -> Versions: ...
    @property
    def items(self) -> Items: ...
    @property
    def files(self) -> Files: ...
    @property
    def pages(self) -> Pages: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def arrangement(self) -> Arrangement: ...
    @property
    def people(self) -> People: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def listings(self) -> Listings: ...
    @property
    def proofs(self) -> Proofs: ...
    @property
    def quality(self) -> Qualities: ...
    @property
    def rereadings(self) -> Rereadings: ...


class Catalogue(Protocol):
    """The unit of work: everything inside one `with` happens together or not at all."""

    def reading(self) -> AbstractContextManager[Work]:
        """A snapshot; nothing may be written."""

    def writing(self) -> AbstractContextManager[Work]:
        """One short BEGIN IMMEDIATE; commits at the end, rolls back on an error. Raises Busy, DiskFull."""
