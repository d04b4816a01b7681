"""Decides what the `when` of a duty means: a small grammar, read once, so that what cannot be computed is found early.

    when     = moment { ";" moment }
    moment   = event [ offset ]                       hire · separation + 2 years · probation-end - 15 days
             | event ":" "same day" [ "24:00" ]       received: same day
             | event [ offset ] ":" MM-DD             document-year + 1: 08-31
             | period [ offset ] [ ":" place ]        each month: day 5 · monthly: last workday · quarter-end
             | "each" weekday                         each monday
             | "each" month { "and" month }           each march and september
             | MM-DD                                  11-01
    offset   = ("+" | "-") number [ unit ]            unit = day, workday, week, month, year
    period   = day, week, month, quarter, half-year, term, year, fiscal-year, academic-year (each .., ..-end, ..ly)
    place    = "day" number | "last day" | "last workday" | MM-DD or months (03 and 09) of a year

An event is a name of small letters and hyphens; somebody has to date it. A period comes round by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.domain.errors import WrongUse


class Unit(StrEnum):
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Period(StrEnum):
    """What comes round by itself; a term and a school year by the room's own calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    TERM = "term"
    YEAR = "year"
    FISCAL_YEAR = "fiscal-year"
    ACADEMIC_YEAR = "academic-year"


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units later, or earlier below zero."""

    count: int = 0
    unit: Unit = Unit.DAY


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """A day counted from an event; `day_of_year` (month, day) fixes the day in the year that the event's leads to."""

    event: str
    offset: Offset = Offset()
    day_of_year: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A day of every period: its last, unless `day` (from 1) or `last_workday` names another; then moved by `offset`.

    In a week `day` 1 is Monday.
    """

    period: Period
    offset: Offset = Offset()
    day: int = 0
    last_workday: bool = False


@dataclass(frozen=True, slots=True)
class InMonths:
    """Once in each of these months of every year: open from their first day, due on their last, or on `day`."""

    months: tuple[int, ...]
    day: int = 0


Moment = AfterEvent | Recurring | InMonths

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAME = r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*"
_OFFSET = re.compile(r"\s*([+-])\s*(\d{1,4})\s*(day|workday|week|month|year)?s?")
_PLACE = re.compile(rf"({_NAME})({_OFFSET.pattern})?(?:\s*:\s*(.+))?")
_DAY_OF_YEAR = re.compile(r"(\d{2})-(\d{2})")
_EACH = re.compile(r"(?:each|every)\s+(.+)")
_DAY = re.compile(r"day (\d{1,2})")
_ADVERBS = {
    "daily": Period.DAY,
    "weekly": Period.WEEK,
    "monthly": Period.MONTH,
    "quarterly": Period.QUARTER,
    "half-yearly": Period.HALF_YEAR,
    "yearly": Period.YEAR,
}
_LONGEST = {Period.WEEK: 7, Period.MONTH: 31}
_HINT = "separation + 2 years; each month: day 5; each monday; quarter-end; document-year + 1: 08-31"


def timing(when: str) -> tuple[Moment, ...]:
    """The moments that `when` names. Raises WrongUse("bad-when") for what is no moment."""
    parts = [part.strip() for part in when.lower().split(";")]
    return tuple(_moment(part, when) for part in parts)


def events_of(moments: tuple[Moment, ...]) -> tuple[str, ...]:
    """The events that somebody has to date before these can be computed."""
    return tuple(dict.fromkeys(one.event for one in moments if isinstance(one, AfterEvent)))


def _moment(said: str, when: str) -> Moment:
    each = _EACH.fullmatch(said)
    if each:
        return _each(each[1], when)
    if _DAY_OF_YEAR.fullmatch(said):
        return _in_year(said, when)
    placed = _PLACE.fullmatch(said)
    if placed is None:
        raise _bad(when)
    name, place = placed[1], placed[6]
    offset = _offset(placed[2], _DAY_OF_YEAR.fullmatch(place or "") is not None)
    period = _ended(name)
    return _recurring(period, offset, place, when) if period else _after(name, offset, place, when)


def _each(said: str, when: str) -> Moment:
    if said in _WEEKDAYS:
        return Recurring(Period.WEEK, day=_WEEKDAYS.index(said) + 1)
    months = _listed(said)
    if set(months) <= set(_MONTHS):
        return InMonths(tuple(_MONTHS.index(month) + 1 for month in months))
    placed = _PLACE.fullmatch(said)
    if placed is None or placed[1].removesuffix("-end") not in set(Period):
        raise _bad(when)
    return _recurring(Period(placed[1].removesuffix("-end")), _offset(placed[2], fixed=False), placed[6], when)


def _ended(name: str) -> Period | None:
    """The period that a name such as quarter-end closes; document-year-end is an event, as its year is one paper's."""
    if name in _ADVERBS:
        return _ADVERBS[name]
    bare = name.removesuffix("-end")
    return Period(bare) if bare != name and bare in set(Period) else None


def _listed(said: str) -> list[str]:
    return re.split(r"\s*(?:,|\band\b)\s*", said)


def _in_year(place: str, when: str) -> InMonths:
    """A day (11-01), or months (03 and 09), of every year."""
    fixed = _DAY_OF_YEAR.fullmatch(place)
    months = [fixed[1]] if fixed else _listed(place)
    if not all(one.isdecimal() and 1 <= int(one) <= 12 for one in months) or (fixed and not 1 <= int(fixed[2]) <= 31):
        raise _bad(when)
    return InMonths(tuple(int(one) for one in months), int(fixed[2]) if fixed else 0)


def _recurring(period: Period, offset: Offset, place: str | None, when: str) -> Recurring | InMonths:
    if place in (None, "last day"):
        return Recurring(period, offset)
    if place == "last workday":
        return Recurring(period, offset, last_workday=True)
    if period is Period.YEAR and place and place[0].isdecimal() and offset == Offset():
        return _in_year(place, when)
    day = _DAY.fullmatch(place or "")
    if day is None or not 1 <= int(day[1]) <= _LONGEST.get(period, 0):
        raise _bad(when)
    return Recurring(period, offset, day=int(day[1]))


def _after(event: str, offset: Offset, place: str | None, when: str) -> AfterEvent:
    if event in set(Period):  # half-year: 06-30 reads like a time and would wait for ever for an event of that name
        raise _bad(when)
    if place in (None, "same day", "same day 24:00"):
        return AfterEvent(event, offset)
    fixed = _DAY_OF_YEAR.fullmatch(place or "")
    if fixed is None or not 1 <= int(fixed[1]) <= 12 or not 1 <= int(fixed[2]) <= 31:
        raise _bad(when)
    return AfterEvent(event.removesuffix("-year"), offset, (int(fixed[1]), int(fixed[2])))


def _offset(said: str | None, fixed: bool) -> Offset:
    """Without a unit days are meant, or years where the day of the year is fixed."""
    found = _OFFSET.fullmatch(said or "")
    if found is None:
        return Offset()
    sign, count, unit = found.groups()
    return Offset(int(sign + count), Unit(unit or ("year" if fixed else "day")))


def _bad(when: str) -> WrongUse:
    return WrongUse("bad-when", when=when, hint=_HINT)
