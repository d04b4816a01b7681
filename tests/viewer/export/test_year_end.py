"""The catalogues of year-end have exactly the columns of D.5, and hold nothing that their reader may not read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.custody.assembling import describe
from index.custody.renumbering import carry_out, plan_fonds
from index.domain.access import Permit, Role, permit_of
from index.domain.arranging.volumes import Kind, Volume
from tests.fakes.config.homes import MORNING, room_at
from tests.fakes.index.year_end import AUGUST, School
from viewer.export.catalogue import Catalogue
from viewer.export.holders import Bounds
from viewer.export.year_end import Asked, collect, export

FILE = ("序号", "档号(案卷号)", "案卷题名", "起止日期", "件数", "页数", "保管期限", "备注")
CONTENTS = ("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注")
CONTRACT = {
    **{"pack": "employees", "series": "RS·ZZ", "retention": "unset", "marking": "personal"},
    **{"subject_key": "E001", "persons": "张三", "title": "劳动合同书"},
}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = School(room_at(tmp_path / "home"))
    yield made
    made.room.home.catalogue.close()


@pytest.fixture
def volume(school: School) -> Volume:
    items = [
        school.file(2, "J101", title="甲", document_number="校〔2024〕1号", creator="校长室", date="2024-03-05"),
        school.file(1, "J101", title="乙", creator="教务处", date="2024-11", marking="personal"),
    ]
    return school.seal(school.assemble(items, title="第一实验小学2024年通知"))


def taken(school: School, kind: str, role: Role = Role.ARCHIVIST, **bounds: str) -> Catalogue:
    asked = Asked(Bounds(**bounds), permit_of(role), lambda done, of: None)
    return collect(school.room.home, kind, asked, "print", "somebody")


@pytest.mark.parametrize(
    ("kind", "columns", "inner"),
    [
        ("file-catalogue", (*FILE, "归档时的案卷号"), ()),
        ("contents-list", CONTENTS, ()),
        ("full-catalogue", FILE, CONTENTS),
        ("note-sheet", ("本卷情况说明", "立卷人", "检查人", "立卷时间", "档号"), ()),
        ("box-note-sheet", ("盒内文件情况说明", "整理人", "整理日期", "检查人", "检查日期", "档号"), ()),
    ],
)
def test_the_columns_are_those_of_the_standards_in_their_order(
    school: School, volume: Volume, kind: str, columns: tuple[str, ...], inner: tuple[str, ...]
) -> None:
    made = taken(school, kind)
    assert (made.names, tuple(column.name for column in made.inner)) == (columns, inner)
    assert sum(column.width for column in made.columns) == 260


def test_a_volume_has_its_row_with_days_counts_and_period(school: School, volume: Volume) -> None:
    [row] = taken(school, "file-catalogue", fonds="J101", year="2024").rows()
    code = "J101-WS·2024·D10·行政-001"
    assert row == ("1", code, "第一实验小学2024年通知", "20240305-20241130", "2", "3", "10年", "", code)


def test_the_full_catalogue_lets_each_file_be_followed_by_its_papers(school: School, volume: Volume) -> None:
    made = taken(school, "full-catalogue")
    [booklet] = made.booklets
    lines = [(line.cells, line.head, line.strong) for line in made.lines(booklet)]
    assert [head for _, head, _ in lines] == [False, True, False, False]
    assert lines[1][0] == CONTENTS and lines[0][2]
    assert lines[2][0] == ("1", "校〔2024〕1号", "校长室", "甲", "20240305", "1-2", "")
    assert lines[3][0] == ("2", "", "教务处", "乙", "20241100", "3", "")
    assert made.size == 3


def test_a_subject_file_is_listed_with_the_volumes_but_has_no_year(school: School) -> None:
    school.file(1, "C301", date="2024-03-05", **CONTRACT)
    school.file(1, "C301", date="2023-01-01", **CONTRACT)
    [row] = taken(school, "file-catalogue", fonds="C301").rows()
    assert row[1:7] == ("C301-RS·ZZ-001", "E001 张三", "20230101-20240305", "2", "2", "未定")
    assert taken(school, "file-catalogue", fonds="C301", year="2024").size == 0
    [booklet] = taken(school, "contents-list", holder="C301-RS·ZZ-001").booklets
    assert len(booklet.rows) == 2


def test_a_reader_gets_no_line_and_no_count_of_what_he_may_not_read(school: School, volume: Volume) -> None:
    school.file(1, "C301", **CONTRACT)
    made = taken(school, "full-catalogue", Role.READER)
    [booklet] = made.booklets
    assert booklet.rows[0][4:6] == ("1", "2")
    assert [row[3] for row in booklet.inner[0]] == ["甲"]
    nobody = Asked(Bounds(), Permit(frozenset()), lambda done, of: None)
    assert collect(school.room.home, "full-catalogue", nobody, "csv", "nobody").size == 0


def test_a_note_sheet_says_what_was_written_on_it(school: School, volume: Volume) -> None:
    with school.room.home.catalogue.writing() as work:
        said = {"situation": "第3页缺损", "checked_by": "档案员乙", "checked_on": AUGUST}
        describe(work, work.volumes.get(volume.id), "archivist", **said)  # type: ignore[arg-type]
    [row] = taken(school, "note-sheet", holder=volume.reference_code).rows()
    assert row == ("第3页缺损", "archivist", "档案员乙", "20250830", volume.reference_code)


def test_a_box_has_a_note_sheet_of_its_own(school: School) -> None:
    box = school.seal(school.assemble([school.file()], Kind.BOX))
    [row] = taken(school, "box-note-sheet").rows()
    assert row[-1] == "J101-WS·2024-D10-XZ 盒1"
    assert taken(school, "file-catalogue").size == taken(school, "note-sheet").size == 0
    assert taken(school, "contents-list", holder=box.id).size == 1


def test_a_draft_is_in_no_catalogue(school: School) -> None:
    school.assemble([school.file()])
    assert taken(school, "file-catalogue").size == 0


@pytest.mark.parametrize("kind", ["file-catalogue", "contents-list", "full-catalogue", "note-sheet"])
@pytest.mark.parametrize("format", ["xlsx", "csv", "pdf"])
def test_every_kind_is_written_in_every_format(
    school: School, volume: Volume, tmp_path: Path, kind: str, format: str
) -> None:
    done: list[tuple[int, int]] = []
    asked = Asked(Bounds(), permit_of(Role.ARCHIVIST), lambda at, of: done.append((at, of)))
    size = export(school.room.home, kind, asked, format, tmp_path / "out", "archivist")
    assert size and (tmp_path / "out").stat().st_size
    assert done[-1] == (size, size)
    with school.room.home.catalogue.reading() as work:
        [told] = [event for event in work.journal.all() if event.verb == "exported"]
        assert (told.target, told.actor, told.details["format"]) == (kind, "archivist", format)


def test_csv_names_the_inner_columns_before_the_inner_rows(school: School, volume: Volume, tmp_path: Path) -> None:
    asked = Asked(Bounds(), permit_of(Role.ARCHIVIST), lambda done, of: None)
    export(school.room.home, "full-catalogue", asked, "csv", tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as written:
        rows = [tuple(row) for row in csv.reader(written)]
    assert rows[0] == FILE and rows[2] == CONTENTS and len(rows) == 5


def test_a_renumbering_can_be_handed_out_as_a_table(school: School, volume: Volume) -> None:
    school.person()
    with school.room.home.catalogue.writing() as work:
        plan = plan_fonds(work, school.fonds(work), school.room.home.packs, "J202")
        carry_out(work, plan, "全宗号调整", "clerk", "archivist", MORNING)
    made = taken(school, "renumbering")
    assert made.names == ("序号", "原档号", "新档号", "题名")
    assert [row[1:] for row in made.rows()] == [
        ("J101-WS·2024·D10·行政-001", "J202-WS·2024·D10·行政-001", "第一实验小学2024年通知"),
        ("J101-WS·2024·D10·行政-001-001", "J202-WS·2024·D10·行政-001-001", "甲"),
        ("J101-WS·2024·D10·行政-001-002", "J202-WS·2024·D10·行政-001-002", "乙"),
    ]
    assert len(list(taken(school, "renumbering", Role.READER).rows())) == 2
    [row] = taken(school, "file-catalogue").rows()
    assert (row[1], row[-1]) == ("J202-WS·2024·D10·行政-001", "J101-WS·2024·D10·行政-001")
    assert re.fullmatch(r"\d{8}", dict(made.booklets[0].cover)["改号日期"])
