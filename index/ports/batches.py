"""Decides what may be asked of the book of batches: the Protocol, and a page as a batch sheet lists it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.domain.batch import Batch, BatchState, Mark
from index.domain.holdings import Page


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A page with the scan it came in: the file's path as it can be shown, the SHA-256 of its bytes."""

    batch_id: str
    page: Page
    path: str
    sha256: str
    title: str
    reference_code: str

    @property
    def file(self) -> str:
        """The file's own name."""
        return self.path.rsplit("/", 1)[-1]


class Batches(Protocol):
    """What came through one place on one day, and what people said of its pages."""

    def add(self, batch: Batch) -> Batch:
        """Keep a new batch; it gets the next code of its day."""

    def save(self, batch: Batch) -> Batch:
        """Write it if nobody did since it was read, and return it with its new version.

        Raises Conflict("batch-changed-meanwhile").
        """

    def get(self, batch_id: str) -> Batch:
        """By id or by code; raises Missing("no-such-batch")."""

    def listed(
        self, states: Collection[BatchState] = (), key: str = "", limit: int = 0, offset: int = 0
    ) -> tuple[Sequence[Batch], int]:
        """Batches, newest first, and how many there are in all. Without a key only those that hold a captured file."""

    def pages(self, batch_ids: Collection[str]) -> Sequence[BatchPage]:
        """Every page of these batches, whatever its role, in the order of folders, files and frames."""

    def files(self, batch_ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """batch id -> how many of its files are in each state of a scan."""

    def marks(self, batch_ids: Collection[str]) -> Mapping[str, Sequence[Mark]]:
        """batch id -> its marks, by page id."""

    def mark(self, batch_id: str, mark: Mark) -> None:
        """Write what is said of a page, over what was said before."""
