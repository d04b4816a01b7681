"""Decides how subject files are kept: one open file a subject, numbered within its series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from index.catalogue import rows, tables
from index.domain.errors import Missing
from index.domain.holdings import File
from index.domain.identity import new_id

_file = tables.file.c


class FileBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def open_for(self, fonds_id: str, series: str, subject_key: str, title: str, at: datetime) -> File:
        known = self.by_subject(fonds_id, subject_key)
        return known or self._open(fonds_id, series, subject_key, title, at)

    def _open(self, fonds_id: str, series: str, subject_key: str, title: str, at: datetime) -> File:
        last = select(func.max(_file.number)).where(_file.fonds_id == fonds_id, _file.series == series)
        number = (self._sql.execute(last).scalar() or 0) + 1
        opened = File(new_id(), fonds_id, series, subject_key, title, number, at)
        self._sql.execute(insert(tables.file).values({c.name: getattr(opened, c.name) for c in tables.file.columns}))
        return opened

    def get(self, file_id: str) -> File:
        found = self._one(select(tables.file).where(_file.id == file_id))
        if found is None:
            raise Missing("no-such-item")
        return found

    def of_series(self, fonds_id: str, series: str) -> Sequence[File]:
        query = select(tables.file).where(_file.fonds_id == fonds_id, _file.series == series)
        return [rows.file(row) for row in self._sql.execute(query.order_by(_file.subject_key))]

    def by_subject(self, fonds_id: str, subject_key: str) -> File | None:
        query = select(tables.file).where(_file.fonds_id == fonds_id, _file.subject_key == subject_key)
        return self._one(query.where(_file.closed_at.is_(None)))

    def _one(self, query: Select[Any]) -> File | None:
        row = self._sql.execute(query).first()
        return rows.file(row) if row else None
