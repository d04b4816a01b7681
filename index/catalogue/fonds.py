"""Decides how fonds are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, insert, select, update

from index.catalogue import rows, tables
from index.domain.errors import Missing
from index.domain.holdings import Fonds, ItemState


class FondsBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, fonds: Fonds) -> None:
        self._sql.execute(insert(tables.fonds).values(rows.fonds_row(fonds)))

    def save(self, fonds: Fonds) -> None:
        self._sql.execute(update(tables.fonds).where(tables.fonds.c.id == fonds.id).values(rows.fonds_row(fonds)))

    def all(self) -> Sequence[Fonds]:
        return [rows.fonds(row) for row in self._sql.execute(select(tables.fonds).order_by(tables.fonds.c.code))]

    def get(self, fonds_id: str) -> Fonds:
        row = self._sql.execute(select(tables.fonds).where(tables.fonds.c.id == fonds_id)).first()
        if row is None:
            raise Missing("no-such-fonds", fonds=fonds_id)
        return rows.fonds(row)

    def by_code(self, code: str) -> Fonds | None:
        row = self._sql.execute(select(tables.fonds).where(tables.fonds.c.code == code)).first()
        return rows.fonds(row) if row else next((one for one in self.all() if code in one.former), None)

    def beside(self, batch_id: str) -> Mapping[str, int]:
        item, scan = tables.item.c, tables.scan.c
        counted = (
            select(item.fonds_id, func.count(item.id.distinct()))
            .join(tables.scan, scan.item_id == item.id)
            .where(scan.batch_id == batch_id, item.state == ItemState.FILED)
            .group_by(item.fonds_id)
        )
        return {fonds_id: count for fonds_id, count in self._sql.execute(counted) if fonds_id}
