"""Decides how relations between items and proposals for filed ones are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, literal, or_, select, tuple_, update

from index.catalogue import rows, tables
from index.catalogue.codes import slices
from index.catalogue.listings import permitted
from index.domain.access import Permit
from index.domain.errors import Missing
from index.domain.holdings import Item, ItemState
from index.domain.placing.proposals import Proposal
from index.domain.placing.relations import Bond, Relation, number_key, title_key

_relation = tables.relation.c
_proposal = tables.proposal.c
_item = tables.item.c
_scan = tables.scan.c
#: A title shorter than this names nothing by itself.
_SHORTEST_TITLE = 4


class RelationBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def keep(self, item_id: str, found: Sequence[Relation]) -> None:
        guessed = delete(tables.relation).where(_relation.item_id == item_id, _relation.given_by.is_(None))
        self._sql.execute(guessed)
        if found:
            self._sql.execute(insert(tables.relation), [asdict(one) for one in found])

    def put(self, relation: Relation) -> None:
        known = update(tables.relation).where(_relation.id == relation.id).values(asdict(relation))
        if not self._sql.execute(known).rowcount:
            self._sql.execute(insert(tables.relation).values(asdict(relation)))

    def get(self, relation_id: str) -> Relation:
        row = self._sql.execute(select(tables.relation).where(_relation.id == relation_id)).first()
        if row is None:
            raise Missing("no-such-relation")
        return _read(row)

    def of(self, *item_ids: str) -> Sequence[Relation]:
        found: dict[str, Relation] = {}
        for some in slices(item_ids):
            either = or_(_relation.item_id.in_(some), _relation.other_id.in_(some))
            found |= {row.id: _read(row) for row in self._sql.execute(select(tables.relation).where(either))}
        return sorted(found.values(), key=lambda one: (-one.confidence, one.id))

    def citing(self, fonds_id: str, number: str, title: str) -> Sequence[Relation]:
        same = [_relation.number == number] if number else []
        same += [_relation.title == title] if len(title) >= _SHORTEST_TITLE else []
        if not same:
            return []
        query = (
            select(tables.relation)
            .join(tables.item, _item.id == _relation.item_id)
            .where(or_(*same), _relation.other_id.is_(None), ~_relation.denied, _item.fonds_id == fonds_id)
        )
        return [_read(row) for row in self._sql.execute(query)]

    def cited(self, fonds_id: str, number: str, title: str, but: str) -> str | None:
        others = select(_item.id).where(_item.fonds_id == fonds_id, _item.id != but, _item.state != ItemState.WITHDRAWN)
        by_number = self._sql.execute(others.where(_item.number_key == number)).scalar() if number else None
        if by_number or len(title) < _SHORTEST_TITLE:
            return by_number
        return self._sql.execute(others.where(_item.title_key == title).order_by(_item.id.desc())).scalar()

    def called(self, item: Item, words: str, permit: Permit, limit: int) -> Sequence[Item]:
        number, title = number_key(words), title_key(words)
        if not number or not title:
            return []
        within = or_(
            _item.reference_code == words.strip(),
            _item.number_key.contains(number, autoescape=True),
            _item.title_key.contains(title, autoescape=True),
            _item.title.contains(words.strip(), autoescape=True),
        )
        others = select(tables.item).where(_item.id != item.id, _item.state != ItemState.WITHDRAWN, permitted(permit))
        nearest = others.where(within).order_by(_item.fonds_id != item.fonds_id, _item.captured_at.desc(), _item.id)
        return [rows.item(row) for row in self._sql.execute(nearest.limit(limit))]

    def before(self, item: Item) -> str | None:
        batch = select(_scan.batch_id).where(_scan.item_id == item.id, _scan.batch_id.is_not(None))
        earlier = (
            select(_item.id)
            .join(tables.scan, _scan.item_id == _item.id)
            .where(_scan.batch_id.in_(batch), _item.state != ItemState.WITHDRAWN)
            .where(tuple_(_item.captured_at, _item.id) < tuple_(literal(item.captured_at, tables.Moment), item.id))
        )
        return self._sql.execute(earlier.order_by(_item.captured_at.desc(), _item.id.desc())).scalar()


class ProposalBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def put(self, proposal: Proposal) -> None:
        self.drop(proposal.item_id)
        self._sql.execute(insert(tables.proposal).values(asdict(proposal)))

    def drop(self, item_id: str) -> None:
        self._sql.execute(delete(tables.proposal).where(_proposal.item_id == item_id))

    def of(self, item_id: str) -> Proposal | None:
        row = self._sql.execute(select(tables.proposal).where(_proposal.item_id == item_id)).first()
        return Proposal(**row._mapping) if row else None

    def all(self, limit: int = 0) -> Sequence[Proposal]:
        ordered = select(tables.proposal).order_by(_proposal.confidence.desc(), _proposal.item_id)
        return [Proposal(**row._mapping) for row in self._sql.execute(ordered.limit(limit) if limit else ordered)]


def _read(row: Row[Any]) -> Relation:
    return Relation(**{**row._mapping, "bond": Bond(row.bond)})
