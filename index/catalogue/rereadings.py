"""Decides how orders to read pages again are kept, page by page, and how their reports are summed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from index.catalogue import tables
from index.domain.holdings import ItemState, PageRole, PageState
from index.domain.proof.rereading import Change, Report, Rereading, RereadState, Scope

_item = tables.item.c
_one = tables.reread_page.c
_order = tables.rereading.c
_page = tables.page.c
_reading = tables.reading.c

_ENGINE: ColumnElement[str] = _reading.engine + " " + _reading.engine_version
_READ = (_page.state == PageState.READ, _page.role == PageRole.CONTENT, _item.state != ItemState.WITHDRAWN)


class RereadBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, rereading: Rereading, page_ids: Sequence[str]) -> None:
        self._sql.execute(insert(tables.rereading).values({**asdict(rereading), "scope": asdict(rereading.scope)}))
        waits = {"rereading_id": rereading.id, "state": RereadState.WAITING}
        if page_ids:
            self._sql.execute(insert(tables.reread_page), [{**waits, "page_id": page_id} for page_id in page_ids])

    def pages(self, scope: Scope) -> Sequence[str]:
        asked = (
            (_item.id, scope.item_id),
            (_item.fonds_id, scope.fonds_id),
            (_item.series, scope.series),
            (_page.number, scope.page),
        )
        bounds = [column == value for column, value in (*asked, (_ENGINE, scope.engine)) if value]
        query = select(_page.id).select_from(_read_pages()).where(*_READ, *bounds)
        return list(self._sql.execute(query.order_by(_page.id)).scalars())

    def due(self, limit: int = 0) -> Sequence[str]:
        query = _waiting(select(_one.page_id).distinct()).order_by(_one.page_id)
        return list(self._sql.execute(query.limit(limit) if limit else query).scalars())

    def waiting(self, page_id: str) -> Sequence[Rereading]:
        query = _waiting(select(tables.rereading)).where(_one.page_id == page_id)
        return [_rereading(row) for row in self._sql.execute(query.order_by(_order.at, _order.id))]

    def keep(self, rereading_id: str, change: Change) -> None:
        mine = (_one.rereading_id == rereading_id) & (_one.page_id == change.page_id)
        self._sql.execute(update(tables.reread_page).where(mine).values(asdict(change)))

    def reports(self, rereading_id: str = "", limit: int = 20) -> Sequence[Report]:
        query = select(tables.rereading).order_by(_order.at.desc(), _order.id.desc()).limit(limit)
        query = query.where(_order.id == rereading_id) if rereading_id else query
        return [self._report(_rereading(row)) for row in self._sql.execute(query).all()]

    def changes(self, rereading_id: str, limit: int) -> Sequence[Change]:
        query = select(tables.reread_page).where(_one.rereading_id == rereading_id, _one.state != RereadState.WAITING)
        query = query.where((_one.changed > 0) | (_one.conflicts > 0) | (_one.state == RereadState.FAILED))
        found = self._sql.execute(query.order_by(_one.changed.desc(), _one.page_id).limit(limit))
        return [_change(row) for row in found]

    def stop(self, rereading_id: str, at: datetime) -> None:
        self._sql.execute(update(tables.rereading).where(_order.id == rereading_id).values(stopped_at=at))

    def engines(self) -> Mapping[str, int]:
        newest = func.max(_page.id)
        query = select(_ENGINE, func.count()).select_from(_read_pages()).where(*_READ).group_by(_ENGINE)
        return dict(self._sql.execute(query.order_by(newest.desc())).all())

    def _report(self, rereading: Rereading) -> Report:
        mine = _one.rereading_id == rereading.id
        states = select(_one.state, func.count()).where(mine).group_by(_one.state)
        sums = [func.sum(column) for column in (_one.characters, _one.changed, _one.kept, _one.conflicts)]
        means = [func.avg(_one.before), func.avg(_one.after)]
        altered = func.count().filter(_one.changed > 0)
        query = select(altered, *sums, *means).where(mine, _one.state == RereadState.DONE)
        altered_pages, characters, changed, kept, conflicts, before, after = self._sql.execute(query).one()
        return Report(
            rereading,
            dict(self._sql.execute(states).all()),
            altered_pages,
            characters or 0,
            changed or 0,
            before or 0.0,
            after or 0.0,
            kept or 0,
            conflicts or 0,
        )


def _read_pages() -> Any:
    return tables.page.join(tables.item, _item.id == _page.item_id).join(tables.reading, _reading.page_id == _page.id)


def _waiting(query: Select[Any]) -> Select[Any]:
    orders = tables.reread_page.join(tables.rereading, _order.id == _one.rereading_id)
    return query.select_from(orders).where(_one.state == RereadState.WAITING, _order.stopped_at.is_(None))


def _rereading(row: Row[Any]) -> Rereading:
    return Rereading(**{**row._mapping, "scope": Scope(**row.scope)})


def _change(row: Row[Any]) -> Change:
    fields: dict[str, Any] = dict(row._mapping)
    del fields["rereading_id"]
    return Change(**{**fields, "state": RereadState(row.state)})
