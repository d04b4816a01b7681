from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.subject_keys import SUBJECTS, subject_keys
from tests.fakes.ingest.finders.readings import page

OWN = "青石物业服务有限公司"


def key(kind: str, *lines: str, hints: tuple[str, ...] = ()) -> tuple[str, bool] | None:
    """The key of this kind, and whether it is sure enough to file by."""
    value = subject_keys(Paper.of([page(*lines)]), hints, OWN).get(kind)
    return (value.value, value.confidence >= 0.85) if value else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("房号:3-2-1201 业主:季小满", "3-2-1201"),
        ("房 号:3栋1201", "3-1201"),
        ("房屋坐落:白石路8号春晖苑3号楼2单元1201室", "3-2-1201"),
        ("本人系三号楼二单元1201室业主", "3-2-1201"),
        ("租赁单元:A座1203", "A-1203"),
        ("兹有12幢0501室住户", "12-501"),
        ("單元:B2栋806", "B2-806"),
        ("联系电话:0512-65780001 日期:2024-03-05", None),
        ("青物业〔2024〕12号 白石路8号1201", None),
    ],
)
def test_a_room_is_told_by_building_unit_and_number(line: str, expected: str | None) -> None:
    assert key("room", line) == ((expected, True) if expected else None)


def test_a_folder_named_as_a_room_gives_it_and_a_paper_that_differs_casts_doubt() -> None:
    assert key("room", "装修申请表", hints=("业户", "3-2-1201 季小满")) == ("3-2-1201", True)
    assert key("room", "房号:3-2-1201", hints=("3栋2单元1201",)) == ("3-2-1201", True)
    assert key("room", "房号:3-2-1202", hints=("3-2-1201",)) == ("3-2-1201", False)


def test_two_rooms_named_alike_often_leave_it_to_a_person() -> None:
    assert key("room", "3栋1201漏水至3栋1101") == ("3-1201", False)


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("customer", ["客户名称:云帆贸易有限公司 联系人:季小满"], "云帆贸易有限公司"),
        ("customer", ["客户编号:KH-0032 客户名称:云帆贸易有限公司"], "KH-0032"),
        ("customer", ["客户名称", "云帆贸易有限公司"], "云帆贸易有限公司"),
        ("customer", ["云帆贸易有限公司信用调查报告", "经查,云帆贸易有限公司信用良好。"], "云帆贸易有限公司"),
        ("tenant", ["承租方(乙方):云帆贸易有限公司", "出租方(甲方):青石物业服务有限公司"], "云帆贸易有限公司"),
        ("tenant", ["关于缴纳租金的函", "云帆贸易有限公司:"], "云帆贸易有限公司"),
        ("tenant", ["租戶名稱:雲帆貿易有限公司"], "雲帆貿易有限公司"),
        ("dealer", ["药店名称:百草堂药店 负责人:季小满"], "百草堂药店"),
        ("overseas_unit", ["项目部名称:南渡河水电站项目部"], "南渡河水电站项目部"),
        ("person", ["顾客姓名:季小满 性别:女"], "季小满"),
        ("employee_number", ["工号:A0123"], "A0123"),
    ],
)
def test_a_form_names_its_subject(kind: str, lines: list[str], expected: str) -> None:
    assert key(kind, *lines) == (expected, True)


def test_we_are_no_customer_of_our_own() -> None:
    assert key("customer", "单位名称:青石物业服务有限公司") is None


def test_a_label_without_a_value_is_no_name() -> None:
    assert key("customer", "客户名称: 联系电话:") is None
    assert key("person", "姓名 签字 日期") is None


def test_every_kind_is_looked_for_in_its_folder() -> None:
    hints = ("2024年", "资料", "K-0012 云帆贸易")
    assert {kind for kind in SUBJECTS if key(kind, "无", hints=hints)} == set(SUBJECTS) - {"room"}
