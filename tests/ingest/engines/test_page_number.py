"""The page's own printed number is told from all other numbers."""

from __future__ import annotations

import pytest

from ingest.engines.page_number import bare_number, page_numbers, printed_number
from ingest.engines.port import Seen


def line(text: str, left: float = 500, top: float = 1900, width: float = 100) -> tuple[Seen, ...]:
    return (Seen(text, left, top, width, 30, 0.9),)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("— 12 —", 12),
        ("-3-", 3),
        ("―45―", 45),
        ("·7·", 7),
        ("第3页 共5页", 3),
        ("第3页/共5页", 3),
        ("共5页 第3页", 3),
        ("第十二頁", 12),
        ("第一百零五页", 105),
        ("第二〇页", 20),
        ("第十页", 10),
        ("第三十页共四十页", 30),
        ("3/12", 3),
        ("〔8〕", 8),
        ("Page 3 of 5", 3),
        ("P.14", 14),
        ("12页", 12),
    ],
)
def test_a_dressed_number(text: str, number: int) -> None:
    assert printed_number(line(text)) == number


@pytest.mark.parametrize("text", ["12", "2003年", "第3条", "第3页的说明", "—", "1998-2003", "3/12/2004", "a12", ""])
def test_other_words(text: str) -> None:
    assert printed_number(line(text)) is None


def test_a_bare_number_is_no_year() -> None:
    assert bare_number(line("12")) == 12
    assert bare_number(line("0012")) == 12
    assert bare_number(line("1998")) is None


def test_at_the_foot_and_at_the_head() -> None:
    body = line("正文的一行", top=900)
    for number in (line("12", top=2200), line("— 12 —", top=2200), line("0012", top=60)):
        assert page_numbers([body, number], 2339) == (number,)


def test_not_in_the_middle_nor_beside_or_before_other_words() -> None:
    number = line("12", left=1000, top=2200)
    assert page_numbers([line("12", top=1000)], 2339) == ()
    assert page_numbers([line("合计", left=200, top=2205), number], 2339) == ()
    assert page_numbers([number, line("抄送各科室", top=2260)], 2339) == ()


def test_numbers_of_two_facing_pages() -> None:
    numbers = line("12", left=300, top=2200), line("13", left=1200, top=2202)
    assert page_numbers([line("正文", top=900), *numbers], 2339) == numbers
