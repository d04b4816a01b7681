"""Headings are found below titles, and rows that say nothing of a record are no rows."""

from __future__ import annotations

import pytest

from index.domain.lists.entries import CATALOGUE
from index.domain.lists.sheet import Row, Sheet, plain, sheet

HEADINGS = ["序号", "档号", "题名", "日期"]


@pytest.mark.parametrize(
    "above",
    [[], [["学校档案目录", "", "", ""]], [["目录"], [""], ["编制单位：", "档案室"]], [["", "", "", ""]] * 5],
)
def test_headings_stand_below_whatever_stands_above_them(above: list[list[str]]) -> None:
    found = sheet([*above, HEADINGS, ["1", "A-1", "通知", "2024"]], CATALOGUE.known)
    assert found == Sheet(tuple(HEADINGS), (Row(len(above) + 2, ("1", "A-1", "通知", "2024")),))


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", ""],
        HEADINGS,
        ["序号", "档号", "题名", "年"],
        ["合计", "", "12", ""],
        [" ", "\t", "", ""],
        ["总计：3", "", "", ""],
    ],
)
def test_rows_that_tell_of_no_record_are_passed_over(row: list[str]) -> None:
    assert sheet([HEADINGS, row, ["2", "A-2", "函", ""]], CATALOGUE.known).rows == (Row(3, ("2", "A-2", "函", "")),)


def test_short_and_long_rows_get_the_width_of_the_headings() -> None:
    found = sheet([HEADINGS, ["1"], ["2", "b", "c", "d", "e"]], CATALOGUE.known)
    assert [row.cells for row in found.rows] == [("1", "", "", ""), ("2", "b", "c", "d")]


def test_without_a_known_heading_the_first_line_of_two_cells_is_the_headings() -> None:
    assert sheet([["表"], ["甲", "乙"], ["1", "2"]], CATALOGUE.known).headings == ("甲", "乙")
    assert sheet([["表"], [""]], CATALOGUE.known) == Sheet((), ())


@pytest.mark.parametrize("heading", ["题名", " 题 名 ", "題名", "题名(必填)", "题名：", "＊题名"])
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    assert plain(heading) == "题名"
