"""What the regulations say of reading, lending, leaving, coming in and destruction, decided by the packs' own data."""

from __future__ import annotations

from datetime import date

import pytest

from index.domain.access import Marking
from index.domain.rules.approvers import Approval
from index.domain.rules.disposal import Destruction, destroy
from index.domain.rules.gates import Held, gates, passes
from index.domain.rules.intake import take_in
from index.domain.rules.lending import Loan, latest_return, lend, rule_of, take_back
from index.domain.rules.matrix import Asking, Right, Sought, decide
from index.domain.rules.ruling import Ruling
from tests.fakes.config.regulations import pack

TODAY, LATER = date(2025, 3, 3), date(2025, 3, 10)


def given(role: str, department: str = "") -> Approval:
    return Approval(role, f"the {role}", TODAY, department)


def codes(answer: Ruling) -> list[str]:
    return [why.code for why in answer.reasons]


LOANS = [
    ("OWN-06", "property-owners", Loan("outside", TODAY, LATER, "case"), ["loan-denied"]),
    ("OWN-06", "property-owners", Loan("outside", TODAY, LATER, "case", approvals=(given("project_manager"),)), []),
    ("OWN-07", "property-owners", Loan("department", TODAY, LATER, owning="KF"), ["approval-needed"]),
    ("OWN-07", "property-owners", Loan("department", TODAY, LATER, "", "KF", 0, (given("dept_head", "GC"),)), None),
    ("OWN-07", "property-owners", Loan("department", TODAY, LATER, "", "KF", 0, (given("dept_head", "KF"),)), []),
    ("EB-09", "employees-hr", Loan("within", TODAY, LATER, approvals=(given("hr_planning"),)), []),
    ("EB-10", "employees-hr", Loan("outside", TODAY, LATER), ["loan-denied"]),
    ("TN-16", "tenants", Loan("within", TODAY, None, approvals=(given("property_manager"),)), ["loan-without-a-day"]),
    ("TN-16", "tenants", Loan("within", TODAY, LATER, "", "", 1, (given("property_manager"),)), ["borrower-overdue"]),
    ("GC-11", "health-forms", Loan("follow-up", TODAY, LATER), ["loan-too-long"]),
    ("GC-13", "health-forms", Loan("outside", TODAY, LATER, "a fair"), ["loan-denied"]),
    ("CQ-08", "customer-quality", Loan("within", TODAY, LATER), ["approval-needed"]),
    ("DL-04", "dealers", Loan("by friendship", TODAY, LATER), ["loan-unknown"]),
]


@pytest.mark.parametrize(("clause", "of", "loan", "against"), LOANS)
def test_what_is_lent_to_whom(clause: str, of: str, loan: Loan, against: list[str] | None) -> None:
    answer = lend(pack(of), loan)
    assert codes(answer) == (["approval-needed"] if against is None else against)
    assert all(why.clause in (clause, "") for why in answer.reasons)


def test_a_customers_form_is_back_the_same_day_with_the_visits_record() -> None:
    rule = rule_of(pack("health-forms"), "follow-up")
    assert rule is not None
    assert latest_return(rule, TODAY) == TODAY
    assert codes(take_back(pack("health-forms"), "follow-up", ())) == ["return-without"]
    assert take_back(pack("health-forms"), "follow-up", ("visit-record",)).allowed


READING = [
    (
        "EB-11",
        "employees-hr",
        Asking("staff", Right.READ, TODAY, purpose="p"),
        ["reason-code-needed", "approval-needed"],
    ),
    (
        "EB-11",
        "employees-hr",
        Asking("staff", Right.READ, TODAY, purpose="p", reason="b", approvals=(given("hr_planning"),)),
        ["evidence-needed"],
    ),
    (
        "EB-11",
        "employees-hr",
        Asking("staff", Right.READ, TODAY, "", "", "p", "b", "a letter of the police", (given("hr_planning"),)),
        [],
    ),
    ("EB-10", "employees-hr", Asking("archivist", Right.DOWNLOAD, TODAY, purpose="p"), ["no-right"]),
    ("TN-21", "tenants", Asking("property_manager", Right.READ, TODAY, purpose="p"), []),
    ("TN-22", "tenants", Asking("staff", Right.READ, TODAY, purpose="p"), ["no-right"]),
    ("OWN-11", "property-owners", Asking("outsider", Right.READ, TODAY, purpose="p"), ["no-right"]),
    ("OWN-24", "property-owners", Asking("project_manager", Right.READ, TODAY, purpose="p"), ["no-right"]),
    ("CQ-08", "customer-quality", Asking("staff", Right.READ, TODAY, purpose="p"), ["approval-needed"]),
    ("OV-06", "overseas", Asking("parent", Right.EDIT, TODAY, purpose="p"), ["no-right"]),
    ("WX-20", "municipal", Asking("public", Right.READ, TODAY, purpose="p"), ["not-open"]),
]


@pytest.mark.parametrize(("clause", "of", "asking", "against"), READING)
def test_who_reads_what(clause: str, of: str, asking: Asking, against: list[str]) -> None:
    series = pack(of).series[0]
    assert codes(decide(pack(of), asking, Sought(series.code, series.marking))) == against


def test_the_public_reads_what_a_municipal_archive_has_opened() -> None:
    asking = Asking("public", Right.READ, TODAY, purpose="study")
    assert decide(pack("municipal"), asking, Sought("WS", Marking.OPEN, open=True)).allowed


LEAVING = [
    ("EA-34", "employees", "leaving", Held("copy", "a copy")),
    ("EB-13", "employees-hr", "leaving", Held("file", "a file")),
    ("GC-15", "health-forms", "leaving", Held("form", "a customer's form")),
    ("DL-05", "dealers", "leaving", Held("file", "a dealer's file")),
    ("SCH-03", "school", "leaving", Held("loan", "a loan")),
    ("OV-10", "overseas", "position-change", Held("loan", "a loan")),
]


@pytest.mark.parametrize(("clause", "of", "event", "held"), LEAVING)
def test_nobody_leaves_with_what_is_the_rooms(clause: str, of: str, event: str, held: Held) -> None:
    [gate] = gates(pack(of), event)
    assert gate.clause == clause
    assert codes(passes(gate, [held], gate.needs)) == ["still-held"]
    assert passes(gate, [], gate.needs).allowed


COMING_IN = [
    ("OV-16", "overseas", {"electronic", "allowed_format"}, "metadata"),
    ("OV-17", "overseas", {"not_paper"}, "caption"),
    ("TN-02", "tenants", {"delivery_slip", "signing_date", "issuer_signature"}, "receiver_signature"),
    ("CK-02", "dealers", set[str](), "verified"),
    ("CK-05", "dealers", {"verified", "evaluation", "non_cash"}, "signature"),
]


@pytest.mark.parametrize(("clause", "of", "facts", "lacking"), COMING_IN)
def test_what_does_not_come_in_as_it_is(clause: str, of: str, facts: set[str], lacking: str) -> None:
    code = pack(of).series[0].code
    refused = take_in(pack(of), code, facts).refused
    assert [(why.clause, why.details["what"]) for why in refused] == [(clause, lacking)]
    assert take_in(pack(of), code, {*facts, lacking}).admitted


@pytest.mark.parametrize(
    ("of", "approvals", "enough"),
    [
        ("municipal", (given("duty_office"),), False),
        ("municipal", (given("duty_office"), given("fonds_owner")), True),
        ("employees", (given("office_director"),), True),
        ("school", (given("dept_head"),), False),
        ("overseas", (given("parent"),), True),
    ],
)
def test_whose_approval_destruction_needs(of: str, approvals: tuple[Approval, ...], enough: bool) -> None:
    how = Destruction("shred", "archivist", ("first", "second"), approvals)
    assert destroy(pack(of), Marking.PERSONAL, how, TODAY).allowed is enough
