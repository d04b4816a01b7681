from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.subject_keys import subject_keys
from tests.fakes.ingest.finders.readings import Set, big, page, right


def row(*cells: str) -> Set:
    """A row of a form: its cells stand apart."""
    return Set("      ".join(cells))


def person(*lines: Set | str) -> tuple[str, bool] | None:
    """The key of the employee, and whether it is sure enough to file by."""
    value = subject_keys(Paper.of([page(*lines)])).get("employee_number")
    return (value.value, value.confidence >= 0.85) if value else None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([row("姓名:季小满", "编号:67607")], "67607"),
        (["乙方:季小满(KD3319)"], "KD3319"),
        ([row("员工姓名", "季小满", "人员代码", "B-7712")], "B-7712"),
        (["姓名 季小满", "性别 女 民族 汉"], "季小满"),
        (["职业资格证书", row("姓名:季小满", "性别:女"), "证书编号:ZC-2012-0140"], "季小满"),
        (["退休证", "姓名季小满性别女"], "季小满"),
        ([row("姓名", "单位", "正本"), row("季小满", "白石公司", "1卷")], "季小满"),
        ([big("关于调取季小满同志人事档案的函"), "季小满已是我公司正式员工。"], "季小满"),
        (["你處轉來季小滿檔案1卷,已點收。"], "季小滿"),
        (["学生季小满,性别女,1979年生,在本校学习。"], "季小满"),
        (["兹聘请季小满同志担任质检科副科长。"], "季小满"),
        (["辞呈", "公司领导:", "我2008年进厂,今申请离职。", right("季小满")], "季小满"),
        (["关于限期转出档案的通知", "季小满:", "你于三月离开公司。"], "季小满"),
        (["个人情况", row("季小满", "女 1984年生")], "季小满"),
        ([row("受伤职工:季小满", "性别:女")], "季小满"),
        (["舒岚,男,1981年生,青石人", "编号BD20100099"], "BD20100099"),
    ],
)
def test_a_paper_of_an_employee_gives_the_number_or_else_says_whom_it_is_about(
    lines: list[Set | str], expected: str
) -> None:
    assert person(*lines) == (expected, True)


@pytest.mark.parametrize(
    "lines",
    [
        [row("姓名", "部门"), row("季小满", "质检科"), row("舒远山", "办公室")],
        ["解除劳动合同通知", "依照劳动合同法解除劳动合同。"],
        ["任命季小满同志为主任,舒远山同志为副主任。"],
        [row("谈话人:季小满", "时间:9时")],
        ["审核人:季小满", "经办人:舒远山"],
        ["证书编号:ZC-2012-0140"],
    ],
)
def test_a_list_and_whoever_acts_for_the_house_are_nobodys_paper(lines: list[Set | str]) -> None:
    found = person(*lines)
    assert found is None or not found[1]
