"""Decides how volumes and boxes are kept, which items lie in them, and every contents list they ever had."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from index.catalogue import rows, tables
from index.domain.arranging.contents import ContentsLine, ContentsList
from index.domain.arranging.volumes import Kind, Volume
from index.domain.errors import Conflict, Missing
from index.domain.holdings import Item, ItemState
from index.domain.identity import ReferenceCode
from index.ports import Clock

_contents = tables.contents.c
_item = tables.item.c
_volume = tables.volume.c


class VolumeBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, volume: Volume) -> None:
        self._sql.execute(insert(tables.volume).values(_row(volume)))

    def save(self, volume: Volume) -> Volume:
        saved = dataclasses.replace(volume, version=volume.version + 1)
        change = update(tables.volume).where(_volume.id == volume.id, _volume.version == volume.version)
        if self._sql.execute(change.values(_row(saved))).rowcount != 1:
            raise Conflict("volume-changed-meanwhile")
        return saved

    def remove(self, volume_id: str) -> None:
        self._sql.execute(delete(tables.volume).where(_volume.id == volume_id))

    def recode(self, codes: Mapping[str, tuple[ReferenceCode, str]]) -> None:
        self._sql.execute(update(tables.volume).where(_volume.id.in_(codes)).values(reference_code=None))
        for volume_id, (code, words) in codes.items():
            values = {"code": rows.packed_code(code), "reference_code": words or None, "version": _volume.version + 1}
            self._sql.execute(update(tables.volume).where(_volume.id == volume_id).values(**values))

    def get(self, volume_id: str) -> Volume:
        query = select(tables.volume).where((_volume.id == volume_id) | (_volume.reference_code == volume_id))
        row = self._sql.execute(query).first()
        if row is None:
            raise Missing("no-such-volume", volume=volume_id)
        return _volume_of(row)

    def listed(
        self, fonds_id: str = "", series: str = "", year: str = "", kind: Kind | None = None
    ) -> Sequence[Volume]:
        exact = {"fonds_id": fonds_id, "series": series, "year": year, "kind": kind.value if kind else ""}
        query = select(tables.volume).where(*(_volume[name] == value for name, value in exact.items() if value))
        order = (
            _volume.series,
            _volume.year,
            _volume.number == 0,
            _volume.retention,
            _volume.reference_code,
            _volume.number,
            _volume.made_at,
        )
        return [_volume_of(row) for row in self._sql.execute(query.order_by(*order, _volume.id))]

    def items(self, holder_id: str) -> Sequence[Item]:
        lying = (_item.volume_id == holder_id) | (_item.file_id == holder_id)
        query = select(tables.item).where(lying, _item.state == ItemState.FILED)
        return [
            rows.item(row) for row in self._sql.execute(query.order_by(_item.place, _item.reference_code, _item.id))
        ]


class ContentsBook:
    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._sql = connection
        self._clock = clock

    def add(self, holder_id: str, by: str, why: str, lines: Sequence[ContentsLine]) -> ContentsList:
        last = self.newest(holder_id)
        made = ContentsList(holder_id, last.version + 1 if last else 1, self._clock.now(), by, why, tuple(lines))
        fields = {column.name: getattr(made, column.name) for column in tables.contents.columns}
        packed = [list(dataclasses.astuple(line)) for line in lines]
        self._sql.execute(insert(tables.contents).values({**fields, "lines": packed}))
        return made

    def newest(self, holder_id: str) -> ContentsList | None:
        query = select(tables.contents).where(_contents.holder_id == holder_id)
        row = self._sql.execute(query.order_by(_contents.version.desc()).limit(1)).first()
        return _list_of(row) if row else None

    def versions(self, holder_id: str) -> Sequence[ContentsList]:
        query = select(tables.contents).where(_contents.holder_id == holder_id).order_by(_contents.version)
        return [_list_of(row) for row in self._sql.execute(query)]


def _list_of(row: Row[Any]) -> ContentsList:
    return ContentsList(
        row.holder_id, row.version, row.at, row.by, row.why, tuple(ContentsLine(*one) for one in row.lines)
    )


def _volume_of(row: Row[Any]) -> Volume:
    fields: dict[str, Any] = dict(row._mapping)
    known = {"kind": Kind(row.kind), "code": rows.code(row.code), "reference_code": row.reference_code or ""}
    return Volume(**{**fields, **known})


def _row(volume: Volume) -> dict[str, Any]:
    fields = {column.name: getattr(volume, column.name) for column in tables.volume.columns}
    packed = {"kind": volume.kind.value, "code": rows.packed_code(volume.code)}
    return {**fields, **packed, "reference_code": volume.reference_code or None}
