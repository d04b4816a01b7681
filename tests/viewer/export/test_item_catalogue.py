"""The catalogue of filed items holds what DA/T 22-2015 wants, in its order, under its covers."""

from __future__ import annotations

import pytest

from index.domain.access import Permit, Role, permit_of
from index.domain.holdings import ItemState
from index.ports import Selection
from tests.fakes.viewer.rooms import PACKS, Room
from viewer.export.catalogue import Catalogue
from viewer.export.item_catalogue import collect

DATES = [("2024-03-05", "20240305"), ("2024-03", "20240300"), ("2024", "20240000"), ("", "")]
ARCHIVIST = permit_of(Role.ARCHIVIST)
READER = permit_of(Role.READER)


def listed(room: Room, permit: Permit = ARCHIVIST, item_ids: tuple[str, ...] | None = None) -> Catalogue:
    with room.catalogue.reading() as work:
        return collect(work, Selection(permit, item_ids=item_ids), PACKS, lambda done, of: None)


def test_the_columns_are_the_standards_own_in_its_order(room: Room) -> None:
    room.file("S100-WS·2024-D30-BGS-0001")
    assert listed(room).names == ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")


def test_a_row_says_what_the_item_says_and_blanks_what_nobody_knows(room: Room) -> None:
    room.file(
        "S100-WS·2024-D30-BGS-0001",
        pages=("一", "", "三"),
        title="[关于春游的报告]",
        document_number="教字〔2024〕1号",
        creator="教务处",
        date="2024-03-05",
        note="附照片",
    )
    assert list(listed(room).rows()) == [
        (
            "1",
            "S100-WS·2024-D30-BGS-0001",
            "教字〔2024〕1号",
            "教务处",
            "[关于春游的报告]",
            "20240305",
            "",
            "2",
            "附照片",
        )
    ]


@pytest.mark.parametrize(
    ("iso", "shown"), [("2024-03-05", "20240305"), ("2024-03", "20240300"), ("2024", "20240000"), ("", "")]
)
def test_a_date_has_eight_digits_and_what_is_unknown_of_it_is_zeros(room: Room, iso: str, shown: str) -> None:
    room.file("S100-WS·2024-D30-BGS-0001", date=iso)
    assert next(listed(room).rows())[5] == shown


@pytest.mark.parametrize(
    ("marking", "series", "shown"),
    [
        ("open", "WS·XZ", ""),
        ("internal", "WS·XZ", ""),
        ("personal", "RS·DA", "个人信息"),
        ("confidential", "WS·XS", "商业秘密"),
        ("confidential", "WS·XZ", "保密"),
    ],
)
def test_a_sites_own_marking_never_poses_as_a_state_secret(room: Room, marking: str, series: str, shown: str) -> None:
    room.file("S100-WS·2024-D30-BGS-0001", marking=marking, series=series)
    assert next(listed(room).rows())[6] == shown


def test_each_year_retention_and_organisation_has_its_own_cover_and_counts_from_one(room: Room) -> None:
    room.file("S100-WS·2024-D30-BGS-0002", title="乙")
    room.file("S100-WS·2024-Y-BGS-0001", title="永", retention="permanent")
    room.file("S100-WS·2024-D30-BGS-0001", title="甲")
    room.file("S100-WS·2023-D30-BGS-0001", title="早")
    found = listed(room).booklets
    assert [[row[4] for row in booklet.rows] for booklet in found] == [["早"], ["永"], ["甲", "乙"]]
    assert [row[0] for row in found[2].rows] == ["1", "2"]
    assert found[1].cover == (
        ("全宗号", "S100"),
        ("全宗名称", "第一实验小学"),
        ("年度", "2024"),
        ("保管期限", "永久"),
        ("机构(问题)", "行政"),
    )


def test_an_old_code_in_no_known_grammar_is_placed_by_its_description(room: Room) -> None:
    room.file("旧-17", date="1998-05", retention="10y", series="RS·DA")
    assert [value for _, value in listed(room).booklets[0].cover] == ["S100", "第一实验小学", "1998", "10年", "人事"]


def test_subject_files_are_listed_item_by_item_and_bound_without_a_year(room: Room) -> None:
    for code, date in (("S100-RS·ZZ-002-001", "2020"), ("S100-RS·ZZ-001-002", "2019"), ("S100-RS·ZZ-001-001", "2024")):
        room.file(code, date=date, series="RS·ZZ", retention="unset", marking="personal")
    (booklet,) = listed(room).booklets
    assert [value for _, value in booklet.cover] == ["S100", "第一实验小学", "", "未定", "在职员工"]
    assert [row[1] for row in booklet.rows] == ["S100-RS·ZZ-001-001", "S100-RS·ZZ-001-002", "S100-RS·ZZ-002-001"]


def test_only_filed_items_are_listed(room: Room) -> None:
    room.file("S100-WS·2024-D30-BGS-0001", state=ItemState.REVIEW)
    room.file("S100-WS·2024-D30-BGS-0002", state=ItemState.WITHDRAWN)
    assert listed(room).size == 0


def test_a_reader_gets_no_line_of_what_he_may_not_read(room: Room) -> None:
    room.file("S100-WS·2024-D30-BGS-0001", marking="personal")
    room.file("S100-WS·2024-D30-BGS-0002", marking="open")
    assert [row[1] for row in listed(room, permit=READER).rows()] == ["S100-WS·2024-D30-BGS-0002"]


def test_a_search_can_be_the_selection(room: Room) -> None:
    wanted = room.file("S100-WS·2024-D30-BGS-0001")
    room.file("S100-WS·2024-D30-BGS-0002")
    assert [row[1] for row in listed(room, item_ids=(wanted.id,)).rows()] == [wanted.reference_code]
