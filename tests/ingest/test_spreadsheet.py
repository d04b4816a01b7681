"""Spreadsheets as offices write them become lines of text; what is none is said to be none."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from index.domain.errors import BadScan
from ingest.spreadsheet import MOST_ROWS, lines


def workbook(path: Path, *rows: tuple[object, ...], **sheets: list[tuple[object, ...]]) -> str:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        added = book.create_sheet(name)
        for row in more:
            added.append(row)
    book.save(path)
    return str(path)


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    row = (1, 2.0, 2.5, None, "文", date(2024, 3, 5), datetime(2024, 3, 5, 8, 30), datetime(2024, 3, 5), True)
    told = ["1", "2", "2.5", "", "文", "2024-03-05", "2024-03-05 08:30", "2024-03-05", "True"]
    assert lines(workbook(tmp_path / "a.xlsx", row)) == [told]


def test_the_fullest_visible_sheet_is_read_unless_one_is_named(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", ("说明",), 目录=[("题名",), ("通知",)], 空=[])
    assert lines(file) == [["题名"], ["通知"]] and lines(file, "Sheet") == [["说明"]]
    with pytest.raises(BadScan) as missing:
        lines(file, "无")
    assert missing.value.code == "no-such-sheet" and "目录" in str(missing.value.details["sheets"])


def test_what_stands_in_merged_cells_stands_in_each_of_their_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("目录",), ("档号", "题名", "责任者"), ("1", "甲", "校长室"), ("2", "乙"), ("3", "丙"), ("4", "丁")):
        sheet.append(row)
    for place in ("A1:C1", "C3:C5"):
        sheet.merge_cells(place)
    book.save(tmp_path / "a.xlsx")
    told = [["目录"], ["档号", "题名", "责任者"], *(["123"[at], "甲乙丙"[at], "校长室"] for at in range(3))]
    assert lines(str(tmp_path / "a.xlsx")) == [*told, ["4", "丁"]]


def test_a_quotation_mark_within_a_cell_is_a_sign_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('题名,备注\n显示器19",甲\n"十佳"教师,乙\n', "utf-8")
    assert lines(str(tmp_path / "a.csv"))[1:] == [['显示器19"', "甲"], ["十佳教师", "乙"]]


def test_a_cell_may_be_as_long_as_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'题名,备注\n甲,"{"长" * 200_000}"\n', "utf-8")
    assert len(lines(str(tmp_path / "a.csv"))[1][1]) == 200_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_and_signs_of_offices(tmp_path: Path, encoding: str, sign: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(f'题名{sign}日期\r\n"关于{sign}的通知"{sign}2024\r\n'.encode(encoding))
    assert lines(str(file)) == [["题名", "日期"], [f"关于{sign}的通知", "2024"]]


def test_traditional_lists_in_big5_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("檔號,題名\r\n甲,關於防汛的通知\r\n".encode("big5"))
    assert lines(str(file))[1][1] == "關於防汛的通知"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old-workbook"),
        (b"PK\x03\x04broken", "no-spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "no-spreadsheet"),
        (b"a\n" * (MOST_ROWS + 1), "too-many-rows"),
        ('题名,日期\n"十佳教师,2024\n甲,2024\n'.encode(), "open-quote"),
    ],
)
def test_what_is_no_spreadsheet_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    with pytest.raises(BadScan) as refused:
        lines(str(file))
    assert refused.value.code == code


def test_a_zip_that_is_no_workbook_is_none(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("notes.txt", "x")
    with pytest.raises(BadScan) as refused:
        lines(str(tmp_path / "a.xlsx"))
    assert refused.value.code == "no-spreadsheet"


def test_a_short_list_leaves_the_limit_of_the_process_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (tmp_path / "a.csv").write_text("题名,备注\n甲,乙\n", "utf-8")
    assert lines(str(tmp_path / "a.csv"))
    assert csv.field_size_limit() == before
