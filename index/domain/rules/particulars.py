"""Decides what the file of a subject says of it (客户资料), field by field: a person's word before what forms say.

A slot of the checklist with `labels` is such a field. Of several papers the newest speaks: particulars are kept up to
date by adding papers (CUS-13), and what earlier ones said is shown beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.domain.rules.policy import Pack, Slot


@dataclass(frozen=True, slots=True)
class Stated:
    """What a paper says in one field of a regulation, and where it stands."""

    item_id: str
    pack: str
    slot: str
    value: str
    confidence: float
    words: str
    page: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What a person entered in a field of a file; nothing, where what the papers say is not so."""

    file_id: str
    slot: str
    value: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Particular:
    """A field of a file with all that is known of it; `stated` by the newest paper first."""

    slot: Slot
    stated: tuple[Stated, ...] = ()
    entered: Entered | None = None

    @property
    def value(self) -> str:
        if self.entered:
            return self.entered.value
        return self.stated[0].value if self.stated else ""

    @property
    def source(self) -> Stated | None:
        """The paper that it is read from, where no person entered it."""
        return self.stated[0] if self.stated and self.entered is None else None

    @property
    def otherwise(self) -> tuple[Stated, ...]:
        """Where papers say something else, each value once."""
        others = {one.value: one for one in reversed(self.stated) if one.value != self.value}
        return tuple(others.values())[::-1]


def asked_for(pack: Pack) -> tuple[Slot, ...]:
    """The fields of a file of this regulation."""
    return tuple(slot for slot in pack.checklist if slot.labels)


def particulars(pack: Pack, stated: Sequence[Stated], entered: Mapping[str, Entered]) -> tuple[Particular, ...]:
    """Every field of a file in the order of the checklist."""
    return tuple(
        Particular(
            slot,
            tuple(one for one in stated if (one.pack, one.slot) == (pack.id, slot.number)),
            entered.get(slot.number),
        )
        for slot in asked_for(pack)
    )
