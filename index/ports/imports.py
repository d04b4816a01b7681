"""Decides what the books of imported lists and of the incoming register hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from index.domain.lists.entries import Fault
from index.domain.lists.importing import Import, KeptRow
from index.domain.lists.incoming import Filed, Incoming
from index.domain.lists.linking import Image
from index.domain.lists.sheet import Row


class Imports(Protocol):
    """Lists read from spreadsheets, row by row, and which item each row went to."""

    def add(self, one: Import) -> None: ...
    def save(self, one: Import) -> None: ...
    def get(self, import_id: str) -> Import:
        """Raises Missing("no-such-import")."""

    def all(self) -> Sequence[Import]:
        """The newest first."""

    def keep_rows(self, import_id: str, rows: Sequence[Row]) -> None:
        """The rows as they were read, instead of any before."""

    def rows(self, import_id: str) -> Sequence[KeptRow]:
        """In the order of the spreadsheet."""

    def mark(self, import_id: str, number: int, target: str = "", refused: Fault | None = None) -> None:
        """This row became that; or it was refused, or (neither) may be tried again. 0 is every row not entered."""

    def images(self, fonds_id: str) -> Sequence[Image]:
        """Items of the fonds, or of none, in review or filed; oldest first."""


class IncomingRegister(Protocol):
    """收文簿: what was received."""

    def put(self, entries: Sequence[Incoming]) -> None:
        """Write them, each over the one of its id."""

    def get(self, entry_id: str) -> Incoming:
        """Raises Missing("no-such-entry")."""

    def of_year(self, fonds_id: str, year: int) -> Sequence[Incoming]:
        """In the order of receipt; every year's with year 0."""

    def numbers(self, fonds_id: str) -> Mapping[tuple[int, str], str]:
        """(year, receipt number) -> id of what is there."""

    def filed(self, fonds_id: str) -> Sequence[Filed]:
        """What the filed items of the fonds say that can be compared."""
