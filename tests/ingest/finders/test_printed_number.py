"""The number printed on a page, in every form that offices and their printers use; and what is none."""

from __future__ import annotations

import pytest

from index.domain.reading import Box, PageReading, Script, Word
from ingest.finders.printed_number import printed_number
from tests.fakes.ingest.finders.readings import plain

BODY = ("关于春季消防安全检查的通知", "各科室请于三月五日前完成自查，共12项。", "特此通知")


def page(*lines: tuple[str, float]) -> PageReading:
    """Lines at this height (0..1) of the page, each one word."""
    text, words = "", []
    for said, top in lines:
        words.append(Word(said, len(text), Box(0.4, top, 0.2, 0.015), 0.9))
        text += said + "\n"
    return PageReading(text.rstrip("\n"), tuple(words), Script.HANS, 0, "fake", "1", 0.9)


def footed(said: str, top: float = 0.94) -> PageReading:
    return page(*((line, 0.2 + n / 10) for n, line in enumerate(BODY)), (said, top))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("— 12 —", "12"),
        ("－12－", "12"),
        ("- 3 -", "3"),
        ("-3-", "3"),
        ("一3一", "3"),
        ("· 7 ·", "7"),
        ("第3页", "3"),
        ("第 3 页", "3"),
        ("第三页", "3"),
        ("第二十一页", "21"),
        ("第一百零三页", "103"),
        ("第 3 页 共 5 页", "3/5"),
        ("第3頁，共5頁", "3/5"),
        ("第3页/共5页", "3/5"),
        ("共 5 页 第 3 页", "3/5"),
        ("员工手册 第 3 页 共 5 页", "3/5"),
        ("3/12", "3/12"),
        ("3 / 12", "3/12"),
        ("Page 3 of 5", "3/5"),
        ("PAGE 3", "3"),
        ("p. 3", "3"),
        ("3", "3"),
        ("３", "3"),
        ("3一", "3"),
        ("— 3", "3"),
        # -- none --
        ("2024", ""),
        ("12/3", ""),
        ("007", ""),
        ("见第3页", ""),
        ("二〇二四年三月五日", ""),
        ("特此通知", ""),
        ("第0页", ""),
    ],
)
def test_forms(said: str, number: str) -> None:
    assert printed_number(footed(said)) == number


def test_at_the_head_and_in_a_corner_too() -> None:
    assert printed_number(page(("3", 0.03), *((line, 0.2 + n / 10) for n, line in enumerate(BODY)))) == "3"
    assert printed_number(page(("第 4 页", 0.03), *((line, 0.2 + n / 10) for n, line in enumerate(BODY)))) == "4"


def test_a_bare_number_in_the_middle_of_the_page_is_a_cell_of_a_table() -> None:
    assert printed_number(footed("3", top=0.6)) == ""


def test_without_boxes_only_a_number_with_its_signs_is_one() -> None:
    assert printed_number(plain("\n".join((*BODY, "— 3 —")))) == "3"
    assert printed_number(plain("\n".join((*BODY, "3")))) == ""


def test_a_blank_page_has_none() -> None:
    assert printed_number(PageReading("", (), Script.NONE, 0, "fake", "1", 1.0, blank=True)) == ""
