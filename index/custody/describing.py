"""Decides how a person describes the subject of a file: field by field; what they entered stays till they change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from index.domain.access import Permit
from index.domain.errors import Conflict, Missing
from index.domain.holdings import File
from index.domain.rules.particulars import Entered, Particular, particulars
from index.domain.rules.policy import Pack
from index.ports import Work

_LONGEST = 500


def described(work: Work, permit: Permit, pack: Pack, file: File) -> tuple[Particular, ...]:
    """What the file says of its subject; empty where its regulation asks for no fields."""
    return particulars(pack, work.particulars.stated(file.id, permit), work.particulars.entered(file.id))


def pack_of(work: Work, packs: Sequence[Pack], file: File) -> Pack | None:
    """The regulation that the file is kept by."""
    followed = work.fonds.get(file.fonds_id).packs
    return next((one for one in packs if one.id in followed and one.series_of(file.series)), None)


def enter(
    work: Work,
    known: Sequence[Particular],
    file: File,
    said: Mapping[str, str],
    seen: Mapping[str, str],
    actor: str,
    now: datetime,
) -> None:
    """Enter what `said` has otherwise than `seen`, by slot number: what a form repeats unchanged is not entered.

    Raises Conflict("changed-meanwhile") where a field is not any more as it was seen, Missing("no-such-slot").
    """
    fields = {one.slot.number: one for one in known}
    for slot, value in said.items():
        value = value.strip()[:_LONGEST]
        if value == seen.get(slot, "").strip():
            continue
        if slot not in fields:
            raise Missing("no-such-slot", slot=slot)
        before = fields[slot].value
        if before != seen.get(slot, ""):
            raise Conflict("changed-meanwhile")
        work.particulars.enter(Entered(file.id, slot, value, actor, now))
        work.journal.write(actor, "file-described", file.id, slot=slot, before=before, value=value)


def take_back(work: Work, file: File, slot: str, actor: str) -> None:
    """What the papers say holds again."""
    if work.particulars.take_back(file.id, slot):
        work.journal.write(actor, "file-word-taken-back", file.id, slot=slot)
