"""In which year a record is filed, and by when that year is closed: the golden cases of D.6 among others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config import regulations
from index.domain.arranging.closing import ClassYear, Due, Standing, Tally
from index.domain.arranging.years import Years, said_school_year, year_words
from index.domain.dates import partial_date
from index.domain.rules.policy import Pack, Series


@pytest.fixture(scope="module")
def school() -> Pack:
    return next(pack for pack in regulations.load_all() if pack.id == "school")


def series(pack: Pack, code: str) -> Series:
    found = pack.series_of(code)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "year", "closes"),
    [
        ("WS·XZ", 2024, date(2025, 8, 31)),  # SCH-11, golden case 1
        ("JX", 2024, date(2025, 8, 31)),  # the school year 2024-2025 ends with August
        ("WS·SJ", 2024, date(2025, 8, 31)),
        ("KU·01", 2024, None),  # SCH-11 speaks of documents alone; SCH-13 has another rule for accounts
        ("KJ", 2024, None),
        ("ZP", 2024, None),
    ],
)
def test_documents_of_a_year_close_by_the_end_of_august_of_the_next(
    school: Pack, code: str, year: int, closes: date | None
) -> None:
    assert Years.of(school).closing_day(series(school, code), year) == closes


@pytest.mark.parametrize(
    ("code", "day", "year"),
    [
        ("JX", "2024-10-10", "2024-2025"),  # golden case 2
        ("JX", "2024-07-10", "2023-2024"),
        ("JX", "2024", ""),
        ("WS·XZ", "2024", "2024"),
        ("KU·01", "2024-12-31", "2024"),
    ],
)
def test_a_record_is_filed_in_the_year_of_its_kind(school: Pack, code: str, day: str, year: str) -> None:
    assert Years.of(school).year(series(school, code), partial_date(day)) == year


def test_a_pack_says_when_its_years_begin(school: Pack) -> None:
    moved = replace(school, settings={"academic_year_starts": "08-15", "fiscal_year_starts": "04-01"})
    years = Years.of(moved)
    assert years.year(series(school, "JX"), partial_date("2024-08-20")) == "2024-2025"
    assert years.year(series(school, "KU·01"), partial_date("2024-03-31")) == "2023-2024"
    assert years.last_day(series(school, "KU·01"), 2024) == date(2025, 3, 31)
    assert year_words(series(school, "KU·01"), "2024", years) == "2024-2025"


def test_a_closing_day_that_names_no_category_is_of_all(school: Pack) -> None:
    every = Years.of(replace(school, settings={"closing_day": "08-31"}))
    assert every.closing_day(series(school, "KU·01"), 2024) == date(2025, 8, 31)


def test_a_school_year_closes_as_it_ends(school: Pack) -> None:
    years = Years.of(replace(school, settings={**school.settings, "academic_year_starts": "08-15"}))
    assert years.closing_day(series(school, "JX"), 2024) == date(2025, 8, 14)


def test_a_regulation_without_a_closing_day_is_told_as_a_gap(school: Pack) -> None:
    silent = Years.of(replace(school, settings={}))
    assert silent.closing_day(series(school, "WS·XZ"), 2024) is None
    assert standing(date(2030, 1, 1), None).due is Due.NO_DAY


def standing(today: date, closing: date | None = date(2025, 8, 31), **of: object) -> Standing:
    one = ClassYear("f", "school", "WS·XZ", "2024", **of)  # type: ignore[arg-type]
    return Standing(one, "2024", "XZ", Tally(), date(2024, 12, 31), closing, today)


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (date(2024, 12, 31), Due.RUNNING, 243),
        (date(2025, 1, 1), Due.OPEN, 242),
        (date(2025, 7, 2), Due.SOON, 60),
        (date(2025, 8, 31), Due.SOON, 0),
        (date(2025, 9, 1), Due.OVERDUE, -1),  # golden case 1
    ],
)
def test_the_days_are_counted_down(today: date, due: Due, left: int) -> None:
    one = standing(today)
    assert (one.due, one.days_left) == (due, left)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2005—2006学年度第二学期五年级期末成绩统计表", "2005-2006"),
        ("2023學年教學計劃", "2023-2024"),
        ("2009届毕业生名册", "2008-2009"),
        ("第十届教代会决议", ""),
        ("2009年教学计划", ""),
    ],
)
def test_a_title_may_name_the_school_year(title: str, year: str) -> None:
    assert said_school_year(title) == year
