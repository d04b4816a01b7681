"""A row is read as clerks write rows, and everything wrong with it is told at once."""

from __future__ import annotations

import pytest

from index.domain.errors import WrongUse
from index.domain.lists.entries import CATALOGUE, Entry, checked_columns, entries, proposed, tally
from index.domain.lists.incoming import REGISTER
from index.domain.lists.sheet import Row
from index.domain.sentences.of_lists import FIELDS


def read(**cells: str) -> Entry:
    """One row of a catalogue with these fields."""
    said = {"title": "关于防汛的通知", **cells}
    return entries(CATALOGUE, [Row(2, tuple(said.values()))], {name: at for at, name in enumerate(said)})[0]


def codes(entry: Entry) -> list[str]:
    return [fault.code for fault in entry.faults]


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        ("date", "20240305", "2024-03-05"),
        ("date", "20240300", "2024-03"),
        ("date", "20240000", "2024"),
        ("date", "2024-03-05 00:00", "2024-03-05"),
        ("date", "2024.3.5", "2024-03-05"),
        ("date", "二〇二四年三月五日", "2024-03-05"),
        ("date", "民国二十五年三月", "1936-03"),
        ("retention", "永久", "permanent"),
        ("retention", "D30", "30y"),
        ("retention", "10年", "10y"),
        ("marking", "公开", "open"),
        ("marking", "商业秘密", "confidential"),
        ("pages", "12页", "12"),
        ("pages", "3-5", "3"),
        ("pages", "07", "7"),
        ("persons", "甲某，乙某,丙某", "甲某、乙某、丙某"),
    ],
)
def test_a_cell_is_kept_as_the_catalogue_keeps_it(field: str, written: str, kept: str) -> None:
    entry = read(**{field: written})
    assert (entry.value(field), entry.faults) == (kept, ())


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("date", "2024年13月5日", "entry-bad-value"),
        ("date", "不详", "entry-bad-value"),
        ("retention", "长期", "entry-bad-value"),
        ("marking", "普密", "entry-bad-value"),
        ("marking", "机密★10年", "entry-state-secret"),
        ("marking", "绝密", "entry-state-secret"),
        ("marking", "秘密", "entry-state-secret"),
        ("pages", "若干", "entry-bad-value"),
        ("title", "#REF!", "entry-bad-value"),
        ("creator", "#N/A", "entry-bad-value"),
        ("title", "", "entry-lacks"),
    ],
)
def test_what_cannot_be_read_is_a_fault_that_blocks(field: str, written: str, code: str) -> None:
    entry = read(**{"reference_code": "A-1", field: written})
    assert codes(entry) == [code] and not entry.sound


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_fault_names_the_field_as_a_clerk_does(language: str) -> None:
    said = read(date="不详").faults[0].sentence(language)
    assert "不详" in said and FIELDS["date"][{"zh-Hans": 0, "zh-Hant": 1, "en": 2}[language]] in said


def test_two_rows_of_one_code_name_each_other() -> None:
    rows = [Row(2, ("甲", "A-1")), Row(3, ("乙", "A-2")), Row(7, ("丙", "A-1"))]
    found = entries(CATALOGUE, rows, {"title": 0, "reference_code": 1})
    assert [codes(entry) for entry in found] == [["entry-twice"], [], ["entry-twice"]]
    assert "7" in found[0].faults[0].sentence("zh-Hans")
    assert tally(found) == {"entry-twice": 2}


def test_a_row_that_says_nothing_in_the_columns_used_is_none() -> None:
    assert entries(CATALOGUE, [Row(2, ("4", ""))], {"title": 1}) == []


def test_columns_are_proposed_by_their_headings_the_standards_word_first() -> None:
    assert proposed(CATALOGUE, ["编号", "文号", "文件题名", "形成时间", "甲"]) == {
        "title": 2,
        "document_number": 1,
        "date": 3,
    }
    assert proposed(REGISTER, ["收文号", "来文机关", "来文字号", "事由", "收到日期", "份数"]) == {
        "receipt_number": 0,
        "received_on": 4,
        "sender": 1,
        "document_number": 2,
        "title": 3,
        "copies": 5,
    }


@pytest.mark.parametrize("columns", [{}, {"title": 9}, {"title": 0, "date": 0}, {"title": 0, "colour": 1}, {"date": 0}])
def test_columns_that_cannot_be_are_refused(columns: dict[str, int]) -> None:
    with pytest.raises(WrongUse) as refused:
        checked_columns(CATALOGUE, columns, ["题名", "日期"])
    assert refused.value.code == "bad-columns"
