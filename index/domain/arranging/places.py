"""Decides what places there are in the stacks: a small tree of rooms, cabinets, shelves and boxes (EN-28, SCH-10).

Filed items of the open year stand in the interim cabinet (平时分类橱, SCH-06) until their volume is shelved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.domain.errors import Refused


class PlaceKind(StrEnum):
    ROOM = "room"
    CABINET = "cabinet"
    INTERIM = "interim"
    SHELF = "shelf"
    BOX = "box"


_INSIDE: Mapping[PlaceKind, frozenset[PlaceKind]] = {
    PlaceKind.ROOM: frozenset({PlaceKind.CABINET, PlaceKind.INTERIM}),
    PlaceKind.CABINET: frozenset({PlaceKind.SHELF, PlaceKind.BOX}),
    PlaceKind.SHELF: frozenset({PlaceKind.BOX}),
    PlaceKind.INTERIM: frozenset(),
    PlaceKind.BOX: frozenset(),
}
#: What stands for itself, without a room around it.
_FREE = frozenset({PlaceKind.ROOM, PlaceKind.INTERIM})


@dataclass(frozen=True, slots=True)
class Location:
    """A place: `number` is unique beside its neighbours and is what a label bears."""

    id: str
    parent_id: str | None
    kind: PlaceKind
    number: str
    title: str = ""


def check_inside(kind: PlaceKind, parent: PlaceKind | None) -> None:
    """Raise Refused("no-such-place-inside") for a shelf without a cabinet and the like."""
    if kind not in (_INSIDE[parent] if parent else _FREE):
        raise Refused("no-such-place-inside", kind=kind, parent=parent or "")


def path(location: Location, known: Mapping[str, Location]) -> Sequence[Location]:
    """From the room down to the place itself."""
    above = known.get(location.parent_id or "")
    return (*path(above, known), location) if above else (location,)


def address(location: Location, known: Mapping[str, Location], slot: str = "") -> str:
    """The place in one line, such as "1-03-2-015": the numbers from the room down, and the slot there."""
    return "-".join([*(one.number for one in path(location, known)), *([slot] if slot else [])])
