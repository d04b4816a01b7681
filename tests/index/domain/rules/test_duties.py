from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.arranging.years import Years
from index.domain.errors import WrongUse
from index.domain.rules.duties import Due, NotComputable, due, occurrences, open_on
from index.domain.rules.policy import Duty, Pack
from index.domain.rules.rounds import USUAL, Calendar, calendar_of
from tests.fakes.config.regulations import pack

SAID = {"zh-Hans": "做", "zh-Hant": "做", "en": "do"}
SCHOOL = Calendar(term_ends=((1, 31), (7, 15)))


def duty(when: str) -> Duty:
    return Duty("id", "C-1", when, "who", SAID, SAID)


def rounds(when: str, first: str, last: str, calendar: Calendar = USUAL) -> list[str]:
    found = occurrences(duty(when), date.fromisoformat(first), date.fromisoformat(last), calendar)
    return [one.on.isoformat() if isinstance(one, Due) else f"? {one.event}" for one in found]


@pytest.mark.parametrize(
    ("when", "first", "last", "on"),
    [
        ("each monday", "2025-03-01", "2025-03-17", ["2025-03-03", "2025-03-10", "2025-03-17"]),
        ("each month: day 5", "2025-01-06", "2025-03-05", ["2025-02-05", "2025-03-05"]),
        ("each month: day 31", "2025-02-01", "2025-02-28", ["2025-02-28"]),
        ("each month: last workday", "2025-08-01", "2025-08-31", ["2025-08-29"]),
        ("month-end", "2024-02-01", "2024-02-29", ["2024-02-29"]),
        ("quarter-end", "2025-01-01", "2025-12-31", ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]),
        ("half-year-end", "2025-01-01", "2025-12-31", ["2025-06-30", "2025-12-31"]),
        ("each march and september", "2025-01-01", "2025-12-31", ["2025-03-31", "2025-09-30"]),
        ("yearly: 12-31", "2025-01-01", "2026-12-31", ["2025-12-31", "2026-12-31"]),
        ("year-end + 1 month", "2025-01-01", "2025-12-31", ["2025-01-31"]),
        ("year-end - 30 days", "2025-01-01", "2025-12-31", ["2025-12-01"]),
        ("academic-year-end", "2025-01-01", "2025-12-31", ["2025-08-31"]),
        ("fiscal-year-end", "2025-01-01", "2025-12-31", ["2025-12-31"]),
        ("each day", "2025-03-01", "2025-03-03", ["2025-03-01", "2025-03-02", "2025-03-03"]),
        ("hire", "2025-01-01", "2025-12-31", []),
    ],
)
def test_what_comes_round_by_itself_comes_on_its_days(when: str, first: str, last: str, on: list[str]) -> None:
    assert rounds(when, first, last) == on


def test_terms_end_by_the_rooms_calendar_and_without_one_the_duty_says_so() -> None:
    assert rounds("term-end", "2025-01-01", "2025-12-31", SCHOOL) == ["2025-01-31", "2025-07-15"]
    assert rounds("term-end", "2025-01-01", "2025-12-31") == ["? term-end"]


def test_a_duty_whose_event_nobody_dated_is_not_silent() -> None:
    [found] = due(duty("separation + 2 years"), {"hire": date(2020, 1, 1)})
    assert found == NotComputable(duty("separation + 2 years"), "separation")


def test_a_deadline_on_a_sunday_stays_there_and_reminds_on_friday() -> None:
    [found] = due(duty("regularisation + 30 days"), {"regularisation": date(2025, 1, 31)})
    assert isinstance(found, Due)
    assert (found.on, found.remind) == (date(2025, 3, 2), date(2025, 2, 28))
    assert [found.late(day) for day in (date(2025, 3, 2), date(2025, 3, 3))] == [False, True]


def test_what_cannot_be_computed_is_refused_wherever_it_is_asked() -> None:
    for ask in (lambda: due(duty("soon enough"), {}), lambda: rounds("soon enough", "2025-01-01", "2025-01-02")):
        with pytest.raises(WrongUse):
            ask()


def test_a_task_is_open_from_the_beginning_of_its_period_until_it_is_due() -> None:
    inspection = duty("each march and september")
    assert [one.on for one in open_on([inspection], date(2025, 3, 1))] == [date(2025, 3, 31)]
    assert open_on([inspection], date(2025, 4, 1)) == ()


@given(
    st.sampled_from(["each monday", "month-end", "quarter-end", "term-end", "year-end + 45 days", "each day"]),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_two_spans_side_by_side_hold_what_the_whole_holds(when: str, first: date, one: int, other: int) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + other + 1)
    halves = (
        *occurrences(duty(when), first, middle, SCHOOL),
        *occurrences(duty(when), middle + timedelta(days=1), last, SCHOOL),
    )
    assert halves == occurrences(duty(when), first, last, SCHOOL)


def test_the_calendar_of_a_room_stands_in_the_settings_of_its_pack() -> None:
    told = {"academic_year_starts": "08-25", "term_ends": "01-31 07-15", "closing_day": "08-31"}
    assert calendar_of(settled(**told)) == Calendar(Years((8, 25), (1, 1), (8, 31)), ((1, 31), (7, 15)))
    assert calendar_of(settled()) == USUAL


@pytest.mark.parametrize("name", ["term_ends", "closing_day", "academic_year_starts"])
@pytest.mark.parametrize("said", ["", "9-1", "13-01", "02-32", "soon"])
def test_a_day_of_the_calendar_that_is_none_is_refused(name: str, said: str) -> None:
    with pytest.raises(WrongUse):
        calendar_of(settled(**{name: said}))


def settled(**settings: str) -> Pack:
    return replace(pack("school"), settings=settings)
