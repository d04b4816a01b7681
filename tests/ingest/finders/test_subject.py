from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.subject import department, employee_number, identity_numbers, is_identity_number, named_persons
from tests.fakes.ingest.finders.readings import page


def number(line: str, *hints: str) -> str | None:
    value = employee_number(Paper.of([page(line)]), hints)
    return value.value if value else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("工号:A0123 部门:生产部", "A0123"),
        ("工 号 : a0123", "A0123"),
        ("工号\uff1aA\uff10123", "A0123"),
        ("员工编号 00123", "00123"),
        ("工號:AO123", "A0123"),
        ("Employee No.: E-0042", "E-0042"),
        ("工号:2022 0374", "20220374"),
        ("职工号123456", "123456"),
        ("兹调季小满(编号BD20060193)到总装车间工作", "BD20060193"),
        ("季小满,男,编号BD20150660,在我公司工作", "BD20150660"),
        ("我是总装车间季小满,编号BD20200223,因故离开", "BD20200223"),
        ("双方所签劳动合同(编号HT20150660)", None),
        ("上岗证,编号AB20150660", None),
        ("分工号召大家", None),
        ("施工日期:2024年", None),
    ],
)
def test_an_employee_number_is_read_after_its_label(line: str, expected: str | None) -> None:
    assert number(line) == expected


@pytest.mark.parametrize(
    ("hint", "expected"),
    [("A0123", "A0123"), ("A0123 季小满", "A0123"), ("00123_季小满", "00123"), ("季小满-00123", "00123"),
     ("工号A0123", "A0123"), ("2023", None), ("2023年", None), ("合同", None)],
)  # fmt: skip
def test_a_folder_may_be_called_by_the_number(hint: str, expected: str | None) -> None:
    assert number("劳动合同", hint) == expected


def test_paper_and_folder_that_disagree_leave_it_to_a_person() -> None:
    agreed = employee_number(Paper.of([page("工号:A0123")]), ["A0123"])
    opposed = employee_number(Paper.of([page("工号:A0123")]), ["A0124"])
    assert agreed and opposed
    assert agreed.confidence > 0.95
    assert opposed.confidence < 0.6


def test_an_identity_number_needs_its_check_digit() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("1101051949")
    found = [value.value for value in identity_numbers(Paper.of([page("身份证号:11010519491231002x")]))]
    assert found == ["11010519491231002X"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("姓名:季小满 性别:女", "季小满"),
        ("姓 名 : 季 小 满 性别:女", "季小满"),
        ("乙方(劳动者)姓名:季小满 性别:女", "季小满"),
        ("劳动者:柏小满 工号:20220374", "柏小满"),
        ("Name: Ann Lee Mason", "Ann Lee Mason"),
        ("姓名: 性别:", None),
    ],
)
def test_names_are_read_after_their_labels(line: str, names: str | None) -> None:
    value = named_persons(Paper.of([page(line)]))
    assert (value.value if value else None) == names


def test_a_folder_may_give_the_name() -> None:
    value = named_persons(Paper.of([page("劳动合同")]), ["A0123 季小满"])
    assert value is not None
    assert value.value == "季小满"


def test_a_department_is_read_after_its_label() -> None:
    value = department(Paper.of([page("姓名:季小满 所在部门:装配车间 职务:钳工")]))
    assert value is not None
    assert value.value == "装配车间"
