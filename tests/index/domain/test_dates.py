from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.dates import PartialDate, academic_year, dates_in, parse, partial_date
from index.domain.errors import WrongUse


@pytest.mark.parametrize(
    "said",
    [
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "2 0 2 4 年3月 5 日",
        "2024年3\n月5日",
        "\uff12\uff10\uff12\uff14年\uff13月\uff15日",
        "公元2024年3月5日",
        "2o24年3月5日",
        "2024年3月5曰",
        "2024年3月5号",
        "2024年03月05日",
        "二〇二四年三月五日",
        "二○二四年三月五日",
        "二零二四年三月五日",
        "二O二四年三月五日",
        "二〇二四年三月初五日",
        "民国113年三月五日",
        "中華民國113年3月5日",
        "2024.3.5",
        "2024. 3. 5",
        "2024-03-05",
        "2024/3/5",
        "2024—3—5",
        "20240305",
        "5 March 2024",
        "5th of March, 2024",
        "March 5, 2024",
        "Mar. 5th 2024",
        "MARCH 5 2024",
    ],
)
def test_the_fifth_of_march_is_read_in_every_form(said: str) -> None:
    found = parse(said)
    assert found is not None
    assert found.iso == "2024-03-05"


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("二○二四年十二月二十三日", "2024-12-23"),
        ("一九九八年十月廿三日", "1998-10-23"),
        ("二〇二四年三月卅一日", "2024-03-31"),
        ("民国三十八年五月六日", "1949-05-06"),
        ("民国元年", "1912"),
        ("一九九八年正月", "1998-01"),
        ("二零二四年三月", "2024-03"),
        ("2024年", "2024"),
        ("二○二四", "2024"),
        ("2024.3", "2024-03"),
        ("March 2024", "2024-03"),
    ],
)
def test_counted_numbers_eras_and_parts_are_read(said: str, iso: str) -> None:
    found = parse(said)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "said",
    ["2024年2月30日", "2024-13-01", "2024年度工作", "11010119900101123X", "2024年0月5日", "第12345678号", "3.14", ""],
)
def test_what_is_no_date_is_not_made_one(said: str) -> None:
    assert dates_in(said) == ()


def test_every_date_of_a_text_is_found_where_it_stands() -> None:
    text = "自2024年3月1日起至 2024-05-31 止"
    first, second = dates_in(text)
    assert text[first.start : first.end] == "2024年3月1日"
    assert (first.date.iso, second.date.iso) == ("2024-03-01", "2024-05-31")


def test_a_bare_year_is_believed_less_than_a_day() -> None:
    assert dates_in("2024年")[0].sure < dates_in("2024年3月")[0].sure < dates_in("2024年3月5日")[0].sure


def test_catalogues_write_unknown_parts_as_noughts() -> None:
    said = [partial_date(iso).catalogue for iso in ("2024-03-05", "2024-03", "2024")]
    assert said == ["20240305", "20240300", "20240000"]


@pytest.mark.parametrize("iso", ["2024-02-30", "2024-3-5", "24-03-05", "", "2024-00", "0024"])
def test_a_day_that_does_not_exist_is_refused(iso: str) -> None:
    with pytest.raises(WrongUse):
        partial_date(iso)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(WrongUse):
        PartialDate(2024, None, 5)


@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_iso_and_from_chinese(day: date) -> None:
    assert partial_date(day.isoformat()).first_day == day
    assert parse(f"{day.year}年{day.month}月{day.day}日") == PartialDate(day.year, day.month, day.day)


def test_golden_case_2_a_school_year_begins_in_september() -> None:
    assert academic_year(date(2024, 10, 10)) == "2024-2025"
    assert academic_year(date(2024, 7, 10)) == "2023-2024"
    assert academic_year(date(2024, 9, 1)) == "2024-2025"
    assert academic_year(date(2024, 8, 20), (8, 15)) == "2024-2025"
