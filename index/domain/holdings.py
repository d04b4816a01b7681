"""Decides what the room holds: fonds, files, items and pages, and the states an item passes through.

captured -> described -> review | filed      review | filed -> withdrawn
withdrawn -> review (a person reopens it) | captured (its scan is tried again)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from index.domain.description import Value
from index.domain.errors import Conflict
from index.domain.identity import ReferenceCode
from index.domain.looks import Look
from index.domain.reading import Box, Script


class ItemState(StrEnum):
    CAPTURED = "captured"
    DESCRIBED = "described"
    REVIEW = "review"
    FILED = "filed"
    WITHDRAWN = "withdrawn"


_NEXT: dict[ItemState, frozenset[ItemState]] = {
    ItemState.CAPTURED: frozenset({ItemState.DESCRIBED, ItemState.WITHDRAWN}),
    ItemState.DESCRIBED: frozenset({ItemState.DESCRIBED, ItemState.REVIEW, ItemState.FILED, ItemState.WITHDRAWN}),
    ItemState.REVIEW: frozenset({ItemState.DESCRIBED, ItemState.REVIEW, ItemState.FILED, ItemState.WITHDRAWN}),
    ItemState.FILED: frozenset({ItemState.FILED, ItemState.WITHDRAWN}),
    ItemState.WITHDRAWN: frozenset({ItemState.REVIEW, ItemState.CAPTURED}),
}


def check_step(state: ItemState, to: ItemState) -> None:
    """Raise Conflict("wrong-state") when an item in `state` may not become `to`."""
    if to not in _NEXT[state]:
        raise Conflict("wrong-state", state=state)


@dataclass(frozen=True, slots=True)
class Fonds:
    """全宗: the records of one body. Carries one or more packs; `grammar` writes its reference codes."""

    id: str
    code: str
    title: str
    packs: tuple[str, ...]
    grammar: str = "dat22-2015"
    former: tuple[str, ...] = ()
    """The numbers it had before (WX-11): they still lead to it, and no other fonds may take them."""

    def answers_to(self, code: str) -> bool:
        return code in (self.code, *self.former)


@dataclass(frozen=True, slots=True)
class File:
    """案卷: here the subject file, one for each subject (一户一档); `number` is its 案卷号 in the series."""

    id: str
    fonds_id: str
    series: str
    subject_key: str
    title: str
    number: int
    opened_at: datetime
    closed_at: datetime | None = None
    subject: str = ""
    """What its key tells apart (employee_number, room): one code may be an employee's and a customer's."""


@dataclass(frozen=True, slots=True)
class Item:
    """件: one document. `description` holds every field with its source; the rest says where it stands.

    `version` counts changes, so that two people do not overwrite each other.
    The policy that decided (pack, version, digest) is kept and never rewritten by a later edition.
    """

    id: str
    state: ItemState
    captured_at: datetime
    fonds_id: str | None = None
    file_id: str | None = None
    reference_code: str = ""
    filing_year: str = ""
    """The year it is filed under: the school year's first for teaching documents; none in a subject file."""
    pack_version: str = ""
    pack_digest: str = ""
    description: Mapping[str, Value] = field(default_factory=dict)
    confidence: float = 0.0
    page_count: int = 0
    filed_at: datetime | None = None
    version: int = 1
    origin: str = ""
    """What it was captured from: the run's folder or the file's name, as shown."""
    run: str | None = None
    """The numbered folder it was captured from, when it came as single pages."""
    joined_to: str | None = None
    """The item its pages went to, when people made one of two; its code stays its own."""
    code: ReferenceCode | None = None
    """The parts of its reference code, of which `reference_code` is what its fonds writes."""
    place: int = 0
    """Where a person put it among the items of its class or volume, from 1; 0 is where its number puts it."""
    volume_id: str | None = None
    """The volume or box it was put into."""
    location_id: str | None = None
    arranged_at: datetime | None = None
    shelved_at: datetime | None = None
    late: bool = False
    """It was filed after the files of its year had been closed (SCH-11)."""

    def value(self, name: str) -> str:
        """The field's value, or "" when nothing is known."""
        known = self.description.get(name)
        return known.value if known else ""

    @property
    def title(self) -> str:
        return self.value("title")

    @property
    def filed(self) -> bool:
        return self.state is ItemState.FILED


class PageState(StrEnum):
    WAITING = "waiting"
    READ = "read"


class PageRole(StrEnum):
    """What a scanned page is for: paper of the record, or a sheet that only steers the scanning."""

    CONTENT = "content"
    SEPARATOR = "separator"
    REMOVED = "removed"
    """Taken out by a person (a rescan replaced it, it is there twice); kept, never counted."""
    PARTED = "parted"
    """Two facing pages that stand as halves of their own now, or halves that were joined again; kept, never counted."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an item: `frame` (from 1) of its scan; `number` (from 1) in the item, in the order of `rank`.

    `part` is 0 for a whole frame, 1 and 2 for its left and right half where two facing pages were scanned as one.
    `crop` is the half's place in the frame as it was scanned, before any turn.
    `given_turn` are the clockwise quarter turns a person chose; nothing is looked for then. `look` is the scan's look.
    `given_blank` is what a person said of a page that seemed blank; `blank` follows it.

    `version` rises with every change that the index must learn of; the index holds `indexed_version`.
    `key` names the reading kept: source bytes, frame, engine, its version and settings.
    """

    id: str
    item_id: str
    scan_id: str
    number: int
    frame: int
    state: PageState = PageState.WAITING
    width: int = 0
    height: int = 0
    dpi: int = 0
    kind: str = ""
    blank: bool = False
    turned: int = 0
    script: Script = Script.NONE
    confidence: float = 0.0
    key: str = ""
    version: int = 1
    indexed_version: int = 0
    rank: int = 0
    part: int = 0
    given_turn: int | None = None
    role: PageRole = PageRole.CONTENT
    look: Look = field(default_factory=Look)
    crop: Box | None = None
    given_blank: bool | None = None
    doubtful: int = 0
    """Words that neither the machine nor a person is sure of, by the room's setting."""

    @property
    def illegible(self) -> bool:
        """Something stands on it, and the machine could read nothing of it."""
        return self.state is PageState.READ and not self.blank and not self.confidence
