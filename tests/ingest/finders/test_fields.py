"""What forms say behind their labels, after a colon, in the next cell, under a row of labels, and over lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.reading import Box, PageReading, Script, Word
from ingest.finders.fields import Labels, fields
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import page

LABELS: Labels = (
    ("1.1", ("客户名称", "单位名称")),
    ("1.2", ("所有者", "法定代表人")),
    ("1.6", ("行业", "所属行业")),
    ("4.2", ("存在的问题",)),
    ("4.4", ("对策",)),
    ("4.7", ("交易条件", "付款方式")),
)


def said(*lines: str, readings: PageReading | None = None) -> dict[str, str]:
    found = fields(Paper.of([readings or page(*lines)]), LABELS)
    return {number: value.value for number, value in found.items()}


def table(*rows: tuple[str, ...]) -> PageReading:
    """Rows of cells that stand apart, as an engine reports a form."""
    text, words = "", []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            box = Box(0.1 + 0.25 * column, 0.1 + 0.03 * row, 0.01 * len(cell), 0.014)
            words.append(Word(cell, len(text), box, 0.9))
            text += cell + " "
        text = text.rstrip() + "\n"
    return PageReading(text.rstrip("\n"), tuple(words), Script.HANS, 0, "typeset", "1", 0.9)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("所属行业:阀门制造", {"1.6": "阀门制造"}),
        ("行业：阀门制造", {"1.6": "阀门制造"}),
        ("2、交易条件(付款):款到发货;", {"4.7": "款到发货"}),
        ("法定代表人：王秀兰 所属行业：石化", {"1.2": "王秀兰", "1.6": "石化"}),
        ("所屬行業：閥門製造", {"1.6": "閥門製造"}),
        ("所属行业:____", {}),
        ("所有者:康川二〇〇六年七月十五日", {}),
        ("所有者:康川 2006年7月15日", {}),
        ("本行业:阀门", {}),
        ("我们属于阀门行业", {}),
    ],
)
def test_behind_a_colon(line: str, found: dict[str, str]) -> None:
    assert said(line) == found


def test_the_surest_label_of_a_field_goes_first_wherever_it_stands() -> None:
    assert said("法定代表人：王秀兰", "所有者：张建国") == {"1.2": "张建国"}


def test_in_the_next_cell_of_a_table() -> None:
    form = table(
        ("客户名称", "大江阀门厂", "行业", "石化"), ("所有者", "法定代表人", "电话", "0514"), ("付款方式", "月结30天")
    )
    assert said(readings=form) == {"1.1": "大江阀门厂", "1.6": "石化", "4.7": "月结30天"}
    assert said(readings=table(("行业..", "··石化"), ("对策", "专人跟进"))) == {"1.6": "石化", "4.4": "专人跟进"}


def test_under_a_row_of_labels() -> None:
    form = table(("客户名称", "行业", "交易条件"), ("大江阀门厂", "石化", "款到发货"))
    assert said(readings=form) == {"1.1": "大江阀门厂", "1.6": "石化", "4.7": "款到发货"}


def test_a_value_goes_on_over_full_lines_and_ends_at_the_next_label() -> None:
    long = "存在的问题：回款比约定的晚，对账不及时，仓库管理较乱，人员更换频繁，发货"
    assert said(long, "单据常有遗漏。", "对策：专人跟进") == {
        "4.2": f"{long.partition('：')[2]}单据常有遗漏",
        "4.4": "专人跟进",
    }


def test_without_places_on_the_page_a_value_ends_with_its_line() -> None:
    read = page("存在的问题：回款晚", "其他说明在后")
    assert said(readings=replace(read, words=())) == {"4.2": "回款晚"}


def test_where_it_stands_and_how_sure_it_is_are_kept() -> None:
    one = fields(Paper.of([page("别的话"), page("所属行业:石化")]), LABELS)["1.6"]
    assert one.evidence and (one.evidence.page, one.evidence.words) == (2, "所属行业:石化")
    assert 0.8 <= one.confidence <= 0.9


def test_nothing_is_looked_for_where_no_fields_are_asked_for() -> None:
    assert fields(Paper.of([page("所属行业:石化")]), ()) == {}
