"""Decides how items are bound into sets: as their papers cite each other, or as a person says, whose word stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from index.domain.errors import WrongUse
from index.domain.holdings import Item
from index.domain.identity import new_id
from index.domain.placing.relations import Bond, Citation, Relation, is_denied, number_key, title_key
from index.ports import Work


def relate_found(work: Work, item: Item, citations: Iterable[Citation], now: datetime) -> None:
    """Keep what an item's paper cites, bound where the other is here; bind what cites this item and waited for it."""
    said = [one for one in work.relations.of(item.id) if one.item_id == item.id and one.given_by]
    known = {(one.bond, one.number, one.title) for one in said}
    found = (_found(work, item, one, now) for one in citations if not is_denied(one, said))
    work.relations.keep(item.id, [one for one in found if (one.bond, one.number, one.title) not in known])
    for waiting in _waiting_for(work, item):
        work.relations.put(replace(waiting, other_id=item.id))


def relate(work: Work, item_id: str, other_id: str, bond: Bond, actor: str, now: datetime) -> Relation:
    """What a person says that an item is to another. Raises Missing, WrongUse("related-to-itself")."""
    item, other = work.items.get(item_id), work.items.get(other_id)
    if item.id == other.id:
        raise WrongUse("related-to-itself")
    named = number_key(other.value("document_number")), title_key(other.title)
    relation = Relation(new_id(now), item.id, bond, *named, 1.0, "", now, other_id=other.id, given_by=actor)
    work.relations.put(relation)
    work.journal.write(actor, "related", item.id, bond=bond.value, other=other.id)
    return relation


def part(work: Work, relation_id: str, actor: str) -> None:
    """A person says that there is no such relation: it is kept as denied, so that it is not found again."""
    relation = work.relations.get(relation_id)
    work.relations.put(replace(relation, denied=True, given_by=actor))
    work.journal.write(actor, "unrelated", relation.item_id, bond=relation.bond.value, other=relation.other_id)


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
