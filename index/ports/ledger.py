"""Decides what the books of capture hold: fonds, scans, runs and versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from index.domain.holdings import Fonds
from index.domain.scan import Scan, ScanState


class Fondses(Protocol):
    """The fonds of this home."""

    def add(self, fonds: Fonds) -> None: ...
    def save(self, fonds: Fonds) -> None: ...
    def all(self) -> Sequence[Fonds]: ...
    def get(self, fonds_id: str) -> Fonds:
        """Raises Missing("no-such-fonds")."""

    def by_code(self, code: str) -> Fonds | None:
        """By its number, or by one that it had before (WX-11)."""

    def beside(self, batch_id: str) -> Mapping[str, int]:
        """Fonds id -> how many items that came in this batch are filed in it."""


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
