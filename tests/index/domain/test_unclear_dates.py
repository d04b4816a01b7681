from __future__ import annotations

import pytest

from index.domain.dates import parse
from index.domain.unclear_dates import unclear_dates_in


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("98年3月5日", "1998-03-05"),
        ("03年12月", "2003-12"),
        ("'85年3月5日", "1985-03-05"),
        ("024年3月5日", "2024-03-05"),
        ("998年3月5日", "1998-03-05"),
        ("二二年八月一日", "2022-08-01"),
        ("二〇年八月十四日", "2020-08-14"),
        ("八五年三月五日", "1985-03-05"),
        ("〇二四年三月五日", "2024-03-05"),
        ("二二一年八月三十日", "2021-08-30"),
        ("一九九年三月五日", "1990-03-05"),
        ("98.3.5", "1998-03-05"),
        ("85-12-1", "1985-12-01"),
        ("05/03/2019", "2019-03-05"),
        ("03/25/2019", "2019-03-25"),
        ("5-Mar-19", "2019-03-05"),
    ],
)
def test_what_a_date_leaves_open_is_filled_in_by_the_likeliest(said: str, iso: str) -> None:
    assert next(unclear_dates_in(said)).date.iso == iso


def test_a_year_without_two_of_its_noughts_is_named_behind_the_likelier_one() -> None:
    assert [one.date.iso for one in unclear_dates_in("二九年三月十七日")] == ["2029-03-17", "2009-03-17"]


@pytest.mark.parametrize(
    "said", ["保管10年", "12年3个月", "二十年三月", "第3.1.2条", "10.0.3.2", "2024年3月5日", "2024-03-05", "", "98年"]
)
def test_what_leaves_nothing_open_or_is_no_date_is_left_alone(said: str) -> None:
    assert [*unclear_dates_in(said)] == []


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("—九八五年三月五日", "1985-03-05"),
        ("2〇19年3月5日", "2019-03-05"),
        ("二00三年三月五日", "2003-03-05"),
        ("二〇-四年三月五日", "2014-03-05"),
        ("2024年3月5口", "2024-03-05"),
        ("2024.3。5", "2024-03-05"),
        ("2024一03一05", "2024-03-05"),
        ("贰零壹玖年零叁月壹拾伍日", "2019-03-15"),
        ("民国一〇八年三月", "2019-03"),
        ("民国一百零八年三月五日", "2019-03-05"),
        ("2023.2.1716:15", "2023-02-17"),
        ("this 5th day of March, 2019", "2019-03-05"),
        ("05-Mar-2019", "2019-03-05"),
        ("5March2019", "2019-03-05"),
        ("March 5,2019", "2019-03-05"),
    ],
)
def test_dates_that_print_and_readers_run_together_are_plain(said: str, iso: str) -> None:
    found = parse(said)
    assert found is not None and found.iso == iso
