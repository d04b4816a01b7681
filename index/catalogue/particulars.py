"""Decides how fields of subject files are kept: with the item whose paper states them, people's words with the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from index.catalogue import tables
from index.catalogue.codes import slices
from index.catalogue.listings import permitted
from index.domain.access import Permit
from index.domain.holdings import ItemState
from index.domain.rules.particulars import Entered, Stated

_item = tables.item.c
_stated = tables.stated.c
_entered = tables.entered.c
_BY_PAPERS = tables.stated.join(tables.item, _item.id == _stated.item_id)


class ParticularBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def state(self, item_id: str, stated: Sequence[Stated]) -> None:
        self._sql.execute(delete(tables.stated).where(_stated.item_id == item_id))
        if stated:
            self._sql.execute(insert(tables.stated), [asdict(one) for one in stated])

    def stated(self, file_id: str, permit: Permit) -> Sequence[Stated]:
        lying = (_item.file_id == file_id, _item.state == ItemState.FILED, permitted(permit))
        newest = select(tables.stated).select_from(_BY_PAPERS).where(*lying)
        newest = newest.order_by(_item.date.desc(), _item.captured_at.desc(), _item.id)
        return [Stated(**row._mapping) for row in self._sql.execute(newest)]

    def entered(self, file_id: str) -> Mapping[str, Entered]:
        found = self._sql.execute(select(tables.entered).where(_entered.file_id == file_id))
        return {row.slot: Entered(**row._mapping) for row in found}

    def enter(self, entered: Entered) -> None:
        self.take_back(entered.file_id, entered.slot)
        self._sql.execute(insert(tables.entered).values(asdict(entered)))

    def take_back(self, file_id: str, slot: str) -> bool:
        gone = delete(tables.entered).where(_entered.file_id == file_id, _entered.slot == slot)
        return bool(self._sql.execute(gone).rowcount)

    def filled(self, files: Collection[str], permit: Permit) -> Mapping[str, Collection[str]]:
        found: dict[str, set[str]] = {}
        for some in slices(list(files)):
            here = (_item.file_id.in_(some), _item.state == ItemState.FILED, permitted(permit))
            by_papers = select(_item.file_id, _stated.slot).select_from(_BY_PAPERS)
            for file_id, slot in self._sql.execute(by_papers.where(*here, _stated.pack == _item.pack)):
                found.setdefault(file_id, set()).add(slot)
            for row in self._sql.execute(select(tables.entered).where(_entered.file_id.in_(some))):
                slots = found.setdefault(row.file_id, set())
                (slots.add if row.value else slots.discard)(row.slot)
        return found
