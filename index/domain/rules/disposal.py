"""Decides what may be destroyed, whole or split, and how: after the longest period, without a hold, before witnesses.

Nothing goes by itself and nobody destroys alone: a date, every hold, an approval, two witnesses and the method that the
marking allows all have to be there; no role skips one of them (S1:28, S1:377, A.16 X2 and X7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.domain.access import Marking
from index.domain.rules.approvers import Approval, satisfied
from index.domain.rules.duties import Events
from index.domain.rules.keeping import Kept, item_kept
from index.domain.rules.policy import Pack, ScheduleRow
from index.domain.rules.provisions import DestructionRule
from index.domain.rules.rounds import USUAL, Calendar
from index.domain.rules.ruling import Because, Ruling, because, ruled

_SAFEST = DestructionRule((), ("shred",), "")
"""What holds where a regulation does not say how records of a marking are destroyed."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Why something must stay whatever its period says (a dispute, an open claim); over once it is lifted."""

    reason: str
    since: date
    lifted: date | None = None

    def stands(self, today: date) -> bool:
        return self.since <= today and (self.lifted is None or today < self.lifted)


@dataclass(frozen=True, slots=True)
class Part:
    """An item of what is to be destroyed: its schedule row, and what kind of document it is."""

    id: str
    row: ScheduleRow | None
    doc_type: str = ""


class Verdict(StrEnum):
    WHOLE = "whole"
    """Everything may go."""
    SPLIT = "split"
    """Some may go, once what must stay is taken out; a person decides that."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What may go and what must stay; `free_from` is the day of the whole, where it can be known."""

    free: tuple[str, ...]
    bound: tuple[tuple[str, Because], ...]
    holds: tuple[Because, ...]
    free_from: date | None

    @property
    def verdict(self) -> Verdict:
        if self.holds or not self.free:
            return Verdict.NOTHING
        return Verdict.SPLIT if self.bound else Verdict.WHOLE

    @property
    def whole(self) -> Ruling:
        """Whether the file may go as a whole: not before its longest item may, and never under a hold."""
        return ruled((*self.holds, *(why for _, why in self.bound)))


def appraise(
    pack: Pack,
    parts: Sequence[Part],
    events: Events,
    today: date,
    holds: Sequence[Hold] = (),
    calendar: Calendar = USUAL,
) -> Appraisal:
    """What of a file may go today, by the period of every item of it, every floor, every hold."""
    ends = {part.id: item_kept(pack, part.row, part.doc_type, events, calendar) for part in parts}
    return Appraisal(
        free=tuple(name for name, end in ends.items() if end.free(today)),
        bound=tuple((name, end.why) for name, end in ends.items() if not end.free(today)),
        holds=tuple(because("held", reason=one.reason, since=one.since) for one in holds if one.stands(today)),
        free_from=_whole_from(list(ends.values())),
    )


def _whole_from(ends: Sequence[Kept]) -> date | None:
    days = [end.free_from for end in ends]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


@dataclass(frozen=True, slots=True)
class Destruction:
    """How it is to be done: by which method, proposed and watched by whom, on whose approval."""

    method: str
    proposed_by: str
    witnesses: tuple[str, ...]
    approvals: tuple[Approval, ...] = ()
    owning: str = ""


def destroy(pack: Pack, marking: Marking, how: Destruction, today: date) -> Ruling:
    """Whether what is free to go may be destroyed in this way today."""
    rule = next((one for one in pack.destruction if marking.value in one.markings), _SAFEST)
    against = []
    if how.method not in rule.methods:
        against.append(because("method-refused", rule.clause, method=how.method, methods=", ".join(rule.methods)))
    against += _about_people(rule, how)
    approver = pack.disposal_approver
    if not approver or not satisfied(approver, how.approvals, today, how.owning):
        against.append(because("approval-needed", rule.clause, approver=approver or "—"))
    return ruled(tuple(against), logged=True)


def _about_people(rule: DestructionRule, how: Destruction) -> list[Because]:
    """Whoever proposes or approves it does not also witness it, and nobody witnesses twice."""
    others = {how.proposed_by, *(one.person for one in how.approvals)}
    watching = set(how.witnesses) - others
    if len(watching) < rule.witnesses:
        return [because("witnesses-needed", rule.clause, n=rule.witnesses, found=len(watching))]
    if any(one.person == how.proposed_by for one in how.approvals):
        return [because("own-proposal", rule.clause, person=how.proposed_by)]
    return []
