"""What is typed into the review form is understood, and what is wrong is said beside its field."""

from __future__ import annotations

import pytest

from index.domain.holdings import Fonds
from tests.fakes.viewer.rooms import PACK
from viewer.pages.review_form import Choices, as_date, meant, problems, unreadable

CHOICES = Choices((Fonds("f1", "S100", "第一实验小学", ("school",)), Fonds("f2", "C301", "公司", ())), (PACK,))

GOOD = {
    "title": "通知",
    "date": "2024-03-05",
    "marking": "internal",
    "fonds": "S100",
    "pack": "school",
    "series": "school/WS·XZ",
    "retention": "30y",
}


def test_a_complete_form_has_no_problem() -> None:
    assert problems(GOOD, CHOICES) == {}


@pytest.mark.parametrize("name", ["title", "marking", "fonds", "series", "retention"])
def test_what_filing_needs_is_asked_for(name: str) -> None:
    assert list(problems(GOOD | {name: " "}, CHOICES)) == [name]


@pytest.mark.parametrize("typed", ["2024-03-05", "20240305", "2024年3月5日", "2024.3.5", "二〇二四年三月五日"])
def test_a_date_may_be_typed_as_people_write_it(typed: str) -> None:
    assert meant(GOOD | {"date": typed})["date"] == "2024-03-05"


@pytest.mark.parametrize(("typed", "iso"), [("2024", "2024"), ("2024-03", "2024-03"), ("2024年3月", "2024-03")])
def test_a_date_may_be_known_in_part(typed: str, iso: str) -> None:
    day = as_date(typed)
    assert day and day.iso == iso


@pytest.mark.parametrize("typed", ["2024-02-30", "去年", "2024-03-05 或 2024-03-06", "12345678"])
def test_what_is_no_date_is_refused_and_kept_as_typed(typed: str) -> None:
    assert unreadable(GOOD | {"date": typed}) and meant(GOOD | {"date": typed})["date"] == typed


def test_a_series_brings_its_own_pack_when_none_is_chosen() -> None:
    assert problems(GOOD | {"pack": ""}, CHOICES) == {} and meant(GOOD | {"pack": ""})["pack"] == "school"


def test_a_series_of_another_pack_is_refused() -> None:
    assert list(problems(GOOD | {"series": "other/WS·XZ"}, CHOICES)) == ["series"]


def test_a_fonds_that_does_not_follow_the_pack_is_refused() -> None:
    assert list(problems(GOOD | {"fonds": "C301"}, CHOICES)) == ["pack"]


def test_what_is_filed_by_date_needs_a_year() -> None:
    assert list(problems(GOOD | {"date": ""}, CHOICES)) == ["date"]


def test_digits_choose_the_statutes_periods_first() -> None:
    assert CHOICES.retentions == ["permanent", "30y", "10y", "unset"]
