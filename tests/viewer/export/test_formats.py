"""Every format says the same rows, and none of them runs what somebody wrote on paper."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.fakes.viewer.export.booklets import booklet, catalogue, silent
from viewer.export import csv as csv_export
from viewer.export import xlsx
from viewer.export.catalogue import Writer
from viewer.export.item_catalogue import COLUMNS

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")')


def test_csv_opens_in_old_office_programs(tmp_path: Path) -> None:
    csv_export.write(catalogue(booklet("2024", "通知")), tmp_path / "x.csv", silent)
    written = (tmp_path / "x.csv").read_bytes()
    assert written.startswith("\ufeff序号,档号,文号,责任者,题名,日期,密级,页数,备注\r\n".encode())
    assert written.endswith("1,001,,教务处,通知,20240305,,2,\r\n".encode())


def test_csv_holds_no_formula(tmp_path: Path) -> None:
    csv_export.write(catalogue(booklet("2024", *DANGEROUS)), tmp_path / "x.csv", silent)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as written:
        titles = [row[4] for row in csv.reader(written)][1:]
    assert titles == [f"'{title}" for title in DANGEROUS]


def test_a_workbook_opens_on_its_rows_with_codes_as_text(tmp_path: Path) -> None:
    xlsx.write(catalogue(booklet("2023", "甲"), booklet("2024", "乙")), tmp_path / "x.xlsx", silent)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["封面", "归档文件目录"]
    assert book.active.title == "归档文件目录"
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == tuple(column.name for column in COLUMNS)
    assert rows[2] == (1, "001", None, "教务处", "乙", "20240305", None, 2, None)
    assert book.active["B2"].data_type == "s" and book.active["B2"].number_format == "@"


def test_a_workbook_prints_on_a4_across_with_its_head_on_each_page(tmp_path: Path) -> None:
    xlsx.write(catalogue(booklet("2023", "甲", "乙"), booklet("2024", "丙")), tmp_path / "x.xlsx", silent)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$1:$1"
    assert [at.id for at in sheet.row_breaks.brk] == [3]


def test_a_workbook_has_a_cover_for_each_booklet(tmp_path: Path) -> None:
    xlsx.write(catalogue(booklet("2023", "甲"), booklet("2024", "乙")), tmp_path / "x.xlsx", silent)
    said = [row for row in openpyxl.load_workbook(tmp_path / "x.xlsx")["封面"].iter_rows(values_only=True) if row[1]]
    assert said[:3] == [("全宗号", "S100"), ("全宗名称", "第一实验小学"), ("年度", "2023")]
    assert [row[1] for row in said if row[0] == "年度"] == ["2023", "2024"]


def test_a_workbook_holds_no_formula(tmp_path: Path) -> None:
    xlsx.write(catalogue(booklet("2024", *DANGEROUS)), tmp_path / "x.xlsx", silent)
    cells = openpyxl.load_workbook(tmp_path / "x.xlsx").active["E"][1:]
    assert [cell.data_type for cell in cells] == ["s"] * len(DANGEROUS)


@pytest.mark.parametrize("write", [csv_export.write, xlsx.write])
def test_an_empty_catalogue_is_still_a_catalogue(tmp_path: Path, write: Writer) -> None:
    write(catalogue(), tmp_path / "out", silent)
    assert (tmp_path / "out").stat().st_size > 0
