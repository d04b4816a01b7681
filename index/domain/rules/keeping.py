"""Decides from which day a record is no longer kept: the longest of all periods that hold for it, never the shortest.

A period that follows a year starts on the first day after it (B.12: a voucher of 2024, kept 30 years, from 2025-01-01
to 2054-12-31); one that follows an event starts on its day. Unset, and a trigger nobody has dated, keep for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.domain.retention import RetentionPeriod, period
from index.domain.rules.duties import Events
from index.domain.rules.policy import Pack, ScheduleRow
from index.domain.rules.reckoning import years_later
from index.domain.rules.rounds import USUAL, Calendar, periods
from index.domain.rules.ruling import Because, because
from index.domain.rules.timing import Period

_DAY = timedelta(days=1)
#: The triggers that are the end of a year: of which kind of year. The paper's own date says which one.
_YEAR_ENDS = {
    "document-year-end": Period.YEAR,
    "fiscal-year-end": Period.FISCAL_YEAR,
    "academic-year-end": Period.ACADEMIC_YEAR,
}
DOCUMENT = "document"
"""The event that is the paper's own date."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept: from `starts` on, free from `free_from` on. Without that day, `why` keeps it."""

    why: Because
    starts: date | None = None
    free_from: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it must be there."""
        return self.free_from - _DAY if self.free_from else None

    def free(self, today: date) -> bool:
        return self.free_from is not None and today >= self.free_from


def kept(
    retention: RetentionPeriod, trigger: str, events: Events, calendar: Calendar = USUAL, clause: str = ""
) -> Kept:
    """How long this period keeps something of which these events are dated."""
    if retention.permanent:
        return Kept(because("kept-for-ever", clause))
    if retention.years is None:
        return Kept(because("period-unset", clause))
    starts = _start(trigger, events, calendar)
    if starts is None:
        return Kept(because("trigger-undated", clause, event=trigger))
    free_from = years_later(starts, retention.years)
    return Kept(because("kept-until", clause, day=free_from), starts, free_from)


def _start(trigger: str, events: Events, calendar: Calendar) -> date | None:
    if trigger not in _YEAR_ENDS:
        return events.get(trigger)
    day = events.get(DOCUMENT)
    if day is None:
        return None
    [(_, last)] = periods(_YEAR_ENDS[trigger], day, day, calendar)
    return last + _DAY


def longest(all_of_it: Iterable[Kept]) -> Kept:
    """What keeps longest of all of this; what has no day at which it is free outlasts everything.

    Raises ValueError where there is nothing.
    """
    return max(all_of_it, key=lambda one: one.free_from or date.max)


def item_kept(pack: Pack, row: ScheduleRow | None, doc_type: str, events: Events, calendar: Calendar = USUAL) -> Kept:
    """How long an item is kept: by its row, and by every floor under documents of its kind (A.16 X2, EA-42)."""
    if row is None:
        return Kept(because("period-unset"))
    own = kept(row.kept, row.trigger, events, calendar, row.clause)
    floors = (one for one in pack.floors if one.doc_type == doc_type)
    return longest([own, *(kept(period(one.period), one.trigger, events, calendar, one.clause) for one in floors)])
