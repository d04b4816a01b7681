"""Decides how complete a file, a year or a fonds is by the checklist of its regulation: what is there, missing, waived.

A slot is asked for always, or where its condition holds: papers show that (a resignation shows that somebody left), or
a person has said it. What nobody knows is told as undecided and counts neither way. Score = filled / asked for (D.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.domain.rules.policy import ArrangedBy, Pack, Slot
from index.domain.rules.provisions import Condition

ALWAYS, FREE = "always", "free"
EVENT = "event"
"""As it happens: a circumstance of this slot alone, unless the regulation declares it."""


class Per(StrEnum):
    """Of what a slot is asked: of each subject's file, of each year of a fonds, or once of the fonds."""

    FILE = "file"
    YEAR = "year"
    FONDS = "fonds"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a checklist is held against: a file (`file_id`), a year of a fonds, or a fonds, by one regulation."""

    per: Per
    fonds_id: str
    pack: str
    file_id: str = ""
    year: str = ""

    @property
    def key(self) -> str:
        """Under which people's words about it are kept."""
        return self.file_id or "/".join(part for part in (self.fonds_id, self.pack, self.year) if part)


@dataclass(frozen=True, slots=True)
class Held:
    """So many items of one series and kind of document."""

    series: str
    doc_type: str
    count: int


class Said(StrEnum):
    """What a person says of a slot."""

    WAIVED = "waived"
    """It will not be there, for a reason."""
    PRESENT = "present"
    """It is there, though no item shows it (an original kept elsewhere, a paper under another name)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word about a slot of a unit, with its reason."""

    unit: str
    slot: str
    said: Said
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A person's word on whether a condition holds for a unit (a driver; not regularised)."""

    unit: str
    name: str
    holds: bool
    by: str
    at: datetime


class State(StrEnum):
    FILLED = "filled"
    MISSING = "missing"
    WAIVED = "waived"
    UNDECIDED = "undecided"
    """Nobody knows whether its condition holds."""
    NOT_ASKED = "not-asked"
    """Its condition does not hold, or it is free."""


@dataclass(frozen=True, slots=True)
class Place:
    """One slot of a unit: its state, how many items fill it, and a person's word about it."""

    slot: Slot
    state: State
    condition: str = ""
    """The name under which people tell whether it applies; empty where it always does, or is free."""
    count: int = 0
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """Every slot of a unit in the order of the checklist."""

    places: tuple[Place, ...]

    def of(self, state: State) -> tuple[Place, ...]:
        return tuple(one for one in self.places if one.state == state)

    @property
    def filled(self) -> int:
        return len(self.of(State.FILLED))

    @property
    def asked(self) -> int:
        """How many slots are asked for; what was waived is not."""
        return self.filled + len(self.of(State.MISSING))

    @property
    def score(self) -> float:
        """0..1; whole where nothing is asked for."""
        return self.filled / self.asked if self.asked else 1.0

    @property
    def complete(self) -> bool:
        return self.filled == self.asked

    @property
    def undecided(self) -> tuple[str, ...]:
        """The conditions that nobody has told, in the order of the checklist."""
        return tuple(dict.fromkeys(one.condition for one in self.of(State.UNDECIDED)))


def slots(pack: Pack, per: Per) -> tuple[Slot, ...]:
    """The checklist of this kind of unit; a list that does not say is each file's, the fonds' where there are none."""
    by_subject = any(one.arranged_by is ArrangedBy.SUBJECT_FILE for one in pack.series)
    usual = Per.FILE if by_subject else Per.FONDS
    return tuple(slot for slot in pack.checklist if Per(slot.per or usual) is per)


def completeness(
    pack: Pack,
    per: Per,
    held: Sequence[Held],
    words: Mapping[str, Word] | None = None,
    told: Mapping[str, bool] | None = None,
    described: Collection[str] = (),
) -> Completeness:
    """How complete a unit is that holds this; `words` by slot number, `told` what people said of conditions.

    `described` are the numbers of fields that say something.
    """
    known = {**_shown(pack.conditions, held), **(told or {})}
    said = words or {}
    return Completeness(
        tuple(
            _place(slot, _condition(pack, slot), held, said.get(slot.number), known, slot.number in described)
            for slot in slots(pack, per)
        )
    )


def _condition(pack: Pack, slot: Slot) -> str:
    """What the slot depends on: a condition of the regulation, or something that concerns this slot alone."""
    if slot.when in (ALWAYS, FREE):
        return ""
    return slot.when if any(one.name == slot.when for one in pack.conditions) else f"slot {slot.number}"


def _shown(conditions: Iterable[Condition], held: Sequence[Held]) -> dict[str, bool]:
    """The conditions that papers show to hold; papers never show that one does not."""
    return {
        one.name: True
        for one in conditions
        if any(has.doc_type in one.doc_types or has.series in one.series for has in held)
    }


def _place(
    slot: Slot, condition: str, held: Sequence[Held], word: Word | None, known: Mapping[str, bool], described: bool
) -> Place:
    count = sum(has.count for has in held if has.doc_type in slot.doc_types or has.series in slot.series)
    there = bool(count) or described or (word is not None and word.said is Said.PRESENT)
    return Place(slot, _state(slot, condition, there, word, known), condition, count, word)


def _state(slot: Slot, condition: str, there: bool, word: Word | None, known: Mapping[str, bool]) -> State:
    if slot.when == FREE:
        return State.NOT_ASKED
    if there:
        return State.FILLED
    if condition and not known.get(condition, False):
        return State.NOT_ASKED if condition in known else State.UNDECIDED
    return State.WAIVED if word else State.MISSING


@dataclass(frozen=True, slots=True)
class Account:
    """Many units at once: how many are complete, filled and asked over all, and what is missing most."""

    units: int
    complete: int
    filled: int
    asked: int
    missing: tuple[tuple[str, int], ...]

    @property
    def score(self) -> float:
        return self.filled / self.asked if self.asked else 1.0


def account(found: Sequence[Completeness]) -> Account:
    """The sum over units of one regulation."""
    missing = Counter(place.slot.number for one in found for place in one.of(State.MISSING))
    return Account(
        units=len(found),
        complete=sum(one.complete for one in found),
        filled=sum(one.filled for one in found),
        asked=sum(one.asked for one in found),
        missing=tuple(missing.most_common()),
    )
