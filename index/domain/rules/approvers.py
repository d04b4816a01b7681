"""Decides whose approval is enough: the approver of a regulation is an expression over roles, not one title (A.16 X10).

expression = together { "or" together }
together   = role { "and" role }
role       = name [ "(owning)" ]          dept_head(owning): of the department that the record belongs to
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.domain.errors import WrongUse

_ROLE = re.compile(r"([a-z][a-z_-]*)(\(owning\))?")


@dataclass(frozen=True, slots=True)
class Approver:
    """A role, perhaps only that of the owning department."""

    role: str
    owning: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """What somebody approved: in which role, of which department, on which day, until when; `used` up or not."""

    role: str
    person: str
    on: date
    department: str = ""
    until: date | None = None
    used: bool = False

    def holds(self, today: date) -> bool:
        return not self.used and self.on <= today and (self.until is None or today <= self.until)


def approvers(expression: str) -> tuple[tuple[Approver, ...], ...]:
    """The alternatives of an expression, each with all who have to agree. Raises WrongUse("bad-approver")."""
    alternatives = re.split(r"\s+or\s+", expression.strip())
    return tuple(tuple(_approver(role, expression) for role in re.split(r"\s+and\s+", one)) for one in alternatives)


def _approver(said: str, expression: str) -> Approver:
    found = _ROLE.fullmatch(said)
    if found is None:
        raise WrongUse("bad-approver", approver=expression)
    return Approver(found[1], found[2] is not None)


def satisfied(expression: str, approvals: Iterable[Approval], today: date, owning: str = "") -> bool:
    """Whether these approvals are enough today for a record of the department `owning`; nobody counts for two."""
    standing = [one for one in approvals if one.holds(today)]
    return any(_agree(together, standing, owning) for together in approvers(expression))


def _agree(together: tuple[Approver, ...], approvals: list[Approval], owning: str) -> bool:
    if not together:
        return True
    first, *rest = together
    return any(
        _agree(tuple(rest), [one for one in approvals if one.person != given.person], owning)
        for given in approvals
        if given.role == first.role and (not first.owning or given.department == owning != "")
    )
