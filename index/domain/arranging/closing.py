"""Decides how a class-year stands: how many days are left until it must be closed, and what is still open in it.

SCH-11: files of the year Y are closed by the closing day of Y+1; what comes later is filed all the same, flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from index.domain.arranging.years import NOTICE_DAYS


class Due(StrEnum):
    """How urgent closing is; NO_DAY where the regulation names none, which is a gap in it and never silence."""

    CLOSED = "closed"
    OVERDUE = "overdue"
    SOON = "soon"
    OPEN = "open"
    RUNNING = "running"
    """The year itself is not over yet."""
    NO_DAY = "no-day"


@dataclass(frozen=True, slots=True)
class ClassYear:
    """One series of one fonds in one year, and what has been done with it."""

    fonds_id: str
    pack: str
    series: str
    year: str
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def closed(self) -> bool:
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class Tally:
    """What lies in a class-year: filed items and their pages, and what is still to be done.

    `waiting` are described but not filed, `loose` stand in no volume or box, `drafts` are volumes not yet sealed,
    `unset` have no retention period, `late` were filed after closing.
    """

    filed: int = 0
    pages: int = 0
    waiting: int = 0
    loose: int = 0
    drafts: int = 0
    unset: int = 0
    late: int = 0

    @property
    def open(self) -> dict[str, int]:
        """What keeps the year from being closed, by name; volumes and loose items are assembled by closing itself."""
        return {name: count for name in ("waiting", "unset") if (count := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Standing:
    """A class-year on a certain day."""

    of: ClassYear
    words: str
    """The year as people call it: 2024, 2024-2025."""
    department: str
    tally: Tally
    last_day: date
    closing_day: date | None
    today: date

    @property
    def days_left(self) -> int | None:
        """Until the closing day; below 0 it is overdue by so many."""
        return None if self.closing_day is None else (self.closing_day - self.today).days

    @property
    def due(self) -> Due:
        if self.of.closed:
            return Due.CLOSED
        if self.days_left is None:
            return Due.NO_DAY
        if self.days_left < 0:
            return Due.OVERDUE
        if self.today <= self.last_day:
            return Due.RUNNING
        return Due.SOON if self.days_left <= NOTICE_DAYS else Due.OPEN
