from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.arranging.years import Years
from index.domain.retention import PERMANENT, UNSET, RetentionPeriod
from index.domain.rules.keeping import item_kept, kept, longest
from index.domain.rules.policy import Floor
from index.domain.rules.rounds import Calendar
from tests.fakes.config.regulations import pack, row

TEN = RetentionPeriod(10)
PAPER = {"document": date(2024, 10, 10)}


@pytest.mark.parametrize(
    ("trigger", "starts", "last"),
    [
        ("document-year-end", date(2025, 1, 1), date(2034, 12, 31)),
        ("fiscal-year-end", date(2025, 1, 1), date(2034, 12, 31)),
        ("academic-year-end", date(2025, 9, 1), date(2035, 8, 31)),
        ("document", date(2024, 10, 10), date(2034, 10, 9)),
    ],
)
def test_a_period_starts_after_its_year_or_on_the_day_of_its_event(trigger: str, starts: date, last: date) -> None:
    found = kept(TEN, trigger, PAPER)
    assert (found.starts, found.last_day) == (starts, last)
    assert [found.free(day) for day in (last, last + timedelta(days=1))] == [False, True]


def test_a_fiscal_year_ends_where_the_room_says() -> None:
    april = Calendar(Years(fiscal=(4, 1)))
    assert kept(TEN, "fiscal-year-end", PAPER, april).starts == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("period", "trigger", "code"),
    [
        (PERMANENT, "separation", "kept-for-ever"),
        (UNSET, "separation", "period-unset"),
        (TEN, "separation", "trigger-undated"),
        (TEN, "document-year-end", "trigger-undated"),
    ],
)
def test_what_has_no_end_is_never_free(period: RetentionPeriod, trigger: str, code: str) -> None:
    found = kept(period, trigger, {})
    assert (found.why.code, found.free_from, found.free(date.max)) == (code, None, False)


def test_a_floor_under_a_kind_of_document_outlasts_the_row_and_never_shortens_it() -> None:
    school = replace(
        pack("school"), floors=(Floor("合同", "20y", "document", "C"), Floor("便条", "1y", "document", "C"))
    )
    ten = row("school", "WS-10")
    ends = {kind: item_kept(school, ten, kind, PAPER).free_from for kind in ("合同", "便条", "")}
    assert ends == {"合同": date(2044, 10, 10), "便条": date(2035, 1, 1), "": date(2035, 1, 1)}
    assert item_kept(school, None, "", PAPER).why.code == "period-unset"


@given(st.lists(st.sampled_from([PERMANENT, UNSET, TEN, RetentionPeriod(2), RetentionPeriod(30)]), min_size=1))
def test_the_longest_is_free_no_earlier_than_any(periods: list[RetentionPeriod]) -> None:
    every = [kept(one, "document-year-end", PAPER) for one in periods]
    found = longest(every)
    for day in (date(2030, 1, 1), date(2036, 1, 1), date(2060, 1, 1)):
        assert found.free(day) is all(one.free(day) for one in every)
