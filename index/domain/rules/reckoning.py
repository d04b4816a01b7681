"""Decides how days are counted: months end where they end, a day is the room's own, and which days are worked.

"1 month" is the same day of the next month, clamped to its end; "days" are calendar days; a deadline does not move
because nobody works on it, but its reminder comes on the last working day before (D.3).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workdays:
    """Monday to Friday, but for the days that are `free` (holidays) and those that are `worked` in their place."""

    free: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)

    def has(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.free)

    def at_or_before(self, day: date) -> date:
        """The last day worked until `day`: where a reminder of something due on `day` falls."""
        while not self.has(day):
            day -= timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`th day worked after `day`, before it where `count` is below zero."""
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.has(day)
        return day


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or, below zero, earlier), clamped to the end of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    return months_later(day, 12 * years)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The day that a moment lies in where the room is; it ends at 24:00 there (OWN-18)."""
    return moment.astimezone(zone).date()
