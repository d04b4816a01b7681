"""Decides what a rereading is: which pages, by which engine, for whom, and what each page's new reading changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from index.domain.proof.alignment import distance, normalised
from index.domain.proof.proofing import Correction, Standing
from index.domain.reading import PageReading


class RereadState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    """It could not be read this time; its old text stays."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pages are read again: one item's or one of these, a series', a fonds', those of an older engine, or all."""

    item_id: str = ""
    fonds_id: str = ""
    series: str = ""
    engine: str = ""
    """Only pages whose text is by this engine and version ("tesseract 5.3.0"); empty means any."""
    page: int = 0
    """The number of the only page meant, together with its item; 0 means all of them."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """An order to read pages again, in the background; `engine` is "" where the room's own choice holds."""

    id: str
    by: str
    at: datetime
    scope: Scope
    engine: str = ""
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What reading one page again came to: characters before, how many changed, mean confidence before and after.

    `kept` corrections still stand, `conflicts` of them against what is read now.
    """

    page_id: str
    state: RereadState
    reason: str = ""
    characters: int = 0
    changed: int = 0
    before: float = 0.0
    after: float = 0.0
    kept: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A rereading as a whole: pages by state, and the sums over those that were read. Confidences are means."""

    rereading: Rereading
    pages: Mapping[str, int] = field(default_factory=dict)
    altered: int = 0
    characters: int = 0
    changed: int = 0
    before: float = 0.0
    after: float = 0.0
    kept: int = 0
    conflicts: int = 0

    @property
    def total(self) -> int:
        return sum(self.pages.values())

    @property
    def waiting(self) -> int:
        return self.pages.get(RereadState.WAITING, 0)

    @property
    def read(self) -> int:
        return self.pages.get(RereadState.DONE, 0)

    @property
    def failed(self) -> int:
        return self.pages.get(RereadState.FAILED, 0)

    @property
    def running(self) -> bool:
        return bool(self.waiting) and self.rereading.stopped_at is None


def compared(page_id: str, before: PageReading, after: PageReading, corrections: list[Correction]) -> Change:
    """The change from one machine reading to the next; `corrections` are those in force, anchored in the new one."""
    return Change(
        page_id,
        RereadState.DONE,
        characters=len(normalised(before.text)),
        changed=distance(before.text, after.text),
        before=before.confidence,
        after=after.confidence,
        kept=len(corrections),
        conflicts=sum(one.state is Standing.CONFLICT for one in corrections),
    )
