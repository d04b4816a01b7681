"""Decides which papers stay together as a set (成套, SCH-08), and in which order those of one set lie.

The text lies before its attachment, the reply before what it answers, what forwards before what is forwarded, the
Chinese text before the foreign one (DA/T 22-2015, 5.1.2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from index.domain.holdings import Item
from index.domain.placing.relations import Bond, Relation

Tie = tuple[Bond, str, str]


def ties(relations: Iterable[Relation]) -> frozenset[Tie]:
    """What is what to which."""
    return frozenset(one.tie for one in relations if one.tie)


def gathered(items: Sequence[Item], held: Iterable[Tie]) -> list[list[Item]]:
    """The items, each set where its first one lies, in the order of sets."""
    known = {item.id: item for item in items}
    held = [tie for tie in held if tie[1] in known and tie[2] in known]
    sets = {item.id: {item.id} for item in items}
    for _, one, other in held:
        if sets[one] is not sets[other]:
            sets[one] |= sets[other]
            sets |= dict.fromkeys(sets[other], sets[one])
    before, attachments = _before(known, held), {one for bond, one, _ in held if bond is Bond.ATTACHMENT}
    once = {id(members): members for members in sets.values()}
    found = ([item for item in items if item.id in members] for members in once.values())
    return [_in_turn(members, before, attachments) for members in found]


def side_by_side(items: Sequence[Item], held: Iterable[Tie]) -> list[list[Item]]:
    """The items in their own order, cut only where neighbours are no set."""
    bound = {frozenset((one, other)) for _, one, other in held}
    runs = [[item] for item in items[:1]]
    for one, after in pairwise(items):
        if frozenset((one.id, after.id)) in bound:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def elsewhere(items: Iterable[Item], held: Iterable[Tie]) -> tuple[str, ...]:
    """Ids of the papers that belong to sets of these and do not lie among them."""
    here = {item.id for item in items}
    return tuple(sorted({end for _, *ends in held if here & set(ends) for end in ends if end not in here}))


def _before(known: Mapping[str, Item], held: Iterable[Tie]) -> Mapping[str, set[str]]:
    """Item id -> those of its set that lie before it."""
    before: dict[str, set[str]] = {item_id: set() for item_id in known}
    for bond, one, other in held:
        last = bond is Bond.ATTACHMENT or (bond is Bond.TRANSLATION and _chinese(known[other]))
        first, second = (other, one) if last else (one, other)
        before[second].add(first)
    return before


def _chinese(item: Item) -> bool:
    return item.value("language").startswith("zh")


def _in_turn(members: list[Item], before: Mapping[str, set[str]], attachments: Collection[str]) -> list[Item]:
    """Whoever waits for nobody of the set comes next, attachments at once behind their text.

    Where papers name each other in a ring, the first does.
    """
    laid: list[Item] = []
    left = list(members)
    while left:
        waiting = {item.id for item in left}
        free = [item for item in left if not before[item.id] & waiting]
        laid.append(next((item for item in free if item.id in attachments), (free or left)[0]))
        left.remove(laid[-1])
    return laid
