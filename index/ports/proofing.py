"""Decides what the books of proofing hold: corrections, the quality of text, readings made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from index.domain.access import Permit
from index.domain.holdings import Page
from index.domain.proof.alignment import Swap
from index.domain.proof.proofing import Correction
from index.domain.proof.rereading import Change, Report, Rereading, Scope
from index.domain.proof.text_quality import Proof, Quality, Sample
from index.domain.reading import PageReading


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
