"""Decides how the years of a class are kept: what lies in each, what waits, and whether it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, insert, select, update

from index.catalogue import rows, tables
from index.catalogue.codes import slices
from index.catalogue.listings import permitted
from index.domain.access import Permit
from index.domain.arranging.closing import ClassYear, Tally
from index.domain.holdings import Item, ItemState
from index.ports.arranging import ClassKey

_class = tables.class_year.c
_item = tables.item.c
_volume = tables.volume.c

_LAY = (
    update(tables.item)
    .where(_item.id == bindparam("of"), _item.place != bindparam("at"))
    .values(place=bindparam("at"), version=_item.version + 1)
)


class ClassBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def get(self, fonds_id: str, series: str, year: str) -> ClassYear | None:
        query = select(tables.class_year).where(
            _class.fonds_id == fonds_id, _class.series == series, _class.year == year
        )
        row = self._sql.execute(query).first()
        return _class_year(row) if row else None

    def save(self, one: ClassYear) -> None:
        fields = {column.name: getattr(one, column.name) for column in tables.class_year.columns}
        mine = (_class.fonds_id == one.fonds_id, _class.series == one.series, _class.year == one.year)
        if not self._sql.execute(update(tables.class_year).where(*mine).values(fields)).rowcount:
            self._sql.execute(insert(tables.class_year).values(fields))

    def closed(self) -> Sequence[ClassYear]:
        return [_class_year(row) for row in self._sql.execute(select(tables.class_year))]

    def tallies(self, permit: Permit) -> Mapping[ClassKey, Tally]:
        key = (_item.fonds_id, _item.pack, _item.series, _item.filing_year)
        counts = (
            func.count(),
            func.sum(_item.page_count),
            _how_many(_item.volume_id.is_(None)),
            _how_many(_item.retention.in_(["", "unset"])),
            _how_many(_item.late),
        )
        mine = (permitted(permit), _item.state == ItemState.FILED, _item.filing_year != "")
        drafts = self._drafts()
        found = {}
        for fonds, pack, series, year, filed, pages, loose, unset, late in self._sql.execute(
            select(*key, *counts).where(*mine).group_by(*key)
        ):
            at = ClassKey(fonds, pack, series, year)
            found[at] = Tally(filed, pages, 0, loose, drafts.get((fonds, series, year), 0), unset, late)
        return found

    def _drafts(self) -> Mapping[tuple[str, str, str], int]:
        key = (_volume.fonds_id, _volume.series, _volume.year)
        query = select(*key, func.count()).where(_volume.sealed_at.is_(None)).group_by(*key)
        return {(fonds, series, year): count for fonds, series, year, count in self._sql.execute(query)}

    def waiting(self, permit: Permit) -> Sequence[tuple[ClassKey, int]]:
        """As the ledger of review knows them: the year is still a whole date here."""
        key = (_item.fonds_id, _item.pack, _item.series, _item.date)
        unfiled = _item.state.in_([ItemState.DESCRIBED, ItemState.REVIEW])
        known = (unfiled, _item.fonds_id.is_not(None), _item.series != "", _item.date != "", permitted(permit))
        query = select(*key, func.count()).where(*known).group_by(*key)
        return [
            (ClassKey(fonds, pack, series, day), count) for fonds, pack, series, day, count in self._sql.execute(query)
        ]

    def items(self, permit: Permit, fonds_id: str, series: str, year: str) -> Sequence[Item]:
        mine = (_item.fonds_id == fonds_id, _item.series == series, _item.filing_year == year)
        query = select(tables.item).where(*mine, _item.state == ItemState.FILED, permitted(permit))
        return [rows.item(row) for row in self._sql.execute(query.order_by(_item.reference_code, _item.id))]

    def lay(self, places: Mapping[str, int]) -> None:
        if places:
            self._sql.execute(_LAY, [{"of": item_id, "at": place} for item_id, place in places.items()])

    def settle(self, item_ids: Sequence[str], **stood: datetime | str | None) -> None:
        for part in slices(item_ids):
            change = update(tables.item).where(_item.id.in_(part))
            self._sql.execute(change.values(**stood, version=_item.version + 1))


def _how_many(that: Any) -> Any:
    return func.sum(case((that, 1), else_=0))


def _class_year(row: Row[Any]) -> ClassYear:
    return ClassYear(row.fonds_id, row.pack, row.series, row.year, row.closed_at, row.closed_by)
