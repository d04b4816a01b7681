"""The printed catalogue: a cover before each booklet, the head on every page, pages counted within the booklet."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from index.domain.errors import Missing
from tests.fakes.viewer.export.booklets import booklet, catalogue, silent
from viewer.export import fonts, pdf


def pages_of(path: Path) -> list[str]:
    """The text of each page (pdfminer cannot read the encoding that fpdf2 embeds for this font; PDFium can)."""
    printed = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in printed]
    printed.close()
    return texts


def test_a_cover_stands_before_each_booklet(tmp_path: Path) -> None:
    pdf.write(catalogue(booklet("2023", "甲"), booklet("2024", "乙")), tmp_path / "x.pdf", silent)
    first, _, second, _ = pages_of(tmp_path / "x.pdf")
    assert [line for line in first.splitlines() if "年度" in line] == ["年度 2023"]
    assert "全宗名称 第一实验小学" in second and "年度 2024" in second


@pytest.mark.slow
def test_every_page_has_the_head_and_its_number_within_the_booklet(tmp_path: Path) -> None:
    pdf.write(catalogue(booklet("2024", *("关于春游的通知",) * 60)), tmp_path / "x.pdf", silent)
    rows = pages_of(tmp_path / "x.pdf")[1:]
    assert len(rows) > 2
    assert all("序号 档号 文号 责任者 题名 日期 密级 页数 备注" in page for page in rows)
    assert [page.splitlines()[-1] for page in rows] == [f"第 {n} 页 共 {len(rows)} 页" for n in range(1, len(rows) + 1)]


@pytest.mark.slow
def test_a_long_title_is_printed_whole(tmp_path: Path) -> None:
    title = "关于" + "进一步" * 60 + "的通知"
    pdf.write(catalogue(booklet("2024", title)), tmp_path / "x.pdf", silent)
    printed = "".join(pages_of(tmp_path / "x.pdf")[1].split())
    assert title in printed


@pytest.mark.slow
def test_an_empty_catalogue_is_one_page(tmp_path: Path) -> None:
    pdf.write(catalogue(), tmp_path / "x.pdf", silent)
    assert len(pages_of(tmp_path / "x.pdf")) == 1


def test_a_machine_without_a_chinese_font_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="font"):
        fonts.chinese_font((tmp_path,))


def test_fonts_are_looked_for_in_preference_order(tmp_path: Path) -> None:
    for name in ("wqy-zenhei.ttc", "NotoSansCJK-Regular.ttc"):
        (tmp_path / name).touch()
    assert fonts.chinese_font((tmp_path,)).path.name == "NotoSansCJK-Regular.ttc"
