"""Decides how a person puts the items of a class or draft into order; numbers follow when they are asked to."""

from __future__ import annotations

from collections.abc import Sequence

from index.custody.assembling import Shelf, loose_items
from index.custody.closing import check_open
from index.domain.access import Permit
from index.domain.arranging.contents import ordered
from index.domain.arranging.volumes import Volume, check_draft
from index.domain.errors import Missing
from index.domain.holdings import Item
from index.ports import Work

_UNDATED = "9999"


def move_in_class(work: Work, permit: Permit, shelf: Shelf, item_ids: Sequence[str], to: int, actor: str) -> None:
    """Lay loose items, together and in their order, so that the first of them is at place `to` (from 1) of its class.

    A class here is the lowest one: the same period and organisation. Raises Conflict("class-closed"), Missing.
    """
    check_open(work, shelf.fonds.id, shelf.series.code, shelf.year)
    items = loose_items(work, permit, shelf)
    first = next((item for item in items if item.id in item_ids), None)
    if first is None:
        raise Missing("no-such-item")
    together = [item for item in items if same_class(item, first)]
    _lay(work, together, item_ids, to, actor)


def move_in_volume(work: Work, volume: Volume, item_ids: Sequence[str], to: int, actor: str) -> None:
    """The same within a draft. Raises Conflict("volume-sealed"), Missing."""
    check_draft(volume)
    _lay(work, ordered(work.volumes.items(volume.id)), item_ids, to, actor)


def date_class(work: Work, permit: Permit, shelf: Shelf, item_id: str, actor: str) -> None:
    """Lay the loose items that are numbered with this one by their dates; what bears none lies last.

    Raises Conflict("class-closed"), Missing.
    """
    check_open(work, shelf.fonds.id, shelf.series.code, shelf.year)
    items = loose_items(work, permit, shelf)
    one = next((item for item in items if item.id == item_id), None)
    if one is None:
        raise Missing("no-such-item")
    _by_date(work, [item for item in items if same_class(item, one)], actor)


def date_volume(work: Work, volume: Volume, actor: str) -> None:
    """The same with all of a draft. Raises Conflict("volume-sealed")."""
    check_draft(volume)
    _by_date(work, ordered(work.volumes.items(volume.id)), actor)


def _by_date(work: Work, items: Sequence[Item], actor: str) -> None:
    laid = sorted(items, key=lambda item: item.value("date") or _UNDATED)
    work.classes.lay({item.id: place for place, item in enumerate(laid, 1)})
    for place, (item, was) in enumerate(zip(laid, items, strict=True), 1):
        if item != was:
            work.journal.write(actor, "placed", item.id, to=place, code=item.reference_code)


def same_class(one: Item, other: Item) -> bool:
    """Whether two loose items are numbered in one run."""
    if one.code is None or other.code is None:
        return False
    mine, theirs = one.code, other.code
    return (mine.retention, mine.organisation, mine.series) == (theirs.retention, theirs.organisation, theirs.series)


def _lay(work: Work, items: Sequence[Item], item_ids: Sequence[str], to: int, actor: str) -> None:
    moving = [item for item in items if item.id in item_ids]
    if not moving or len(moving) != len(set(item_ids)):
        raise Missing("no-such-item")
    staying = [item for item in items if item not in moving]
    at = min(max(to - 1, 0), len(staying))
    laid = [*staying[:at], *moving, *staying[at:]]
    work.classes.lay({item.id: place for place, item in enumerate(laid, 1)})
    for item in moving:
        work.journal.write(actor, "placed", item.id, to=to, code=item.reference_code)
