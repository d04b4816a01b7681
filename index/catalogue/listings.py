"""Decides what lists show and count, always within the reader's permit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, case, false, func, or_, select

from index.catalogue import rows, tables
from index.domain.access import Permit
from index.domain.holdings import Item, ItemState
from index.domain.scan import AT_REST, Scan, ScanState
from index.ports import Branch, Selection

_item = tables.item.c
_scan = tables.scan.c

#: Every order ends with the id, so that pages of a listing neither overlap nor leave gaps.
ORDERS = {
    "": (tables.fonds.c.code, _item.reference_code, _item.title, _item.id),
    "title": (_item.title, _item.id),
    "date": (_item.date, _item.id),
}

#: The year an item is filed under, which its code bears; where it bears none, the year of its date.
_YEAR: ColumnElement[str] = func.coalesce(func.nullif(_item.filing_year, ""), func.substr(_item.date, 1, 4))


class ListingBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def items(self, selection: Selection, limit: int = 0, offset: int = 0) -> tuple[Sequence[Item], int]:
        chosen = and_(*_bounds(selection))
        total = self._sql.execute(select(func.count()).select_from(tables.item).where(chosen)).scalar_one()
        query = (
            select(tables.item)
            .outerjoin(tables.fonds, tables.fonds.c.id == _item.fonds_id)
            .where(chosen)
            .order_by(*(by.desc() if selection.backwards else by for by in ORDERS[selection.order]))
        )
        query = query.limit(limit).offset(offset) if limit else query
        return [rows.item(row) for row in self._sql.execute(query)], total

    def tree(self, permit: Permit) -> Sequence[Branch]:
        branch = (_item.fonds_id, _item.series, func.coalesce(_item.file_id, ""))
        query = select(*branch, func.count(), func.sum(_item.page_count)).where(
            permitted(permit), _item.state == ItemState.FILED
        )
        found = self._sql.execute(query.group_by(*branch).order_by(*branch))
        return [Branch(fonds or "", series, file, items, pages) for fonds, series, file, items, pages in found]

    def doubtful(self, permit: Permit) -> Sequence[Item]:
        query = select(tables.item).where(permitted(permit), _item.state == ItemState.REVIEW)
        return [rows.item(row) for row in self._sql.execute(query.order_by(_item.confidence, _item.id))]

    def ledger(self, state: str, limit: int, offset: int) -> tuple[Sequence[Scan], int]:
        chosen = _ledger_bounds(state)
        total = self._sql.execute(select(func.count()).select_from(tables.scan).where(*chosen)).scalar_one()
        query = select(tables.scan).where(*chosen).order_by(_scan.seen_at.desc(), _scan.id.desc())
        return [rows.scan(row) for row in self._sql.execute(query.limit(limit).offset(offset))], total

    def today(self, since: datetime) -> Mapping[str, int]:
        query = select(_scan.state, func.count()).where(_scan.seen_at >= since).group_by(_scan.state)
        return dict(self._sql.execute(query).all())

    def arrived(self, since: datetime) -> Mapping[str, int]:
        read = and_(_scan.state == ScanState.READ, _item.state.is_not(None))
        state = case((read, _item.state), else_=_scan.state)
        scans = tables.scan.outerjoin(tables.item, _item.id == _scan.item_id)
        query = select(state, func.count()).select_from(scans).where(_scan.seen_at >= since).group_by(state)
        return dict(self._sql.execute(query).all())

    def years(self, permit: Permit, fonds_id: str, series: str) -> Mapping[str, int]:
        year = _YEAR
        selection = Selection(permit, fonds_id=fonds_id, series=series, states=(ItemState.FILED,))
        query = select(year, func.count()).where(*_bounds(selection)).group_by(year).order_by(year)
        return dict(self._sql.execute(query).all())

    def states(self) -> Mapping[str, int]:
        return dict(self._sql.execute(select(_item.state, func.count()).group_by(_item.state)).all())


def permitted(permit: Permit) -> ColumnElement[bool]:
    """Filed items of the permitted markings; unfiled ones (marked or not yet) only for who may see them."""
    if permit.nothing:
        return false()
    marked = _item.marking.in_([marking.value for marking in permit.markings])
    if permit.unfiled:
        return or_(marked, _item.state != ItemState.FILED)
    return and_(marked, _item.state == ItemState.FILED)


def _bounds(selection: Selection) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = [permitted(selection.permit)]
    exact: dict[str, Any] = {
        "fonds_id": selection.fonds_id,
        "series": selection.series,
        "file_id": selection.file_id,
        "retention": selection.retention,
    }
    bounds += [_item[name] == value for name, value in exact.items() if value]
    if selection.year:
        bounds.append(_YEAR.in_([selection.year]))
    if selection.states:
        bounds.append(_item.state.in_(selection.states))
    if selection.item_ids is not None:
        # Written into the statement: SQLite takes 32,766 variables, and a search can find more items than that.
        ids: BindParameter[str] = bindparam("ids", list(selection.item_ids), expanding=True, literal_execute=True)
        bounds.append(_item.id.in_(ids))
    return bounds


def _ledger_bounds(state: str) -> list[ColumnElement[bool]]:
    if not state:
        return []
    return [_scan.state.not_in(AT_REST)] if state == "flight" else [_scan.state == state]
