"""Decides how the order of pages that people made is kept: which item, which place, which turn; never a page less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, insert, literal, select, tuple_, update

from index.catalogue import rows, tables
from index.catalogue.listings import permitted
from index.catalogue.pages import number
from index.domain.access import Permit
from index.domain.holdings import Item, ItemState, Page, PageRole, PageState

_page = tables.page.c
_item = tables.item.c

#: What a person decides of a page; the rest is read off it.
_DECIDED = ("item_id", "rank", "part", "role", "given_turn", "given_blank", "crop", "state", "blank")


class ArrangementBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of_item(self, item_id: str) -> Sequence[Page]:
        query = (
            select(tables.page)
            .join(tables.scan, tables.scan.c.id == _page.scan_id)
            .where(_page.item_id == item_id)
            .order_by(_page.rank, tables.scan.c.path, _page.frame, _page.part)
        )
        return [rows.page(row) for row in self._sql.execute(query)]

    def lay(self, pages: Sequence[Page]) -> None:
        known = {page.id: page for page in self._known([page.id for page in pages])}
        for page in pages:
            row = rows.page_row(page)
            if page.id not in known:
                self._sql.execute(insert(tables.page).values(row))
            elif known[page.id] != page:
                decided = {name: row[name] for name in _DECIDED}
                changed = update(tables.page).where(_page.id == page.id)
                self._sql.execute(changed.values(**decided, version=_page.version + 1))
        for item_id in {page.item_id for page in (*pages, *known.values())}:
            number(self._sql, item_id)

    def _known(self, ids: Sequence[str]) -> Sequence[Page]:
        found: list[Page] = []
        for at in range(0, len(ids), 500):
            query = select(tables.page).where(_page.id.in_(ids[at : at + 500]))
            found += [rows.page(row) for row in self._sql.execute(query)]
        return found

    def of_items(self, item_ids: Sequence[str]) -> Mapping[str, Sequence[Page]]:
        found: dict[str, list[Page]] = {item_id: [] for item_id in item_ids}
        for at in range(0, len(item_ids), 500):
            content = select(tables.page).where(
                _page.item_id.in_(item_ids[at : at + 500]), _page.role == PageRole.CONTENT
            )
            for row in self._sql.execute(content.order_by(_page.item_id, _page.number)):
                found[row.item_id].append(rows.page(row))
        return found

    def beside(self, item: Item, permit: Permit, count: int) -> Sequence[Item]:
        here = tuple_(_item.captured_at, _item.id)
        at = tuple_(literal(item.captured_at, tables.Moment()), literal(item.id))
        before = self._others(item, permit).where(here < at).order_by(_item.captured_at.desc(), _item.id.desc())
        behind = self._others(item, permit).where(here > at).order_by(_item.captured_at, _item.id)
        return [*self._items(before.limit(count))[::-1], *self._items(behind.limit(count))]

    def rescans(self, item: Item, permit: Permit, count: int) -> Sequence[Item]:
        loose = self._others(item, permit).where(
            _item.page_count == 1, _item.state == ItemState.REVIEW, _item.captured_at >= item.captured_at
        )
        return self._items(loose.order_by(_item.captured_at.desc(), _item.id.desc()).limit(count))

    def _others(self, item: Item, permit: Permit) -> Select[Any]:
        """Items that pages of this one may be put together with."""
        of_fonds = _item.fonds_id.is_(None) | (_item.fonds_id == item.fonds_id)
        others = select(tables.item).where(_item.id != item.id, _item.state != ItemState.WITHDRAWN, permitted(permit))
        return others.where(of_fonds) if item.fonds_id else others

    def _items(self, query: Select[Any]) -> list[Item]:
        return [rows.item(row) for row in self._sql.execute(query)]

    def blank(self, permit: Permit, checked: bool, limit: int, offset: int) -> Sequence[tuple[Item, Page]]:
        looked = _page.given_blank.is_(True) if checked else _page.given_blank.is_(None)
        query = (
            select(_page.id, _page.item_id)
            .join(tables.item, _item.id == _page.item_id)
            .where(_page.blank.is_(True), looked, _page.role == PageRole.CONTENT, _page.state == PageState.READ)
            .where(_item.state != ItemState.WITHDRAWN, permitted(permit))
            .order_by(_item.captured_at.desc(), _item.id, _page.number)
        )
        found = self._sql.execute(query.limit(limit).offset(offset)).all()
        pages = {page.id: page for page in self._known([row.id for row in found])}
        ids = list(dict.fromkeys(row.item_id for row in found))
        items = {row.id: rows.item(row) for row in self._sql.execute(select(tables.item).where(_item.id.in_(ids)))}
        return [(items[row.item_id], pages[row.id]) for row in found]
