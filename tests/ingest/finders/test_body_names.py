from __future__ import annotations

import pytest

from ingest.finders.body_names import bodies_together, is_body, signed_body, without_department
from ingest.finders.person_names import is_person


@pytest.mark.parametrize(
    "name", ["青石县教育局", "白石機械有限公司", "青石银行城北分行", "青石人力资源市场", "中共青石县委员会"]
)
def test_a_body_is_known_by_its_end(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize("words", ["请各单位认真执行", "各年级组", "贵公司", "施工单位白石装饰公司", "姓名性别部"])
def test_words_that_end_so_are_no_body(words: str) -> None:
    assert not is_body(words)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("白石机械有限公司季玉衡", "白石机械有限公司"),
        ("青石小学教导处制", "青石小学教导处"),
        ("青石县人民政府办公室编", "青石县人民政府办公室"),
        ("具呈人青石總商會主席米立春", "青石總商會"),
        ("青石县财政局局长高明", "青石县财政局"),
        ("白石机械有限公司记录石禾", "白石机械有限公司"),
        ("白石机械有限公司的产品", ""),
    ],
)
def test_a_body_is_parted_from_who_signed_for_it(line: str, body: str) -> None:
    assert signed_body(line) == body


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("青石县教育局青石县财政局", ["青石县教育局", "青石县财政局"]),
        ("中共青石县委员会青石县人民政府", ["中共青石县委员会", "青石县人民政府"]),
        ("青石县教育局、共青团青石县委员会", ["青石县教育局", "共青团青石县委员会"]),
        ("青石县青石镇人民政府", ["青石县青石镇人民政府"]),
    ],
)
def test_bodies_that_stand_together_are_told_apart(text: str, bodies: list[str]) -> None:
    assert bodies_together(text) == bodies


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("白石机械有限公司营销中心", "白石机械有限公司"),
        ("白石集团有限公司运销公司", "白石集团有限公司"),
        ("青石物业服务中心工程部", "青石物业服务中心"),
        ("白石机械有限公司工会委员会", "白石机械有限公司工会委员会"),
        ("白石工程有限公司南山项目部", "白石工程有限公司南山项目部"),
        ("青石小学教务处", "青石小学教务处"),
    ],
)
def test_a_form_is_made_by_the_firm_not_by_the_department_that_prints_it(name: str, firm: str) -> None:
    assert without_department(name) == firm


@pytest.mark.parametrize(
    ("text", "is_one"), [("季小满", True), ("欧阳春", True), ("签字", False), ("通知", False), ("同意", False)]
)
def test_a_name_is_known_by_its_surname(text: str, is_one: bool) -> None:
    assert is_person(text) is is_one
