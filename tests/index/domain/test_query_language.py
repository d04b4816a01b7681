"""How a typed query is read."""

from __future__ import annotations

from datetime import date

import pytest

from index.domain.query import Every, Without, Words
from index.domain.query_language import read

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("劳动合同", ("劳动合同",), ()),
        ("勞動\u3000合同", ("劳动", "合同"), ()),
        ("劳动 劳动 勞動", ("劳动",), ()),
        ("“劳动 合同”", ("劳动合同",), ()),
        ("合同“劳动”经费", ("合同", "劳动", "经费"), ()),
        ('"annual  report"', ("annual report",), ()),
        ("“没有结尾 的话", ("没有结尾的话",), ()),
        ("合同 -借款", ("合同",), ("借款",)),
        ("合同 -“借款 单”", ("合同",), ("借款单",)),
        ("-借款", (), ("借款",)),
        ("2003-00042", ("2003-00042",), ()),
        ("《劳动法》", ("<劳动法>",), ()),
        ("  ", (), ()),
        ("- “”", ("-",), ()),
    ],
)
def test_words_apart_are_all_wanted_quotes_hold_and_a_dash_leaves_out(
    typed: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    left_out = [Without(Words(text)) for text in unwanted]
    assert read(typed, TODAY).tree == Every((*map(Words, wanted), *left_out))


def test_how_it_was_read_needs_no_language() -> None:
    assert read("甲 乙 -丙", TODAY).read_as == "“甲” + “乙” − “丙”"
    assert read("-丙", TODAY).read_as == "− “丙”"
    assert read("", TODAY).read_as == ""
