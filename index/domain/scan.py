r"""Decides the life of a captured file: the ledger's row, its states, and which may follow which.

    seen -> settling -> stored -> read
                     \-> duplicate | quarantined | ignored       (also from stored: a bad page shows late)
    stored -> ignored                                            (a ZIP, unpacked: its files have rows of their own)
    quarantined -> settling                                      (a person pressed retry or released it)

Every path ever met has one row; seen = stored + duplicate + quarantined + ignored once nothing is in flight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from index.domain.errors import Conflict
from index.domain.naming import Named


class ScanState(StrEnum):
    SEEN = "seen"
    SETTLING = "settling"
    STORED = "stored"
    READ = "read"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"


_NEXT: dict[ScanState, frozenset[ScanState]] = {
    ScanState.SEEN: frozenset({ScanState.SETTLING, ScanState.QUARANTINED, ScanState.IGNORED}),
    ScanState.SETTLING: frozenset({ScanState.STORED, ScanState.DUPLICATE, ScanState.QUARANTINED, ScanState.IGNORED}),
    ScanState.STORED: frozenset(
        {ScanState.READ, ScanState.QUARANTINED, ScanState.STORED, ScanState.DUPLICATE, ScanState.IGNORED}
    ),
    ScanState.READ: frozenset({ScanState.STORED, ScanState.QUARANTINED}),
    ScanState.DUPLICATE: frozenset({ScanState.SETTLING}),
    ScanState.QUARANTINED: frozenset({ScanState.SETTLING, ScanState.IGNORED}),
    ScanState.IGNORED: frozenset({ScanState.SETTLING}),
}

#: Nothing more happens to these by itself.
AT_REST = frozenset({ScanState.READ, ScanState.DUPLICATE, ScanState.QUARANTINED, ScanState.IGNORED})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a scan is where it is: a code of `sentences.py` and the words that fill it."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scan:
    """One file as the ledger knows it. `path` is bytes: names come in any script and any encoding.

    `home` is where the bytes came from: "drop" (moved aside after capture) or "ingest" (left in place).
    `run` and `position` tie the single pages of a numbered folder into one item.
    `batch_id` is the batch it came in, once it is stored.
    `parked` is where the source lies now; `size`, `mtime_ns`, `inode` are the source's when last looked at.
    """

    id: str
    path: bytes
    home: str
    state: ScanState
    seen_at: datetime
    changed_at: datetime
    fonds_id: str | None = None
    pack: str | None = None
    hints: tuple[str, ...] = ()
    run: str | None = None
    position: int = 0
    sha256: str | None = None
    size: int = 0
    mtime_ns: int = 0
    inode: int = 0
    format: str | None = None
    item_id: str | None = None
    duplicate_of: str | None = None
    reason: Reason | None = None
    parked: bytes | None = None
    released: bool = False
    named: Named = field(default_factory=Named)
    """What its name says by its folder's profile, when that was told."""
    batch_id: str | None = None

    @property
    def name(self) -> str:
        """The file's name as it can be shown; bytes that are not UTF-8 become replacement marks."""
        return self.path.rsplit(b"/", 1)[-1].decode("utf-8", "replace")

    @property
    def shown_path(self) -> str:
        return self.path.decode("utf-8", "replace")


def check_step(state: ScanState, to: ScanState) -> None:
    """Raise Conflict("wrong-state") when a scan in `state` may not become `to`."""
    if to not in _NEXT[state]:
        raise Conflict("wrong-state", state=state)
