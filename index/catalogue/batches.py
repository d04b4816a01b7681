"""Decides how batches and the marks on their pages are kept; codes count within a day."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, exists, func, insert, or_, select, update

from index.catalogue import rows, tables
from index.domain.batch import Batch, BatchState, Mark, Verdict
from index.domain.errors import Conflict, Missing
from index.domain.proof.sampling import Drawing
from index.domain.scan import ScanState
from index.ports import BatchPage

_batch = tables.batch.c
_mark = tables.batch_mark.c
_page = tables.page.c
_scan = tables.scan.c
_item = tables.item.c
_CAPTURED = (ScanState.STORED, ScanState.READ)


class BatchBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, batch: Batch) -> Batch:
        of_day = select(func.count()).select_from(tables.batch).where(_batch.day == batch.day)
        number = self._sql.execute(of_day).scalar_one() + 1
        kept = replace(batch, code=f"{batch.day:%Y%m%d}-{number}", version=1)
        self._sql.execute(insert(tables.batch).values(_batch_row(kept)))
        return kept

    def save(self, batch: Batch) -> Batch:
        kept = replace(batch, version=batch.version + 1)
        unchanged = (_batch.id == batch.id) & (_batch.version == batch.version)
        if self._sql.execute(update(tables.batch).where(unchanged).values(_batch_row(kept))).rowcount != 1:
            raise Conflict("batch-changed-meanwhile")
        return kept

    def get(self, batch_id: str) -> Batch:
        query = select(tables.batch).where(or_(_batch.id == batch_id, _batch.code == batch_id))
        row = self._sql.execute(query).first()
        if row is None:
            raise Missing("no-such-batch", batch=batch_id)
        return _read(row)

    def listed(
        self, states: Collection[BatchState] = (), key: str = "", limit: int = 0, offset: int = 0
    ) -> tuple[Sequence[Batch], int]:
        chosen = [_batch.key == key] if key else [_holds_a_file()]
        if states:
            chosen.append(_batch.state.in_(states))
        total = self._sql.execute(select(func.count()).select_from(tables.batch).where(*chosen)).scalar_one()
        query = select(tables.batch).where(*chosen).order_by(_batch.opened_at.desc(), _batch.id.desc())
        query = query.limit(limit).offset(offset) if limit else query
        return [_read(row) for row in self._sql.execute(query)], total

    def pages(self, batch_ids: Collection[str]) -> Sequence[BatchPage]:
        query = (
            select(tables.page, _scan.batch_id, _scan.path, _scan.sha256, _item.title, _item.reference_code)
            .join(tables.scan, _scan.id == _page.scan_id)
            .join(tables.item, _item.id == _page.item_id)
            .where(_scan.batch_id.in_(batch_ids), _scan.state.in_(_CAPTURED))
            .order_by(func.coalesce(_scan.run, ""), _scan.position, _scan.path, _page.frame, _page.part)
        )
        return [_page_of(row) for row in self._sql.execute(query)]

    def files(self, batch_ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        query = select(_scan.batch_id, _scan.state, func.count()).where(_scan.batch_id.in_(batch_ids))
        counts: dict[str, dict[str, int]] = {batch_id: {} for batch_id in batch_ids}
        for batch_id, state, count in self._sql.execute(query.group_by(_scan.batch_id, _scan.state)):
            counts[batch_id][state] = count
        return counts

    def marks(self, batch_ids: Collection[str]) -> Mapping[str, Sequence[Mark]]:
        found: dict[str, list[Mark]] = {batch_id: [] for batch_id in batch_ids}
        query: Select[Any] = select(tables.batch_mark).where(_mark.batch_id.in_(batch_ids)).order_by(_mark.page_id)
        for row in self._sql.execute(query):
            found[row.batch_id].append(Mark(row.page_id, row.drawing, Verdict(row.verdict), row.reason, row.by, row.at))
        return found

    def mark(self, batch_id: str, mark: Mark) -> None:
        known = (_mark.batch_id == batch_id) & (_mark.page_id == mark.page_id)
        self._sql.execute(delete(tables.batch_mark).where(known))
        fields = {one.name: getattr(mark, one.name) for one in dataclasses.fields(mark)}
        self._sql.execute(insert(tables.batch_mark).values(batch_id=batch_id, **fields))


def _holds_a_file() -> ColumnElement[bool]:
    return exists().where(_scan.batch_id == _batch.id, _scan.state.in_(_CAPTURED))


def _read(row: Row[Any]) -> Batch:
    fields: dict[str, Any] = dict(row._mapping)
    drawings = tuple(Drawing(**one) for one in row.drawings)
    return Batch(**{**fields, "state": BatchState(row.state), "drawings": drawings})


def _batch_row(value: Batch) -> dict[str, Any]:
    fields = {column.name: getattr(value, column.name) for column in tables.batch.columns}
    return {**fields, "drawings": [dataclasses.asdict(one) for one in value.drawings]}


def _page_of(row: Row[Any]) -> BatchPage:
    return BatchPage(
        row.batch_id,
        rows.page(row),
        row.path.decode("utf-8", "replace"),
        row.sha256 or "",
        row.title,
        row.reference_code or "",
    )
