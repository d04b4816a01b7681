from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.domain.access import Marking
from index.domain.errors import WrongUse
from index.domain.rules.approvers import Approval
from index.domain.rules.matrix import Asking, Extent, Right, Sought, approver_of, decide, granted
from index.domain.rules.policy import AccessRow, Pack
from tests.fakes.config.regulations import pack

TODAY = date(2025, 3, 3)


def regulation(*rows: AccessRow) -> Pack:
    return replace(pack("school"), access=rows, sealed=())


ROWS = (
    AccessRow("archivist", ("R", "D", "L", "E"), "C-1"),
    AccessRow("head", ("R*", "A"), "C-2"),
    AccessRow("staff", ("R!",), "C-3", reasons=("a", "b"), evidence_for=("b",)),
    AccessRow("public", ("R of open items",), "C-4"),
    AccessRow("parent", ("R of registers",), "C-4"),
    AccessRow("reader", ("R",), "C-5", purpose=True),
    AccessRow("reader", ("D",), "C-6", only=("RS",)),
)
HEADS_WORD = Approval("head", "head", TODAY, department="A")


@pytest.mark.parametrize(
    ("asking", "sought", "against"),
    [
        (Asking("archivist", Right.EDIT, TODAY), {}, []),
        (Asking("nobody", Right.READ, TODAY), {}, ["no-right"]),
        (Asking("head", Right.DOWNLOAD, TODAY, department="A"), {"department": "A"}, ["no-right"]),
        (Asking("head", Right.READ, TODAY, department="A"), {"department": "A"}, []),
        (Asking("head", Right.READ, TODAY, department="A"), {"department": "B"}, ["other-department"]),
        (Asking("head", Right.READ, TODAY), {}, ["other-department"]),
        (Asking("public", Right.READ, TODAY), {"open": True}, []),
        (Asking("public", Right.READ, TODAY), {}, ["not-open"]),
        (Asking("parent", Right.READ, TODAY), {"open": True}, ["no-right"]),
        (Asking("reader", Right.READ, TODAY), {}, ["purpose-needed"]),
        (Asking("reader", Right.READ, TODAY, purpose="study"), {}, []),
        (Asking("reader", Right.READ, TODAY, purpose="study"), {"series": "RS"}, ["no-right"]),
        (Asking("reader", Right.DOWNLOAD, TODAY), {"series": "RS"}, []),
        (Asking("reader", Right.DOWNLOAD, TODAY), {"doc_type": "RS"}, []),
        (Asking("reader", Right.DOWNLOAD, TODAY), {}, ["no-right"]),
        (Asking("staff", Right.READ, TODAY, reason="c"), {}, ["reason-code-needed", "approval-needed"]),
        (Asking("staff", Right.READ, TODAY, reason="b"), {}, ["evidence-needed", "approval-needed"]),
        (Asking("staff", Right.READ, TODAY, reason="a"), {}, ["approval-needed"]),
        (Asking("staff", Right.READ, TODAY, reason="b", evidence="letter", approvals=(HEADS_WORD,)), {}, []),
    ],
)
def test_the_matrix_answers_by_role_right_department_and_approval(
    asking: Asking, sought: dict[str, object], against: list[str]
) -> None:
    about = replace(Sought("WS·XZ", Marking.INTERNAL), **sought)  # type: ignore[arg-type]
    answer = decide(regulation(*ROWS), asking, about)
    assert [why.code for why in answer.reasons] == against
    assert (answer.allowed, answer.logged) == (not against, bool(against))


def test_what_is_allowed_of_a_restricted_record_is_logged_too() -> None:
    asking = Asking("archivist", Right.READ, TODAY)
    logged = [decide(regulation(*ROWS), asking, Sought("RS", one)).logged for one in Marking]
    assert logged == [False, False, True, True]


def test_who_approves_is_who_the_row_names_else_whoever_approves_at_all() -> None:
    staff = ROWS[2]
    assert approver_of(regulation(*ROWS), staff) == "head"
    assert approver_of(regulation(*ROWS), replace(staff, approver="general_manager")) == "general_manager"
    assert approver_of(regulation(staff), staff) == "archivist"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("R", (Right.READ, Extent.ALL)),
        ("R*", (Right.READ, Extent.OWN)),
        ("D!", (Right.DOWNLOAD, Extent.APPROVED)),
        ("R of open items", (Right.READ, Extent.OPEN)),
    ],
)
def test_a_right_is_read_as_the_matrix_writes_it(said: str, means: tuple[Right, Extent]) -> None:
    assert granted(said) == means


@pytest.mark.parametrize("said", ["", "X", "R**", "read", "R of all"])
def test_a_right_that_nobody_knows_is_refused(said: str) -> None:
    with pytest.raises(WrongUse):
        granted(said)
