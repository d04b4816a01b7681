"""Decides how imported lists are kept, and the incoming register beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from index.catalogue import import_tables, rows, tables
from index.domain.errors import Missing
from index.domain.holdings import ItemState
from index.domain.lists.entries import Fault
from index.domain.lists.importing import Import, ImportState, KeptRow, Kind
from index.domain.lists.incoming import Filed, Incoming, Outcome
from index.domain.lists.linking import By, Image
from index.domain.lists.sheet import Row as SheetRow

_import = import_tables.import_.c
_row = import_tables.import_row.c
_incoming = import_tables.incoming.c
_item = tables.item.c
_scan = tables.scan.c


class ImportBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, one: Import) -> None:
        self._sql.execute(insert(import_tables.import_).values(asdict(one)))

    def save(self, one: Import) -> None:
        self._sql.execute(update(import_tables.import_).where(_import.id == one.id).values(asdict(one)))

    def get(self, import_id: str) -> Import:
        row = self._sql.execute(select(import_tables.import_).where(_import.id == import_id)).first()
        if row is None:
            raise Missing("no-such-import")
        return _read(row)

    def all(self) -> Sequence[Import]:
        found = self._sql.execute(select(import_tables.import_).order_by(_import.at.desc(), _import.id.desc()))
        return [_read(row) for row in found]

    def keep_rows(self, import_id: str, rows: Sequence[SheetRow]) -> None:
        self._sql.execute(delete(import_tables.import_row).where(_row.import_id == import_id))
        values = [
            {"import_id": import_id, "number": row.number, "cells": row.cells, "target": "", "refused": {}}
            for row in rows
        ]
        if values:
            self._sql.execute(insert(import_tables.import_row), values)

    def rows(self, import_id: str) -> Sequence[KeptRow]:
        query = select(import_tables.import_row).where(_row.import_id == import_id).order_by(_row.number)
        return [_kept(row) for row in self._sql.execute(query)]

    def mark(self, import_id: str, number: int, target: str = "", refused: Fault | None = None) -> None:
        at = (_row.import_id == import_id) & (_row.number == number if number else _row.target == "")
        why = {"code": refused.code, "details": _plain(refused.details)} if refused else {}
        self._sql.execute(update(import_tables.import_row).where(at).values(target=target, refused=why))

    def images(self, fonds_id: str) -> Sequence[Image]:
        first = select(func.min(_scan.path)).where(_scan.item_id == _item.id).scalar_subquery()
        query = (
            select(tables.item, first.label("path"), exists().where(_row.target == _item.id).label("entered"))
            .where(_item.fonds_id.is_(None) | (_item.fonds_id == fonds_id))
            .where(_item.state.in_((ItemState.REVIEW, ItemState.FILED)))
            .order_by(_item.captured_at, _item.id)
        )
        return [_image(row) for row in self._sql.execute(query)]


def _read(row: Row[Any]) -> Import:
    said = dict(row._mapping)
    said |= {"kind": Kind(row.kind), "state": ImportState(row.state), "link": By(row.link)}
    return Import(**said | {"headings": tuple(row.headings)})


def _kept(row: Row[Any]) -> KeptRow:
    refused = Fault(**row.refused) if row.refused else None
    return KeptRow(SheetRow(row.number, tuple(row.cells)), row.target, refused)


def _plain(details: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in details.items()}


def _image(row: Row[Any]) -> Image:
    """A folder of single pages is one item: its path is the folder's. What was divided off a scan has the scan's."""
    item = rows.item(row)
    path = row.path.decode("utf-8", "replace") if row.path else item.origin
    return Image(
        item.id,
        path.rsplit("/", 1)[0] if item.run else path,
        item.value("reference_code"),
        item.page_count,
        item.reference_code,
        row.entered,
    )


class IncomingBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def put(self, entries: Sequence[Incoming]) -> None:
        for entry in entries:
            values = {**asdict(entry), "year": entry.received_on.year}
            known = update(import_tables.incoming).where(_incoming.id == entry.id).values(values)
            if not self._sql.execute(known).rowcount:
                self._sql.execute(insert(import_tables.incoming).values(values))

    def get(self, entry_id: str) -> Incoming:
        row = self._sql.execute(select(import_tables.incoming).where(_incoming.id == entry_id)).first()
        if row is None:
            raise Missing("no-such-entry")
        return _entry(row)

    def of_year(self, fonds_id: str, year: int) -> Sequence[Incoming]:
        query = select(import_tables.incoming).where(_incoming.fonds_id == fonds_id)
        query = query.where(_incoming.year == year) if year else query
        found = self._sql.execute(query.order_by(_incoming.received_on, _incoming.receipt_number))
        return [_entry(row) for row in found]

    def numbers(self, fonds_id: str) -> Mapping[tuple[int, str], str]:
        query = select(_incoming.year, _incoming.receipt_number, _incoming.id).where(_incoming.fonds_id == fonds_id)
        return {(row.year, row.receipt_number): row.id for row in self._sql.execute(query)}

    def filed(self, fonds_id: str) -> Sequence[Filed]:
        query = select(tables.item).where(_item.fonds_id == fonds_id, _item.state == ItemState.FILED)
        items = (rows.item(row) for row in self._sql.execute(query.order_by(_item.id)))
        return [Filed(item.id, item.value("document_number"), item.title, item.value("creator")) for item in items]


def _entry(row: Row[Any]) -> Incoming:
    said = {name: value for name, value in row._mapping.items() if name != "year"}
    return Incoming(**said | {"outcome": Outcome(row.outcome)})
