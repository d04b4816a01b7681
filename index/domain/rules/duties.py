"""Decides on which day a duty is due, when its reminder comes, and what cannot be computed because nobody dated it.

A duty whose event has no date is not silent: it is "not computable" and names the event (rule 7 of the house).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from index.domain.rules.policy import Duty
from index.domain.rules.rounds import USUAL, Calendar, in_year, moved, rounds
from index.domain.rules.timing import AfterEvent, Moment, Period, Recurring, timing

Events = Mapping[str, date]
"""The events that are dated, by name: {"separation": date(2025, 6, 30)}."""

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Due:
    """What a duty asks for on a day. `opens` is the first day on which it can be done, `remind` when to say so."""

    duty: Duty
    on: date
    opens: date
    remind: date

    def overdue(self, today: date) -> bool:
        return today > self.on

    def late(self, done: date) -> bool:
        """Whether what was done on that day was done late."""
        return done > self.on


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A defect, not a silence: nobody has dated this event, or told the room's calendar of it."""

    duty: Duty
    event: str


def due(duty: Duty, events: Events, calendar: Calendar = USUAL) -> tuple[Due | NotComputable, ...]:
    """When the moments of a duty that follow from events are due, in the order of its `when`.

    Raises WrongUse("bad-when").
    """
    moments = [one for one in timing(duty.when) if isinstance(one, AfterEvent)]
    return tuple(_after_event(duty, one, events, calendar) for one in moments)


def occurrences(duty: Duty, first: date, last: date, calendar: Calendar = USUAL) -> tuple[Due | NotComputable, ...]:
    """What comes round by itself and is due from `first` to `last`, by day; what cannot be known comes first.

    Raises WrongUse("bad-when").
    """
    moments = [one for one in timing(duty.when) if not isinstance(one, AfterEvent)]
    unknown = [NotComputable(duty, "term-end") for one in moments if _unknown(one, calendar)]
    found = [_due(duty, opens, on, calendar) for one in moments for opens, on in rounds(one, first, last, calendar)]
    return (*unknown, *sorted(found, key=lambda one: one.on))


def open_on(duties: Iterable[Duty], today: date, calendar: Calendar = USUAL) -> tuple[Due, ...]:
    """The recurring tasks that can be done today and are not yet past, by the day on which they are due."""
    found = (one for duty in duties for one in occurrences(duty, today, today + _YEAR, calendar))
    waiting = [one for one in found if isinstance(one, Due) and one.opens <= today]
    return tuple(sorted(waiting, key=lambda one: one.on))


def week_before(monday: date) -> tuple[date, date]:
    """The Monday and Sunday of the week that a Monday's check looks back on (OWN-22)."""
    return monday - timedelta(days=7), monday - timedelta(days=1)


def _unknown(moment: Moment, calendar: Calendar) -> bool:
    return isinstance(moment, Recurring) and moment.period is Period.TERM and not calendar.term_ends


def _after_event(duty: Duty, moment: AfterEvent, events: Events, calendar: Calendar) -> Due | NotComputable:
    day = events.get(moment.event)
    if day is None:
        return NotComputable(duty, moment.event)
    on = moved(day, moment.offset, calendar.workdays)
    on = in_year(on.year, moment.day_of_year) if moment.day_of_year else on
    return _due(duty, min(day, on), on, calendar)


def _due(duty: Duty, opens: date, on: date, calendar: Calendar) -> Due:
    return Due(duty, on, opens, calendar.workdays.at_or_before(on))
