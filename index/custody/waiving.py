"""Decides how a person's word about a checklist is kept: with a reason, by name, in the journal; taken back alike."""

from __future__ import annotations

from datetime import datetime

from index.custody.assessing import Assessed
from index.domain.errors import Missing, WrongUse
from index.domain.rules.completeness import Circumstance, Said, Word
from index.ports import Work

VERBS = {Said.WAIVED: "slot-waived", Said.PRESENT: "slot-present"}


def say_of_slot(work: Work, one: Assessed, slot: str, said: Said, reason: str, actor: str, now: datetime) -> None:
    """Waive a slot, or say that it is there. Raises WrongUse("reason-missing"), Missing("no-such-slot")."""
    _check(one, slot)
    if not reason.strip():
        raise WrongUse("reason-missing")
    work.completions.say(Word(one.unit.key, slot, said, reason.strip(), actor, now))
    work.journal.write(actor, VERBS[said], one.unit.key, slot=slot, reason=reason.strip())


def take_back(work: Work, one: Assessed, slot: str, actor: str) -> None:
    """Nothing is said of the slot any more; the journal keeps that it was. Raises Missing("no-such-slot")."""
    _check(one, slot)
    if work.completions.unsay(one.unit.key, slot):
        work.journal.write(actor, "slot-word-taken-back", one.unit.key, slot=slot)


def tell_condition(work: Work, one: Assessed, name: str, holds: bool, actor: str, now: datetime) -> None:
    """Say whether a condition of the checklist holds. Raises Missing("no-such-slot") for one that it does not have."""
    if not name or name not in {place.condition for place in one.found.places}:
        raise Missing("no-such-slot", slot=name)
    work.completions.tell(Circumstance(one.unit.key, name, holds, actor, now))
    work.journal.write(actor, "condition-told", one.unit.key, condition=name, holds=holds)


def _check(one: Assessed, slot: str) -> None:
    if slot not in {place.slot.number for place in one.found.places}:
        raise Missing("no-such-slot", slot=slot)
