"""Decides how items are bound into sets: as their papers cite each other, or as a person says, whose word stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from index.custody.joining import follow
from index.domain.errors import Conflict, WrongUse
from index.domain.holdings import Item, ItemState
from index.domain.identity import new_id
from index.domain.placing.relations import Bond, Citation, Relation, is_settled, number_key, title_key
from index.ports import Work


def relate_found(work: Work, item: Item, citations: Iterable[Citation], now: datetime) -> None:
    """Keep what an item's paper cites, bound where the other is here; bind what cites this item and waited for it."""
    said = work.relations.of(item.id)
    found = (_found(work, item, one, now) for one in citations)
    work.relations.keep(item.id, [one for one in found if not is_settled(one, said)])
    for waiting in _waiting_for(work, item):
        bound = replace(waiting, other_id=item.id)
        if not is_settled(bound, said):
            work.relations.put(bound)


def relate(work: Work, item_id: str, other_id: str, bond: Bond, actor: str, now: datetime) -> Relation:
    """What a person says that an item is to another; it takes the place of what was found or denied between the two.

    Raises Missing, WrongUse("related-to-itself").
    """
    item, other = work.items.get(item_id), work.items.get(other_id)
    if item.id == other.id:
        raise WrongUse("related-to-itself")
    named = number_key(other.value("document_number")), title_key(other.title)
    made = Relation(new_id(now), item.id, bond, *named, 1.0, "", now, other_id=other.id, given_by=actor)
    known = work.relations.of(item.id)
    same = [one for one in known if one.tie == made.tie]
    for one in known:
        if one.tie == made.turned and not one.denied:
            _say(work, one, actor, denied=True)
    return _say(work, same[0] if same else made, actor, denied=False)


def holding(work: Work, relations: Iterable[Relation]) -> list[Relation]:
    """Those that hold between papers as they stand now: what was joined is looked for where its pages went.

    Nothing binds what was withdrawn, what nobody has scanned yet, or two papers that have become one item.
    """
    found = []
    for one in relations:
        if one.denied or one.other_id is None:
            continue
        item, other = (follow(work, work.items.get(end)) for end in (one.item_id, one.other_id))
        if item.id != other.id and ItemState.WITHDRAWN not in (item.state, other.state):
            found.append(replace(one, item_id=item.id, other_id=other.id))
    return found


def affirm(work: Work, relation_id: str, actor: str) -> Relation:
    """A person says that what was found, or denied before, holds. Raises Missing, Conflict("other-not-here")."""
    relation = work.relations.get(relation_id)
    if relation.other_id is None:
        raise Conflict("other-not-here")
    return relate(work, relation.item_id, relation.other_id, relation.bond, actor, relation.at)


def part(work: Work, relation_id: str, actor: str) -> None:
    """A person says that there is no such relation: it is kept as denied, so that it is not found again."""
    relation = work.relations.get(relation_id)
    known = work.relations.of(relation.item_id)
    for one in known:
        if one.id == relation.id or (relation.tie and one.tie == relation.tie):
            _say(work, one, actor, denied=True)


def _say(work: Work, relation: Relation, actor: str, *, denied: bool) -> Relation:
    said = replace(relation, denied=denied, given_by=actor)
    work.relations.put(said)
    verb = "unrelated" if denied else "related"
    work.journal.write(actor, verb, relation.item_id, bond=relation.bond.value, other=relation.other_id)
    return said


def _found(work: Work, item: Item, citation: Citation, now: datetime) -> Relation:
    number, title = number_key(citation.number), title_key(citation.title)
    other = work.relations.cited(item.fonds_id or "", number, title, item.id) if number or title else None
    if not number and not title:
        other = work.relations.before(item)
    sure, words = citation.confidence, citation.words
    return Relation(new_id(now), item.id, citation.bond, number, title, sure, words, now, citation.page, other)


def _waiting_for(work: Work, item: Item) -> Iterable[Relation]:
    named = number_key(item.value("document_number")), title_key(item.title)
    return [one for one in work.relations.citing(item.fonds_id or "", *named) if one.item_id != item.id]
