"""Decides how volumes and boxes come to their place: sealed first, a slot of their own, every move an event (EN-28).

The slot bears the number (对号入座, SCH-10), unless the person says another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from index.domain.arranging.places import Location, PlaceKind, check_inside
from index.domain.arranging.volumes import Volume
from index.domain.errors import Conflict, Refused
from index.domain.identity import new_id
from index.ports import Work


def add_place(work: Work, kind: PlaceKind, number: str, title: str, parent_id: str | None, actor: str) -> Location:
    """A room, cabinet, shelf or box; raises Refused("no-such-place-inside"), Conflict("place-number-taken")."""
    parent = work.places.get(parent_id) if parent_id else None
    check_inside(kind, parent.kind if parent else None)
    made = Location(new_id(), parent_id or None, kind, number.strip(), title.strip())
    work.places.add(made)
    work.journal.write(actor, "place-added", made.id, kind=kind, number=made.number)
    return made


def shelve(work: Work, volume: Volume, location_id: str, actor: str, now: datetime, slot: str = "") -> Volume:
    """Put a sealed volume or box where it stands from now on; its items are shelved with it.

    Raises Refused("not-sealed" | "interim-is-no-shelf"), Conflict("slot-taken"), Missing("no-such-place").
    """
    if not volume.sealed:
        raise Refused("not-sealed")
    location = work.places.get(location_id)
    if location.kind in (PlaceKind.INTERIM, PlaceKind.ROOM):
        raise Refused("interim-is-no-shelf")
    slot = slot.strip() or f"{volume.number:03d}"
    _check_free(work, volume, location, slot)
    shelved = work.volumes.save(replace(volume, location_id=location.id, slot=slot, shelved_at=now))
    ids = [item.id for item in work.volumes.items(volume.id)]
    work.classes.settle(ids, location_id=location.id, shelved_at=now)
    work.journal.write(actor, "shelved", volume.id, place=location.id, slot=slot, before=volume.location_id or "")
    return shelved


def _check_free(work: Work, volume: Volume, location: Location, slot: str) -> None:
    for other in work.volumes.listed():
        if other.id != volume.id and (other.location_id, other.slot) == (location.id, slot):
            raise Conflict("slot-taken", slot=slot, volume=other.reference_code or other.title)
