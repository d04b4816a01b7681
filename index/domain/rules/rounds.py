"""Decides when what comes round by itself comes round: weeks, months, quarters, terms, school and fiscal years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from index.domain.arranging.years import Years
from index.domain.errors import WrongUse
from index.domain.rules.policy import Pack
from index.domain.rules.reckoning import Workdays, month_end, months_later, years_later
from index.domain.rules.timing import InMonths, Offset, Period, Recurring, Unit

_DAY = timedelta(days=1)
_FORTNIGHT = timedelta(days=14)
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
_LENGTH = {Unit.MONTH: 31, Unit.YEAR: 366, Unit.WEEK: 7, Unit.WORKDAY: 3, Unit.DAY: 1}
_MONTH_AND_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

Span = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The room's own: when its years begin, its terms end (month, day), and which days it works."""

    years: Years = field(default_factory=Years)
    term_ends: tuple[tuple[int, int], ...] = ()
    workdays: Workdays = field(default_factory=Workdays)


USUAL = Calendar()
"""Where no regulation says otherwise."""

_DAYS_OF_YEAR = ("academic_year_starts", "fiscal_year_starts", "closing_day")


def calendar_of(pack: Pack, workdays: Workdays | None = None) -> Calendar:
    """The calendar that a pack's settings tell: when its years begin, and term_ends ("01-31 07-15").

    Raises WrongUse("bad-value") for what is no month and day.
    """
    for name in _DAYS_OF_YEAR:
        _days(name, pack.settings.get(name, "01-01"))
    ends = _days("term_ends", pack.settings["term_ends"]) if "term_ends" in pack.settings else ()
    return Calendar(Years.of(pack), ends, workdays or Workdays())


def _days(name: str, said: str) -> tuple[tuple[int, int], ...]:
    found = [_MONTH_AND_DAY.fullmatch(one) for one in said.split()]
    if not found or not all(found):
        raise WrongUse("bad-value", field=name, value=said, hint="09-01")
    return tuple((int(one[1]), int(one[2])) for one in found if one)


def rounds(moment: Recurring | InMonths, first: date, last: date, calendar: Calendar) -> Iterator[Span]:
    """Opening and due day of each round that is due between the two days."""
    found = _months(moment, first, last) if isinstance(moment, InMonths) else _due(moment, first, last, calendar)
    return ((opens, on) for opens, on in found if first <= on <= last)


def moved(day: date, offset: Offset, workdays: Workdays) -> date:
    """The day so many units later (D.3)."""
    count = offset.count
    match offset.unit:
        case Unit.WORKDAY:
            return workdays.after(day, count)
        case Unit.MONTH:
            return months_later(day, count)
        case Unit.YEAR:
            return years_later(day, count)
        case _:
            return day + count * _LENGTH[offset.unit] * _DAY


def in_year(year: int, month_and_day: tuple[int, int]) -> date:
    """That day of that year, clamped to the end of its month."""
    month, day = month_and_day
    return date(year, month, min(day, month_end(date(year, month, 1)).day))


def _months(moment: InMonths, first: date, last: date) -> Iterator[Span]:
    for year in range(first.year, last.year + 1):
        for month in moment.months:
            yield date(year, month, 1), in_year(year, (month, moment.day or 31))


def _due(moment: Recurring, first: date, last: date, calendar: Calendar) -> Iterator[Span]:
    # What an offset moves into the time asked about may come from a period before or after it.
    reach = _FORTNIGHT + abs(moment.offset.count) * _LENGTH[moment.offset.unit] * _DAY
    for opens, closes in periods(moment.period, first - reach, last + reach, calendar):
        on = moved(_placed(moment, opens, closes, calendar), moment.offset, calendar.workdays)
        yield (on if moment.period is Period.WEEK and moment.day else min(opens, on)), on


def _placed(moment: Recurring, opens: date, closes: date, calendar: Calendar) -> date:
    if moment.last_workday:
        return calendar.workdays.at_or_before(closes)
    return min(closes, opens + (moment.day - 1) * _DAY) if moment.day else closes


def periods(period: Period, first: date, last: date, calendar: Calendar) -> Iterator[Span]:
    """Every period that touches the time from `first` to `last`."""
    begins = sorted(_beginnings(period, first, last, calendar))
    for opens, following in pairwise(begins):
        if following > first and opens <= last:
            yield opens, following - _DAY


def _beginnings(period: Period, first: date, last: date, calendar: Calendar) -> Iterator[date]:
    if period in (Period.DAY, Period.WEEK):
        length = 1 if period is Period.DAY else 7
        begin = first - (first.weekday() % length) * _DAY
        return (begin + step * _DAY for step in range(0, (last - begin).days + 2 * length, length))
    return (day for year in range(first.year - 1, last.year + 3) for day in _of_year(period, year, calendar))


def _of_year(period: Period, year: int, calendar: Calendar) -> Iterator[date]:
    if period is Period.TERM:
        yield from (in_year(year, end) + _DAY for end in calendar.term_ends)
    elif period is Period.ACADEMIC_YEAR:
        yield in_year(year, calendar.years.academic)
    elif period is Period.FISCAL_YEAR:
        yield in_year(year, calendar.years.fiscal)
    else:
        yield from (date(year, month, 1) for month in range(1, 13, _MONTHS[period]))
