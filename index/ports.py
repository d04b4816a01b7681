"""Decides what the rooms above may ask of storage: Protocols, and the values that cross them.

Adapters stand in `index.catalogue` (SQL), `index.text` (Whoosh), `index.vault` (files) and `index.jobs` (queue);
`config.wiring` hands them out. No Protocol has more than eight methods.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from index.domain.access import Permit

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

    `heading` (title, document number, creator, code) is given for an item's first page only.
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

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """Write a whole new generation beside the live one, swap, and return how many pages it holds."""

    def check(self) -> Sequence[str]:
        """Sentences about what is damaged; empty when all is well."""


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

    def ask(self, actor: str, *ids: str) -> None:
        """Put one message; the same message waiting already is not put twice."""

    def waiting(self) -> Mapping[str, int]:
        """Queue -> messages not yet done."""


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
