"""Decides how completeness is counted and what people said of it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, func, insert, select

from index.catalogue import tables
from index.catalogue.listings import permitted
from index.domain.access import Permit
from index.domain.holdings import ItemState
from index.domain.rules.completeness import Circumstance, Held, Said, Word
from index.ports.completeness import Lot

_item = tables.item.c
_word = tables.slot_word.c
_told = tables.circumstance.c
_DOC_TYPE = _item.description["doc_type"]["value"].as_string()
_PLACE = (_item.fonds_id, _item.pack, func.coalesce(_item.file_id, ""), _item.filing_year, _item.series)
#: SQLite takes 32,766 variables in a statement.
_AT_ONCE = 5_000


class CompletionBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def lots(self, permit: Permit, fonds_id: str = "") -> Sequence[Lot]:
        kind = func.coalesce(_DOC_TYPE, "")
        query = select(*_PLACE, kind, func.count()).where(permitted(permit), _item.state == ItemState.FILED)
        query = query.where(_item.fonds_id == fonds_id) if fonds_id else query
        found = self._sql.execute(query.group_by(*_PLACE, kind).order_by(*_PLACE, kind))
        return [
            Lot(fonds or "", pack, file, year, Held(series, doc_type, count))
            for fonds, pack, file, year, series, doc_type, count in found
        ]

    def words(self, units: Collection[str]) -> Mapping[str, Mapping[str, Word]]:
        found: dict[str, dict[str, Word]] = {}
        for some in _parts(units):
            for row in self._sql.execute(select(tables.slot_word).where(_word.unit.in_(some))):
                word = Word(row.unit, row.slot, Said(row.said), row.reason, row.by, row.at)
                found.setdefault(row.unit, {})[row.slot] = word
        return found

    def say(self, word: Word) -> None:
        self.unsay(word.unit, word.slot)
        self._sql.execute(insert(tables.slot_word).values(asdict(word)))

    def unsay(self, unit: str, slot: str) -> bool:
        gone = delete(tables.slot_word).where(_word.unit == unit, _word.slot == slot)
        return bool(self._sql.execute(gone).rowcount)

    def told(self, units: Collection[str]) -> Mapping[str, Mapping[str, bool]]:
        found: dict[str, dict[str, bool]] = {}
        for some in _parts(units):
            for row in self._sql.execute(select(tables.circumstance).where(_told.unit.in_(some))):
                found.setdefault(row.unit, {})[row.name] = row.holds
        return found

    def tell(self, circumstance: Circumstance) -> None:
        known = delete(tables.circumstance)
        self._sql.execute(known.where(_told.unit == circumstance.unit, _told.name == circumstance.name))
        self._sql.execute(insert(tables.circumstance).values(asdict(circumstance)))


def _parts(units: Collection[str]) -> list[list[str]]:
    every = list(units)
    return [every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE)]
