"""Decides whether paper may be lent, by when it has to be back, and whether it may be taken back as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from index.domain.errors import Missing
from index.domain.rules.approvers import Approval, satisfied
from index.domain.rules.policy import Pack
from index.domain.rules.provisions import LoanRule
from index.domain.rules.reckoning import Workdays
from index.domain.rules.rounds import moved
from index.domain.rules.ruling import Because, Ruling, because, ruled
from index.domain.rules.timing import AfterEvent, timing

LENT = "lent"
"""The event that `back` counts from."""


@dataclass(frozen=True, slots=True)
class Loan:
    """What is asked for: which kind of loan, on which day, until when; `overdue` is what the borrower still owes."""

    kind: str
    on: date
    back: date | None = None
    purpose: str = ""
    owning: str = ""
    overdue: int = 0
    approvals: tuple[Approval, ...] = ()


def rule_of(pack: Pack, kind: str) -> LoanRule | None:
    return next((rule for rule in pack.loans if rule.kind == kind), None)


def lend(pack: Pack, loan: Loan) -> Ruling:
    """Whether it may be handed over. A kind that the regulation does not know is not lent (deny by default)."""
    rule = rule_of(pack, loan.kind)
    if rule is None:
        return ruled((because("loan-unknown", kind=loan.kind),), logged=True)
    return ruled(tuple(_against(rule, loan)), logged=True)


def _against(rule: LoanRule, loan: Loan) -> list[Because]:
    approved = bool(rule.approver) and satisfied(rule.approver, loan.approvals, loan.on, loan.owning)
    against = []
    if not rule.allowed and not (approved and loan.purpose):
        against.append(because("loan-denied", rule.clause, approver=rule.approver or "—"))
    elif rule.approver and not approved:
        against.append(because("approval-needed", rule.clause, approver=rule.approver))
    if loan.overdue:
        against.append(because("borrower-overdue", rule.clause, n=loan.overdue))
    return against + _about_the_day(rule, loan)


def _about_the_day(rule: LoanRule, loan: Loan) -> list[Because]:
    latest = latest_return(rule, loan.on)
    if loan.back is None and latest is None:
        return [because("loan-without-a-day", rule.clause)]
    if loan.back and latest and loan.back > latest:
        return [because("loan-too-long", rule.clause, day=latest)]
    return [because("loan-without-a-day", rule.clause)] if loan.back and loan.back < loan.on else []


def latest_return(rule: LoanRule, lent: date) -> date | None:
    """The last day by which it has to be back; None where the regulation leaves it to be agreed on."""
    if not rule.back:
        return None
    [moment] = timing(rule.back)
    assert isinstance(moment, AfterEvent)
    return moved(lent, moment.offset, Workdays())


def take_back(pack: Pack, kind: str, brought: Collection[str]) -> Ruling:
    """Whether it may be taken back: a form that was lent for a visit comes back with the visit's record (GC-11)."""
    rule = rule_of(pack, kind)
    if rule is None:
        raise Missing("loan-unknown", kind=kind)
    lacking = [one for one in rule.back_with if one not in brought]
    return ruled(tuple(because("return-without", rule.clause, what=one) for one in lacking), logged=True)
