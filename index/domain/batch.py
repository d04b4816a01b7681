"""Decides the life of a batch (批次): what came through one place on one day, checked by one person, signed by another.

    open -> checked -> signed        checked | signed -> open (somebody reopens it, with a reason)

Who checked, marked a page or stood at the scanner cannot sign. What was checked is sealed: when pages changed since,
there is nothing to sign but a new check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from index.domain.errors import Conflict, Refused, WrongUse
from index.domain.proof.sampling import Drawing


class BatchState(StrEnum):
    OPEN = "open"
    CHECKED = "checked"
    SIGNED = "signed"


_NEXT: dict[BatchState, frozenset[BatchState]] = {
    BatchState.OPEN: frozenset({BatchState.CHECKED}),
    BatchState.CHECKED: frozenset({BatchState.SIGNED, BatchState.OPEN}),
    BatchState.SIGNED: frozenset({BatchState.OPEN}),
}


def check_step(state: BatchState, to: BatchState) -> None:
    """Raise Conflict("batch-state") when a batch in `state` may not become `to`."""
    if to not in _NEXT[state]:
        raise Conflict("batch-state")


class Verdict(StrEnum):
    """What a person said of a page they looked at (合格, 不合格)."""

    WAITING = ""
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Mark:
    """A page that was drawn to be looked at, or that a person judged without its being drawn (`drawing` 0).

    A bad page is to be scanned again; `reason` says why.
    """

    page_id: str
    drawing: int = 0
    verdict: Verdict = Verdict.WAITING
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch. `key` names its place, `code` (20261123-2) is the number that people use.

    `expected_pages` and `operator` (who stood at the scanner) are given by a person, as are `title` and `note`.
    `seed` draws the sample; `drawings` are the draws so far. `seal` is that of the pages as they were checked.
    `version` counts changes, so that two people do not overwrite each other; 0 has never been kept.
    """

    id: str
    key: str
    day: date
    opened_at: datetime
    seed: int
    code: str = ""
    fonds_id: str | None = None
    title: str = ""
    state: BatchState = BatchState.OPEN
    expected_pages: int | None = None
    operator: str = ""
    note: str = ""
    drawings: tuple[Drawing, ...] = ()
    seal: str = ""
    checked_by: str = ""
    checked_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    version: int = 0

    @property
    def place(self) -> str:
        """The folder that it came through, as its key names it."""
        return "/".join(self.key.split("\n")[3:])

    @property
    def is_open(self) -> bool:
        return self.state is BatchState.OPEN


def checked(batch: Batch, who: str, at: datetime, seal: str) -> Batch:
    """The batch with its check closed. Raises Conflict("batch-state")."""
    check_step(batch.state, BatchState.CHECKED)
    return replace(batch, state=BatchState.CHECKED, checked_by=who, checked_at=at, seal=seal)


def signed(batch: Batch, who: str, at: datetime, seal: str, judges: Collection[str]) -> Batch:
    """The batch signed by a second person; `judges` are those who marked a page.

    Raises Refused("second-person") for anybody who had a hand in it, Conflict("batch-state" | "batch-changed").
    """
    check_step(batch.state, BatchState.SIGNED)
    if who in had_a_hand(batch, judges):
        raise Refused("second-person", name=who)
    if seal != batch.seal:
        raise Conflict("batch-changed")
    return replace(batch, state=BatchState.SIGNED, signed_by=who, signed_at=at)


def had_a_hand(batch: Batch, judges: Collection[str]) -> frozenset[str]:
    """Everybody who scanned, checked or marked: none of them can be the second person."""
    return frozenset({batch.checked_by, batch.operator, *judges} - {""})


def reopened(batch: Batch, reason: str) -> Batch:
    """The batch open again; marks and draws stay. Raises WrongUse("reason-missing"), Conflict("batch-state")."""
    check_step(batch.state, BatchState.OPEN)
    if not reason.strip():
        raise WrongUse("reason-missing")
    nobody = {"checked_by": "", "checked_at": None, "signed_by": "", "signed_at": None, "seal": ""}
    return replace(batch, state=BatchState.OPEN, **nobody)  # type: ignore[arg-type]


def seal_of(pages: Iterable[tuple[str, str, str]]) -> str:
    """The SHA-256 of (page id, SHA-256 of its scan, its role), in the order of the ids."""
    lines = "\n".join(" ".join(page) for page in sorted(pages))
    return hashlib.sha256(lines.encode()).hexdigest()


def key_of(day: date, home: str, fonds_id: str | None, place: Sequence[str]) -> str:
    """What all scans of one batch share."""
    return "\n".join([day.isoformat(), home, fonds_id or "", *place])


def place_of(path: bytes, home: str, depth: int) -> tuple[str, ...]:
    """The folders that make one place of all that lies below them.

    Below the drop folder the first two (the fonds and the top folder in it); elsewhere the folder that somebody pointed
    at, which lies `depth` folders above the file (0: the file itself was pointed at).
    """
    folders = tuple(part.decode("utf-8", "replace") for part in path.split(b"/")[:-1])
    if home == "drop":
        return folders[:2]
    return folders[: len(folders) - depth + 1] if depth else folders
