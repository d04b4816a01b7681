from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from index.domain.errors import WrongUse
from index.domain.rules.approvers import Approval, Approver, approvers, satisfied

TODAY = date(2025, 3, 3)
HEAD = Approval("dept_head", "head of A", TODAY, department="A")
MANAGER = Approval("general_manager", "manager", TODAY)


def test_an_expression_names_alternatives_and_who_has_to_agree_together() -> None:
    assert approvers("dept_head(owning) or archivist and general_manager") == (
        (Approver("dept_head", owning=True),),
        (Approver("archivist"), Approver("general_manager")),
    )


@pytest.mark.parametrize("said", ["", "the head", "dept_head(other)", "a or", "and b", "Head"])
def test_what_names_nobody_is_refused(said: str) -> None:
    with pytest.raises(WrongUse, match="approver"):
        approvers(said)


@pytest.mark.parametrize(
    ("expression", "given", "owning", "enough"),
    [
        ("general_manager", [MANAGER], "", True),
        ("general_manager", [HEAD], "", False),
        ("general_manager", [], "", False),
        ("dept_head(owning)", [HEAD], "A", True),
        ("dept_head(owning)", [HEAD], "B", False),
        ("dept_head(owning)", [HEAD], "", False),
        ("dept_head(owning) or general_manager", [MANAGER], "B", True),
        ("dept_head and general_manager", [MANAGER, HEAD], "", True),
        ("dept_head and general_manager", [HEAD], "", False),
        ("dept_head and dept_head", [HEAD, HEAD], "", False),
        ("dept_head and dept_head", [HEAD, replace(HEAD, person="another")], "", True),
        ("dept_head and general_manager", [HEAD, replace(MANAGER, person="head of A")], "", False),
    ],
)
def test_approvals_are_enough_where_the_right_people_gave_them(
    expression: str, given: list[Approval], owning: str, enough: bool
) -> None:
    assert satisfied(expression, given, TODAY, owning) is enough


def test_an_approval_holds_from_its_day_until_its_last_and_only_while_it_is_not_used_up() -> None:
    week = replace(MANAGER, until=TODAY + timedelta(days=7))
    standing = [week.holds(TODAY + timedelta(days=one)) for one in (-1, 0, 7, 8)]
    assert standing == [False, True, True, False]
    assert not replace(week, used=True).holds(TODAY)
