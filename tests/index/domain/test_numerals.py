"""Chinese numerals and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.numerals import by_digits, counted, value_of


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十五", 15),
        ("十", 10),
        ("二十", 20),
        ("廿五", 25),
        ("卅", 30),
        ("一百二十", 120),
        ("一百零五", 105),
        ("两千", 2000),
        ("二〇〇三", 2003),
        ("一九八七", 1987),
        ("元", 1),
        ("15", 15),
        ("", None),
        ("十百", None),
        ("二三十", None),
        ("甲", None),
        ("１５", None),
    ],
)
def test_a_numeral_has_a_value(numeral: str, value: int | None) -> None:
    assert value_of(numeral) == value


@given(st.integers(1, 9999))
def test_what_is_counted_has_its_value(number: int) -> None:
    assert value_of(counted(number)) == number


@given(st.integers(1000, 2199))
def test_a_year_by_its_digits_has_its_value(year: int) -> None:
    assert {value_of(one) for one in by_digits(year)} == {year}
    assert len(by_digits(year)) == (3 if "0" in str(year) else 1)
