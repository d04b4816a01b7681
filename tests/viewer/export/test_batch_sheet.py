"""An exported batch sheet holds the figures, a row for each page, and all that is needed to draw the sample again."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from index.custody import batching
from index.domain.batch import Batch, Verdict
from index.domain.proof.sampling import drawn
from tests.viewer.batching import SEED, batch
from tests.viewer.seeding import Room
from viewer.batch_sheet import rules_of
from viewer.export.batch_sheet import export_batch_sheet


@pytest.fixture
def made(held: Room) -> Batch:
    """A batch whose sample was looked at: one page not good."""
    made = batch(held, 12)
    with held.home.catalogue.writing() as work:
        batching.describe(work, made.id, 1, {"expected_pages": "13"}, "archivist")
        batching.draw(work, made.id, rules_of(held.home).portion, "archivist")
        for number, mark in enumerate(work.batches.marks([made.id])[made.id]):
            said = (Verdict.BAD, "边缘缺失") if number == 0 else (Verdict.GOOD, "")
            batching.judge(work, made.id, mark.page_id, *said, "archivist", held.home.clock.now())
    return made


def pages_of(path: Path) -> list[str]:
    """The text of each page."""
    printed = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in printed]
    printed.close()
    return texts


def exported(held: Room, made: Batch, form: str, place: Path, language: str = "") -> Path:
    out = place / f"sheet.{form}"
    export_batch_sheet(held.home, made.code, form, out, lambda done, of: None, language=language)
    return out


def test_the_sample_can_be_drawn_again_from_the_rows(held: Room, made: Batch, tmp_path: Path) -> None:
    with exported(held, made, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    ids = [row["页标识"] for row in rows]
    assert [row["页标识"] for row in rows if row["抽检"]] == list(drawn(SEED, ids, 5))
    assert sorted(row["抽签值"] for row in rows)[:5] == sorted(row["抽签值"] for row in rows if row["抽检"])
    assert [row["结果"] for row in rows].count("合格") == 4
    assert [row["原因"] for row in rows if row["结果"] == "不合格"] == ["边缘缺失"]


def test_the_workbook_bears_the_figures_and_every_page(held: Room, made: Batch, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(held, made, "xlsx", tmp_path))
    figures = {name: value for name, value in book["封面"].iter_rows(values_only=True) if value}
    assert (figures["编号"], figures["应有"], figures["实有"]) == ("20261123-1", "13", "12")
    assert (figures["随机种子"], figures["抽检"], figures["合格率"]) == (str(SEED), "12 页中抽 5 页", "80.0 %")
    assert book["批次质检单"].max_row == 13


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh-Hans", "批次质检单"),
        pytest.param("zh-Hant", "批次質檢單", marks=pytest.mark.slow),
        pytest.param("en", "Batch sheet", marks=pytest.mark.slow),
    ],
)
def test_the_printed_sheet_says_what_matters_on_one_page(
    held: Room, made: Batch, tmp_path: Path, language: str, title: str
) -> None:
    (words,) = pages_of(exported(held, made, "pdf", tmp_path, language))
    assert f"{title} 20261123-1" in words and str(SEED) in words and "边缘缺失" in words and "80.0 %" in words


@pytest.mark.slow
def test_a_sheet_of_many_pages_runs_on_and_keeps_its_signatures_together(held: Room, tmp_path: Path) -> None:
    made = batch(held, 90)
    with held.home.catalogue.writing() as work:
        for one in work.batches.pages([made.id]):
            at = held.home.clock.now()
            batching.judge(work, made.id, one.page.id, Verdict.BAD, "整页模糊", "archivist", at)
    pages = pages_of(exported(held, made, "pdf", tmp_path))
    assert len(pages) > 2 and sum(words.count("整页模糊") for words in pages) == 90
    assert "检查人" in pages[-1] and "复核签字" in pages[-1]
