from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.persons import persons
from tests.fakes.ingest.finders.readings import page


def found(line: str, *hints: str) -> str | None:
    value = persons(Paper.of([page(line)]), hints)
    return value.value if value else None


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("签发人:方敏", "方敏(签发人)"),
        ("校长:贺兰 主任:文秀", "贺兰(校长)、文秀(主任)"),
        ("组长:洪波 副组长:段平", "洪波(组长)、段平(副组长)"),
        ("法定代表人:洪波 电话:0999", "洪波(法定代表人)"),
        ("经理(签字):段平", "段平(经理)"),
        ("单位主任：鄭維民", "鄭維民(主任)"),
        ("松陵县县长殷小满", "殷小满(县长)"),
        ("馆长 郑维民", "郑维民(馆长)"),
        ("郑维民(馆长)、苏文静", "郑维民(馆长)"),
        ("姓名:季小满 职务:主任", "季小满"),
        ("负责人:签字", None),
        ("车间主任意见:同意", None),
        ("校长方敏在会上讲了话,主任也讲了。", None),
    ],
)
def test_who_holds_an_office_is_named_with_it(line: str, named: str | None) -> None:
    assert found(line) == named


def test_whom_the_folder_is_of_stands_before_who_signed() -> None:
    assert found("经理:段平", "A0123 季小满") == "季小满、段平(经理)"
