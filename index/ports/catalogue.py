"""Decides what one transaction over all books is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from index.ports.batches import Batches
from index.ports.cards import Cards
from index.ports.completeness import Completions
from index.ports.imports import Imports, IncomingRegister
from index.ports.ledger import Fondses, Runs, Scans, Versions
from index.ports.people import Journal, People, Sessions
from index.ports.proofing import Proofs, Qualities, Rereadings
from index.ports.records import Arrangement, Files, Items, Listings, Pages
from index.ports.relating import Proposals, Relations
from index.ports.saved import Arrivals, SavedSearches


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
    @property
    def cards(self) -> Cards: ...
    @property
    def saved(self) -> SavedSearches: ...
    @property
    def arrivals(self) -> Arrivals: ...
    @property
    def completions(self) -> Completions: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def incoming(self) -> IncomingRegister: ...
    @property
    def relations(self) -> Relations: ...
    @property
    def proposals(self) -> Proposals: ...


class Catalogue(Protocol):
    """The unit of work: everything inside one `with` happens together or not at all."""

    def reading(self) -> AbstractContextManager[Work]:
        """A snapshot; nothing may be written."""

    def writing(self) -> AbstractContextManager[Work]:
        """One short BEGIN IMMEDIATE; commits at the end, rolls back on an error. Raises Busy, DiskFull."""
