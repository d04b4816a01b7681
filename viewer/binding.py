"""Decides what the page of an item shows of the set it belongs to, and where else it would belong by today's rules.

Of what a visitor may not see nothing is shown, not even that it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.domain.access import Permit
from index.domain.holdings import Item
from index.domain.placing.proposals import Proposal
from index.domain.placing.relations import Relation
from index.ports import Work
from viewer.reading import admitted


@dataclass(frozen=True, slots=True)
class Bound:
    """A relation as it is seen from an item: `cites` when it is this item's paper that says so."""

    relation: Relation
    cites: bool
    other: Item | None
    """None while what it cites has not come in."""


def bound_to(work: Work, permit: Permit, item: Item) -> Sequence[Bound]:
    """The relations of an item that this permit may know of, the surest first."""
    found = [_bound(work, one, item) for one in work.relations.of(item.id) if not one.denied]
    return [one for one in found if one.other is None or admitted(one.other, permit)]


def proposed_for(work: Work, item: Item) -> Proposal | None:
    return work.proposals.of(item.id)


def _bound(work: Work, relation: Relation, item: Item) -> Bound:
    cites = relation.item_id == item.id
    other = relation.other_id if cites else relation.item_id
    return Bound(relation, cites, work.items.get(other) if other else None)
