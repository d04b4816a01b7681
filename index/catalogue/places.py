"""Decides how the tree of places is kept, and that there is always an interim cabinet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from index.catalogue import tables
from index.domain.arranging.places import Location, PlaceKind
from index.domain.errors import Conflict, Missing
from index.domain.identity import new_id

_location = tables.location.c
INTERIM_TITLE = "平时分类橱"


class PlaceBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, location: Location) -> None:
        fields = {column.name: getattr(location, column.name) for column in tables.location.columns}
        try:
            self._sql.execute(insert(tables.location).values({**fields, "kind": location.kind.value}))
        except IntegrityError as error:
            raise Conflict("place-number-taken", number=location.number) from error

    def get(self, location_id: str) -> Location:
        row = self._sql.execute(select(tables.location).where(_location.id == location_id)).first()
        if row is None:
            raise Missing("no-such-place", place=location_id)
        return _read(row)

    def all(self) -> Mapping[str, Location]:
        found = self._sql.execute(select(tables.location).order_by(_location.kind, _location.number))
        return {row.id: _read(row) for row in found}

    def interim(self) -> Location:
        row = self._sql.execute(select(tables.location).where(_location.kind == PlaceKind.INTERIM)).first()
        if row:
            return _read(row)
        made = Location(new_id(), None, PlaceKind.INTERIM, "0", INTERIM_TITLE)
        self.add(made)
        return made


def _read(row: Row[Any]) -> Location:
    return Location(row.id, row.parent_id, PlaceKind(row.kind), row.number, row.title)
