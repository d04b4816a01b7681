"""Decides how subject files are kept: one open file a subject, and a number that no other file of its kind has.

A tenant's papers lie in several series of one file: the number, which stands in the code of each, is one for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from index.catalogue import rows, tables
from index.domain.errors import Missing
from index.domain.holdings import File, ItemState
from index.domain.identity import new_id

_file = tables.file.c


class FileBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def open_for(
        self, fonds_id: str, series: str, subject_key: str, title: str, at: datetime, subject: str = ""
    ) -> File:
        known = self.by_subject(fonds_id, subject_key, subject)
        if known:
            return known
        number = self._next_number(fonds_id, subject)
        opened = File(new_id(), fonds_id, series, subject_key, title, number, at, subject=subject)
        self._sql.execute(insert(tables.file).values(_row(opened)))
        return opened

    def save(self, file: File) -> None:
        self._sql.execute(update(tables.file).where(_file.id == file.id).values(_row(file)))

    def get(self, file_id: str) -> File:
        found = self._one(select(tables.file).where(_file.id == file_id))
        if found is None:
            raise Missing("no-such-item")
        return found

    def of_series(self, fonds_id: str, series: str) -> Sequence[File]:
        query = select(tables.file).where(_file.fonds_id == fonds_id, _file.series == series)
        return [rows.file(row) for row in self._sql.execute(query.order_by(_file.subject_key))]

    def by_subject(self, fonds_id: str, subject_key: str, subject: str = "") -> File | None:
        of = (_file.fonds_id == fonds_id, _file.subject_key == subject_key, _file.subject == subject)
        return self._one(select(tables.file).where(*of, _file.closed_at.is_(None)))

    def open_of(self, fonds_id: str, subject_key: str) -> File | None:
        of = (_file.fonds_id == fonds_id, _file.subject_key == subject_key, _file.closed_at.is_(None))
        found = self._sql.execute(select(tables.file).where(*of).limit(2)).all()
        return rows.file(found[0]) if len(found) == 1 else None

    def keys(self, fonds_id: str, subject: str) -> Sequence[str]:
        query = select(_file.subject_key).where(_file.fonds_id == fonds_id, _file.subject == subject)
        return list(self._sql.execute(query.where(_file.closed_at.is_(None)).order_by(_file.subject_key)).scalars())

    def items(self, file_id: str) -> Sequence[str]:
        item = tables.item.c
        query = select(item.id).where(item.file_id == file_id, item.state == ItemState.FILED)
        return list(self._sql.execute(query.order_by(item.reference_code)).scalars())

    def _next_number(self, fonds_id: str, subject: str) -> int:
        """Files that were opened before kinds were told apart count with every kind."""
        last = select(func.max(_file.number)).where(_file.fonds_id == fonds_id, _file.subject.in_((subject, "")))
        return (self._sql.execute(last).scalar() or 0) + 1

    def _one(self, query: Select[Any]) -> File | None:
        row = self._sql.execute(query).first()
        return rows.file(row) if row else None


def _row(file: File) -> dict[str, Any]:
    return {column.name: getattr(file, column.name) for column in tables.file.columns}
