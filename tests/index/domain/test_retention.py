from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.errors import WrongUse
from index.domain.retention import PERMANENT, UNSET, RetentionPeriod, expires_on, longer, period


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("permanent", PERMANENT),
        ("永久", PERMANENT),
        ("Y", PERMANENT),
        ("30y", RetentionPeriod(30)),
        ("D30", RetentionPeriod(30)),
        ("30年", RetentionPeriod(30)),
        ("三十年", RetentionPeriod(30)),
        ("定期10年", RetentionPeriod(10)),
        ("十五年", RetentionPeriod(15)),
        ("30 years", RetentionPeriod(30)),
        ("unset", UNSET),
        ("", UNSET),
        ("未定", UNSET),
    ],
)
def test_a_period_is_read_in_every_way_it_is_written(said: str, means: RetentionPeriod) -> None:
    assert period(said) == means


@pytest.mark.parametrize("said", ["0y", "forever", "30", "D", "-1y", "长期", "零年", "十百年"])
def test_what_is_no_period_is_refused(said: str) -> None:
    with pytest.raises(WrongUse):
        period(said)


@given(st.one_of(st.just(PERMANENT), st.just(UNSET), st.integers(1, 999).map(RetentionPeriod)))
def test_every_period_survives_all_its_spellings(kept: RetentionPeriod) -> None:
    assert period(str(kept)) == kept
    assert period(kept.code) == kept
    assert all(period(kept.words(language)) == kept for language in ("zh-Hans", "zh-Hant", "en"))


def test_vouchers_of_2024_are_kept_to_the_end_of_2054() -> None:
    assert expires_on(period("30y"), date(2024, 12, 31)) == date(2054, 12, 31)


def test_a_file_of_somebody_who_left_may_be_appraised_two_years_later() -> None:
    assert expires_on(period("2y"), date(2025, 6, 30)) == date(2027, 6, 30)


def test_the_29th_of_february_ends_with_its_month() -> None:
    assert expires_on(period("1y"), date(2024, 2, 29)) == date(2025, 2, 28)
    assert expires_on(period("4y"), date(2024, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize("kept", [UNSET, PERMANENT])
def test_unset_and_permanent_have_no_last_day(kept: RetentionPeriod) -> None:
    assert expires_on(kept, date(2024, 1, 1)) is None


def test_a_period_whose_event_has_no_date_is_not_computable() -> None:
    assert expires_on(period("10y"), None) is None


@pytest.mark.parametrize(
    ("home", "host", "kept"),
    [("10y", "7y", "10y"), ("10y", "12y", "12y"), ("10y", "permanent", "permanent"), ("10y", "unset", "unset")],
)
def test_under_two_laws_the_longer_period_holds(home: str, host: str, kept: str) -> None:
    assert str(longer(period(home), period(host))) == str(longer(period(host), period(home))) == kept
