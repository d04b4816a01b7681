"""Decides how subject files are kept: one open file a subject, and a number that no other file of its kind has.

A tenant's papers lie in several series of one file: the number, which stands in the code of each, is one for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from index.catalogue import rows, tables
from index.domain.errors import Missing
from index.domain.holdings import File, ItemState
from index.domain.identity import new_id
from index.domain.placing.subject_key import plain_key

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
        """The one with this very key, else one with another spelling of it."""
        kind = (_file.fonds_id == fonds_id, _file.subject == subject, _file.closed_at.is_(None))
        exact = self._one(select(tables.file).where(*kind, _file.subject_key == subject_key))
        return exact or self._one(select(tables.file).where(*kind, _file.id.in_(self._spelt_as(subject_key, *kind))))

    def open_of(self, fonds_id: str, subject_key: str) -> File | None:
        of = (_file.fonds_id == fonds_id, _file.closed_at.is_(None))
        exact = self._sql.execute(select(tables.file).where(*of, _file.subject_key == subject_key).limit(2)).all()
        spelt = self._spelt_as(subject_key, *of)
        found = exact or self._sql.execute(select(tables.file).where(*of, _file.id.in_(spelt)).limit(2)).all()
        return rows.file(found[0]) if len(found) == 1 else None

    def _spelt_as(self, key: str, *of: ColumnElement[bool]) -> Sequence[str]:
        """Ids of those files whose key is this one, spelt otherwise or not."""
        every = self._sql.execute(select(_file.id, _file.subject_key, _file.subject).where(*of))
        return [row.id for row in every if plain_key(row.subject_key, row.subject) == plain_key(key, row.subject)]

    def keys(self, fonds_id: str, subject: str) -> Sequence[str]:
        query = select(_file.subject_key).where(_file.fonds_id == fonds_id, _file.subject == subject)
        return list(self._sql.execute(query.where(_file.closed_at.is_(None)).order_by(_file.subject_key)).scalars())

    def called(self, fonds_id: str, subject: str, name: str) -> Sequence[str]:
        of = (_file.fonds_id == fonds_id, _file.subject == subject, _file.closed_at.is_(None))
        titled = (_file.title == _file.subject_key + " " + name, _file.subject_key != name)
        return list(self._sql.execute(select(_file.subject_key).where(*of, *titled).order_by(_file.number)).scalars())

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
