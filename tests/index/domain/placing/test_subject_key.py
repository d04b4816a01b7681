"""One subject is one however its key is spelt; another room, number or name is another."""

from __future__ import annotations

import pytest

from index.domain.placing.subject_key import plain_key


@pytest.mark.parametrize(
    ("one", "other", "subject"),
    [
        ("20100673", "２０１０ 0673", "employee_number"),
        ("A0123", " a0123 ", "employee_number"),
        ("张伟", "張 偉", "person"),
        ("某某(上海)公司", "某某（上海）公司", "customer"),
        ("3-2-1201", "3栋2单元1201室", "room"),
        ("3-2-1201", "3号楼2单元1201", "room"),
    ],
)
def test_spellings_of_one_key_are_one(one: str, other: str, subject: str) -> None:
    assert plain_key(one, subject) == plain_key(other, subject)


@pytest.mark.parametrize(
    ("one", "other", "subject"),
    [
        ("3-2-1201", "A区3-2-1201", "room"),
        ("3-2-1201", "3-21-201", "room"),
        ("A0123", "B0123", "employee_number"),
        ("一号房产公司", "一号公司", "customer"),
    ],
)
def test_other_keys_are_others(one: str, other: str, subject: str) -> None:
    assert plain_key(one, subject) != plain_key(other, subject)
