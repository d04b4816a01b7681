from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.rules.reckoning import Workdays, local_day, month_end, months_later, years_later

DAYS = st.dates(date(1900, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 1, 1), -1, date(2024, 12, 1)),
        (date(2025, 1, 31), 24, date(2027, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_end_of_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_leap_day_has_its_anniversary_on_the_28th() -> None:
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)


@given(DAYS, st.integers(-600, 600))
def test_so_many_months_later_is_so_many_months_later(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, month_end(later).day)


@given(DAYS)
def test_a_reminder_falls_on_a_day_worked_and_at_most_a_weekend_early(day: date) -> None:
    found = Workdays().at_or_before(day)
    assert found.weekday() < 5
    assert timedelta() <= day - found <= timedelta(days=2)


def test_holidays_are_no_days_worked_and_exchanged_days_are() -> None:
    labour_day, exchanged = date(2025, 5, 1), date(2025, 4, 27)
    workdays = Workdays(free=frozenset({labour_day}), worked=frozenset({exchanged}))
    assert workdays.at_or_before(labour_day) == date(2025, 4, 30)
    assert workdays.at_or_before(exchanged) == exchanged


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2025, 3, 7), 1, date(2025, 3, 10)),
        (date(2025, 3, 10), -1, date(2025, 3, 7)),
        (date(2025, 3, 8), 5, date(2025, 3, 14)),
        (date(2025, 3, 8), 0, date(2025, 3, 8)),
    ],
)
def test_workdays_are_counted_over_the_weekend(day: date, count: int, after: date) -> None:
    assert Workdays().after(day, count) == after


def test_a_day_is_the_rooms_own() -> None:
    evening = datetime(2025, 3, 3, 16, 30, tzinfo=UTC)
    assert local_day(evening, ZoneInfo("Asia/Shanghai")) == date(2025, 3, 4)
    assert local_day(evening, UTC) == date(2025, 3, 3)
