"""Decides what the page of a subject's file shows of its subject: the fields its regulation asks for, in groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.custody.describing import described, pack_of
from index.domain.access import Act
from index.domain.holdings import File
from index.domain.rules.particulars import Particular
from index.domain.rules.policy import Pack, Slot
from index.ports import Work
from viewer.visit import Visit


@dataclass(frozen=True, slots=True)
class Card:
    """What a file says of its subject: the fields in their groups, each group by its slot of the checklist."""

    file: File
    pack: Pack
    fields: tuple[Particular, ...]
    typed: Mapping[str, str]
    """What somebody entered and was refused, by slot number."""

    @property
    def filled(self) -> int:
        return sum(bool(one.value) for one in self.fields)

    @property
    def groups(self) -> list[tuple[Slot | None, list[Particular]]]:
        slots = {slot.number: slot for slot in self.pack.checklist}
        found: dict[str, list[Particular]] = {}
        for one in self.fields:
            found.setdefault(one.slot.number.rpartition(".")[0], []).append(one)
        return [(slots.get(number), members) for number, members in found.items()]


def card(visit: Visit, work: Work, file: File | None, typed: Mapping[str, str] | None = None) -> Card | None:
    """None where no fields are asked for, and for whoever may not review: papers of any marking fill them."""
    pack = pack_of(work, visit.home.packs, file) if file and visit.may(Act.REVIEW) else None
    if file is None or pack is None:
        return None
    fields = described(work, visit.permit, pack, file)
    return Card(file, pack, fields, typed or {}) if fields else None
