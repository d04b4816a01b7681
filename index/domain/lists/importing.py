"""Decides what an import is: a list that a room kept in a spreadsheet, on its way into the catalogue.

reading -> read -> entering -> done      reading -> failed      done -> entering (more images have come)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from index.domain.lists.entries import CATALOGUE, Fault, Form
from index.domain.lists.incoming import REGISTER
from index.domain.lists.linking import By
from index.domain.lists.sheet import Row


class Kind(StrEnum):
    """A catalogue of items whose images are here, or the incoming register."""

    CATALOGUE = "catalogue"
    REGISTER = "register"


class ImportState(StrEnum):
    READING = "reading"
    READ = "read"
    FAILED = "failed"
    ENTERING = "entering"
    DONE = "done"


FORMS: Mapping[Kind, Form] = {Kind.CATALOGUE: CATALOGUE, Kind.REGISTER: REGISTER}


@dataclass(frozen=True, slots=True)
class Import:
    """One spreadsheet. `columns` is field -> position of its column; `series` holds for rows that name none.

    `folder` bounds the images that are looked at: a part of their path; `reason` says why it could not be read.
    """

    id: str
    kind: Kind
    name: str
    sha256: str
    fonds_id: str
    by: str
    at: datetime
    state: ImportState = ImportState.READING
    reason: str = ""
    series: str = ""
    folder: str = ""
    link: By = By.CODE
    headings: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        return FORMS[self.kind]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row as it was read: `target` is what it became, or ""; `refused` is why it was not taken when it was tried."""

    row: Row
    target: str = ""
    refused: Fault | None = None
