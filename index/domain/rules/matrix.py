"""Decides what the access matrix of a regulation lets somebody do: own department, open items, or with an approval.

Deny by default. R read, D download or print, L borrow, E edit, A approve; `*` of the own department, `!` after an
approval, `of open items` only what is open, `of reports` or `of registers` no record at all (D.2). What was denied is
logged as what was allowed (OWN-11).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.domain.access import LOGGED, Marking
from index.domain.errors import WrongUse
from index.domain.rules.approvers import Approval, satisfied
from index.domain.rules.policy import AccessRow, Pack
from index.domain.rules.ruling import Because, Ruling, because, ruled
from index.domain.rules.sealing import seal_of, unseal


class Right(StrEnum):
    READ = "R"
    DOWNLOAD = "D"
    BORROW = "L"
    EDIT = "E"
    APPROVE = "A"


class Extent(StrEnum):
    """How far a right reaches."""

    ALL = ""
    OWN = "*"
    APPROVED = "!"
    OPEN = " of open items"
    REPORTS = " of reports"
    """Reports and registers about records, and no record."""
    REGISTERS = " of registers"


_HINT = "R, R*, R!, R of open items, R of reports, R of registers; D, L, E, A"
_RIGHT = re.compile(r"([RDLEA])(\*|!| of open items| of reports| of registers)?")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, for which right, what for; `department` is theirs on that day, `reason` a code of the regulation."""

    role: str
    right: Right
    on: date
    person: str = ""
    department: str = ""
    purpose: str = ""
    reason: str = ""
    evidence: str = ""
    approvals: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked for: `department` is that of the person it is about, or the one it belongs to, on that day."""

    series: str
    marking: Marking
    department: str = ""
    open: bool = False
    doc_type: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """From this day on, somebody belongs to this department."""

    since: date
    department: str


def department_on(postings: Sequence[Posting], day: date) -> str:
    """Whose head may read on that day: of a person who moved, the new department's and no longer the old one's."""
    begun = [one for one in postings if one.since <= day]
    return max(begun, key=lambda one: one.since).department if begun else ""


def granted(said: str) -> tuple[Right, Extent]:
    """The right and how far it reaches, as a pack writes it (R, R*, R!, R of open items).

    Raises WrongUse("bad-value").
    """
    found = _RIGHT.fullmatch(said)
    if found is None:
        raise WrongUse(
            "bad-value",
            field="rights",
            value=said,
            hint="R, R*, R!, R of open items, of reports, of registers; D, L, E, A",
        )
    return Right(found[1]), Extent(found[2] or "")


def decide(pack: Pack, asking: Asking, sought: Sought) -> Ruling:
    """Whether the regulation lets them; a seal stands before every row of the matrix."""
    seal = seal_of(pack, sought.series)
    if seal:
        return unseal(seal, asking.purpose, asking.approvals, asking.on)
    rows = [row for row in _rows(pack, asking.role, sought) if _extents(row, asking.right)]
    answers = [_answer(pack, row, asking, sought) for row in rows]
    best = min(answers, key=len, default=(because("no-right", pack.access[0].clause, role=asking.role),))
    return ruled(best, logged=bool(best) or sought.marking in LOGGED)


def _rows(pack: Pack, role: str, sought: Sought) -> list[AccessRow]:
    """The role's rows for just this series or kind of document; where there is none, its general rows."""
    own = [row for row in pack.access if row.role == role]
    special = [row for row in own if sought.series in row.only or sought.doc_type in row.only]
    return special or [row for row in own if not row.only]


def _extents(row: AccessRow, right: Right) -> list[Extent]:
    """How far the row's right to records reaches; empty where it gives none."""
    given = [extent for named, extent in map(granted, row.rights) if named is right]
    return [extent for extent in given if extent not in (Extent.REPORTS, Extent.REGISTERS)]


def _answer(pack: Pack, row: AccessRow, asking: Asking, sought: Sought) -> tuple[Because, ...]:
    """What stands in the way under one row of the matrix."""
    lacks = [because("purpose-needed", row.clause)] if row.purpose and not asking.purpose else []
    lacks += _reason(row, asking)
    extents = _extents(row, asking.right)
    if Extent.ALL in extents or (Extent.OPEN in extents and sought.open):
        return tuple(lacks)
    if Extent.OWN in extents and asking.department == sought.department != "":
        return tuple(lacks)
    return (*lacks, *_beyond(pack, row, asking, sought, extents))


def _reason(row: AccessRow, asking: Asking) -> list[Because]:
    """The regulation's own list of reasons, some of which need a document (EB-11)."""
    if row.reasons and asking.reason not in row.reasons:
        return [because("reason-code-needed", row.clause, reasons=", ".join(row.reasons))]
    if asking.reason in row.evidence_for and not asking.evidence:
        return [because("evidence-needed", row.clause, reason=asking.reason)]
    return []


def _beyond(pack: Pack, row: AccessRow, asking: Asking, sought: Sought, extents: list[Extent]) -> tuple[Because, ...]:
    if Extent.APPROVED in extents:
        approver = approver_of(pack, row)
        given = satisfied(approver, asking.approvals, asking.on, sought.department)
        return () if given else (because("approval-needed", row.clause, approver=approver),)
    code = "other-department" if Extent.OWN in extents else "not-open"
    return (because(code, row.clause),)


def approver_of(pack: Pack, row: AccessRow) -> str:
    """Whose approval a row asks for: its own expression, else any role that approves (A) in the matrix."""
    approving = [one.role for one in pack.access if _extents(one, Right.APPROVE)]
    return row.approver or " or ".join(dict.fromkeys(approving)) or pack.custodian
