"""Decides whether somebody may leave or change post: what is still theirs comes back first (EA-34, OV-10, GC-15)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.domain.rules.policy import Pack
from index.domain.rules.provisions import Gate
from index.domain.rules.ruling import Ruling, because, ruled


@dataclass(frozen=True, slots=True)
class Held:
    """Something that is still with a person: its kind (loan, file, copy, form), and which it is."""

    kind: str
    what: str


def gates(pack: Pack, event: str) -> tuple[Gate, ...]:
    """The gates that stand before this event (leaving, position-change)."""
    return tuple(gate for gate in pack.gates if gate.event == event)


def passes(gate: Gate, held: Sequence[Held], settled: Collection[str] = ()) -> Ruling:
    """Whether they pass: every thing still held is named, and every paper not signed."""
    still = [because("still-held", gate.clause, what=one.what) for one in held if one.kind in gate.held]
    unsigned = [because("not-signed", gate.clause, what=one) for one in gate.needs if one not in settled]
    return ruled((*still, *unsigned), logged=True)
