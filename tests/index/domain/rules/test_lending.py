from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.domain.errors import Missing
from index.domain.rules.approvers import Approval
from index.domain.rules.lending import Loan, lend, take_back
from index.domain.rules.provisions import LoanRule
from tests.fakes.config.regulations import pack

TODAY, TOMORROW = date(2025, 3, 3), date(2025, 3, 4)
RULES = (
    LoanRule("within", "C-1"),
    LoanRule("department", "C-2", approver="head(owning)", back="lent + 30 days"),
    LoanRule("outside", "C-3", allowed=False, approver="manager"),
    LoanRule("never", "C-4", allowed=False),
    LoanRule("follow-up", "C-5", back="lent: same day", back_with=("visit-record",)),
)
REGULATION = replace(pack("school"), loans=RULES)
HEAD, MANAGER = Approval("head", "head", TODAY, department="A"), Approval("manager", "manager", TODAY)


@pytest.mark.parametrize(
    ("loan", "against"),
    [
        (Loan("within", TODAY, back=TOMORROW), []),
        (Loan("within", TODAY), ["loan-without-a-day"]),
        (Loan("within", TODAY, back=date(2025, 3, 2)), ["loan-without-a-day"]),
        (Loan("within", TODAY, back=TOMORROW, overdue=2), ["borrower-overdue"]),
        (Loan("department", TODAY, owning="A", approvals=(HEAD,)), []),
        (Loan("department", TODAY, owning="B", approvals=(HEAD,)), ["approval-needed"]),
        (Loan("department", TODAY, date(2025, 4, 3), owning="A", approvals=(HEAD,)), ["loan-too-long"]),
        (Loan("outside", TODAY, TOMORROW, "court"), ["loan-denied"]),
        (Loan("outside", TODAY, TOMORROW, "", approvals=(MANAGER,)), ["loan-denied"]),
        (Loan("outside", TODAY, TOMORROW, "court", approvals=(MANAGER,)), []),
        (Loan("never", TODAY, TOMORROW, "court", approvals=(MANAGER, HEAD)), ["loan-denied"]),
        (Loan("by-post", TODAY, TOMORROW), ["loan-unknown"]),
        (Loan("follow-up", TODAY), []),
        (Loan("follow-up", TODAY, back=TOMORROW), ["loan-too-long"]),
    ],
)
def test_paper_is_lent_as_the_regulation_says(loan: Loan, against: list[str]) -> None:
    answer = lend(REGULATION, loan)
    assert [why.code for why in answer.reasons] == against
    assert answer.logged


def test_a_form_lent_for_a_visit_comes_back_with_the_visits_record() -> None:
    assert [why.code for why in take_back(REGULATION, "follow-up", ()).reasons] == ["return-without"]
    assert take_back(REGULATION, "follow-up", ("visit-record",)).allowed
    assert take_back(REGULATION, "within", ()).allowed
    with pytest.raises(Missing):
        take_back(REGULATION, "by-post", ())
