"""Decides what the page of an item shows of the set it belongs to, and where else it would belong by today's rules.

Of what a visitor may not see nothing is shown, not even that it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.custody.joining import follow
from index.domain.access import Permit
from index.domain.holdings import Item, ItemState
from index.domain.placing.proposals import Proposal
from index.domain.placing.relations import Bond, Relation
from index.ports import Work
from viewer.reading import admitted

#: Items offered as the other one: captured before and after this one, or found by what was typed.
BESIDE, FOUND = 3, 12

BACK = "-by"
"""Behind a bond that the other item has to this one."""
#: What a person may say that an item is to another; enclosing it is being its text.
SAYABLE = tuple(f"{bond}{end}" for bond in Bond if bond is not Bond.ENCLOSING for end in ("", BACK))


@dataclass(frozen=True, slots=True)
class Bound:
    """A relation as it is seen from an item: `cites` when it is this item's paper that says so."""

    relation: Relation
    cites: bool
    other: Item | None
    """None while what it cites has not come in."""


@dataclass(frozen=True, slots=True)
class Set:
    """An item's set: what holds, what people denied, and among which others one more may be chosen."""

    bounds: Sequence[Bound]
    denied: Sequence[Bound] = ()
    offered: Sequence[Item] = ()
    typed: str = ""


def set_of(work: Work, permit: Permit, item: Item) -> Set:
    """What this permit may know of, people's word first, then the surest; what is said from both sides stands once."""
    found = [_bound(work, one, item) for one in work.relations.of(item.id)]
    seen = [one for one in found if one.other is None or _seen(one.other, item, permit)]
    seen.sort(key=lambda one: one.relation.given_by is None)
    once = {one.relation.tie or one.relation.id: one for one in reversed(seen)}
    told = [one for one in seen if once[one.relation.tie or one.relation.id] is one]
    return Set([one for one in told if not one.relation.denied], [one for one in told if one.relation.denied])


def offered(work: Work, permit: Permit, item: Item, typed: str = "") -> Sequence[Item]:
    """Which items could be the other one: what was asked for, else those captured next to this one."""
    if typed:
        return work.relations.called(item, typed, permit, FOUND)
    return work.arrangement.beside(item, permit, BESIDE)


def proposed_for(work: Work, item: Item) -> Proposal | None:
    return work.proposals.of(item.id)


def _bound(work: Work, relation: Relation, item: Item) -> Bound:
    cites = relation.item_id == item.id
    other = relation.other_id if cites else relation.item_id
    return Bound(relation, cites, follow(work, work.items.get(other)) if other else None)


def _seen(other: Item, item: Item, permit: Permit) -> bool:
    """Not what was withdrawn, nor what has become one item with this."""
    return other.id != item.id and other.state is not ItemState.WITHDRAWN and admitted(other, permit)
