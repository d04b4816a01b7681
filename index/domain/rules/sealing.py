"""Decides whether a sealed set is opened: once for each approval, and sealed again; every asking is logged (HS-11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from index.domain.rules.approvers import Approval, approvers, satisfied
from index.domain.rules.policy import Pack
from index.domain.rules.provisions import Seal
from index.domain.rules.ruling import Ruling, because, ruled


def seal_of(pack: Pack, series: str) -> Seal | None:
    """The seal on this series, or None."""
    return next((seal for seal in pack.sealed if series in seal.series), None)


def unseal(seal: Seal, purpose: str, approvals: Iterable[Approval], today: date) -> Ruling:
    """Whether it is opened today; no role of the matrix opens it, its archivist's neither."""
    lacks = [] if purpose else [because("purpose-needed", seal.clause)]
    if not satisfied(seal.approver, approvals, today):
        lacks.append(because("sealed", seal.clause, approver=seal.approver))
    return ruled(tuple(lacks), logged=True)


def resealed(seal: Seal, approvals: Sequence[Approval]) -> tuple[Approval, ...]:
    """The approvals after one opening: those of the seal's approver are used up, the set is shut again."""
    roles = {one.role for together in approvers(seal.approver) for one in together}
    return tuple(replace(one, used=True) if one.role in roles else one for one in approvals)
